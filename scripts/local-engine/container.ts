import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { extract } from './archive.ts';
import { baseEnvironment } from './bubblewrap.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { EgressProxy } from './egress.ts';
import type { EgressRules } from './egress-rules.ts';
import type { Entered } from './entry.ts';
import { Exec, type ExecSpec } from './exec.ts';
import { OutputLog, type StreamName } from './output.ts';
import type { Enter, Runtime, Sandbox } from './runtime.ts';

/** What workerd asks for in `POST /containers/create`. */
export interface ContainerSpec {
  name: string;
  image: string;
  command: string[];
  environment: Record<string, string>;
  labels: Record<string, string>;
  /** The sidecar whose network it joins, by name. */
  sidecar: string | undefined;
}

export type ContainerStatus = 'created' | 'running' | 'exited';

/** While a server boots, a connection waits for it; later a closed port is just closed. */
const BOOT_MILLISECONDS = 15_000;
const LONGEST_WAIT = 3_000;

/** One container: the sandbox, its disk, its way in and its way out, from creation to removal. */
export class Container {
  readonly id = randomBytes(32).toString('hex');
  readonly spec: ContainerSpec;
  readonly created = new Date();
  status: ContainerStatus = 'created';
  exitCode = 0;
  outOfMemory = false;
  startedAt = 0;
  readonly output = new OutputLog();
  readonly #runtime: Runtime;
  readonly #rules: () => EgressRules | undefined;
  readonly #authority: CertificateAuthority;
  #sandbox: Sandbox | undefined;
  #egress: EgressProxy | undefined;
  readonly #certificates = new Map<string, Buffer>();
  /** Put in before the start; workerd does so. */
  readonly #archives: { path: string; content: Buffer }[] = [];
  #starting: Promise<void> = Promise.resolve();
  readonly #exited = Promise.withResolvers<number>();
  readonly #removed = Promise.withResolvers<void>();

  constructor(
    spec: ContainerSpec,
    runtime: Runtime,
    rules: () => EgressRules | undefined,
    authority: CertificateAuthority,
  ) {
    this.spec = spec;
    this.#runtime = runtime;
    this.#rules = rules;
    this.#authority = authority;
  }

  get pid(): number {
    return this.status === 'running' ? (this.#sandbox?.init ?? 0) : 0;
  }

  start(): Promise<void> {
    // Set before anything is awaited: a second start, or a removal, must see it.
    this.status = 'running';
    this.startedAt = Date.now();
    this.#starting = this.#start();
    return this.#starting;
  }

  /** Opens a connection to a port inside; undefined when nobody listens there in a way the outside can reach. */
  async connect(port: number, isWanted: () => boolean): Promise<Socket | undefined> {
    const deadline = Date.now() + LONGEST_WAIT;
    for (let seen: string | undefined; this.status === 'running' && isWanted(); ) {
      const sockets = this.#sandbox?.sockets();
      if (sockets !== seen && this.#sandbox?.listens(port)) return this.#sandbox.connect(port);
      seen = sockets;
      // Holding the first request costs less than workerd's next try, 300 ms later.
      if (Date.now() > deadline || Date.now() - this.startedAt > BOOT_MILLISECONDS) return undefined;
      await sleep(4);
    }
    return undefined;
  }

  /** Files that workerd puts into the container before it starts: its certificate authority, and nothing else. */
  addCertificate(name: string, content: Buffer): void {
    this.#certificates.set(name, content);
    this.#sandbox?.addCertificate(name, content);
  }

  /** Unpacks a tar archive in the container: at once, or as soon as it is there. */
  async putArchive(path: string, content: Buffer): Promise<void> {
    if (this.status === 'created') this.#archives.push({ path, content });
    else await extract((request) => this.#enter(request), path, content);
  }

  /** A further program, to be started. */
  createExec(spec: ExecSpec): Exec {
    return new Exec(this.id, spec, ({ command, environment, as, workingDirectory }) => {
      const own = this.#environment();
      // The server's variables hold its secret, which the tools must not have.
      const inherited = as === 'server' ? own : { ...baseEnvironment(this.#runtime.users), ...this.#runtime.image.env };
      return this.#enter({ command, environment: { ...inherited, ...environment }, as, workingDirectory });
    });
  }

  #enter: Enter = (request): Promise<Entered> => {
    if (this.status !== 'running' || !this.#sandbox) throw new Error('the container is not running');
    return this.#sandbox.enter(request);
  };

  #environment(): Record<string, string> {
    const { image, users } = this.#runtime;
    return { ...baseEnvironment(users), ...image.env, ...this.spec.environment };
  }

  /** One that is still being started gets it once it is there: else it would run on, though it was told to end. */
  signal(name: NodeJS.Signals): boolean {
    if (this.status !== 'running') return false;
    const send = () => (name === 'SIGKILL' ? this.#sandbox?.kill() : this.#sandbox?.signal(name));
    if (this.#sandbox) send();
    else this.#starting.then(send, () => {});
    return true;
  }

  /** Asks the server to end, waits, and then ends everything. */
  async stop(graceSeconds: number): Promise<boolean> {
    await this.#starting.catch(() => {});
    if (!this.signal('SIGTERM')) return false;
    const timer = new AbortController();
    await Promise.race([
      this.#exited.promise,
      sleep(graceSeconds * 1000, undefined, { signal: timer.signal }).catch(() => {}),
    ]);
    timer.abort();
    this.signal('SIGKILL');
    await this.#exited.promise;
    return true;
  }

  async remove(): Promise<void> {
    await this.#starting.catch(() => {});
    if (this.signal('SIGKILL')) await this.#exited.promise;
    this.#removed.resolve();
  }

  async wait(condition: string): Promise<number> {
    if (condition === 'removed') await this.#removed.promise;
    else if (this.status !== 'exited') await Promise.race([this.#exited.promise, this.#removed.promise]);
    return this.exitCode;
  }

  async #start(): Promise<void> {
    const { image, log } = this.#runtime;
    const { command } = this.spec;
    const egress = new EgressProxy(this.#rules, this.#authority, log);
    this.#egress = egress;
    try {
      this.#sandbox = await this.#runtime.start({
        id: this.id,
        command: command.length > 0 ? command : image.cmd,
        environment: this.#environment(),
        certificates: this.#certificates,
        proxy: (socket) => egress.listen(socket),
        prepare: async (enter) => {
          for (const { path, content } of this.#archives.splice(0)) await extract(enter, path, content);
        },
        onOutput: (stream, chunk) => this.#print(stream, chunk),
      });
    } catch (error) {
      await this.#finish(125);
      throw error;
    }
    void this.#sandbox.exited.then((code) => this.#finish(code));
  }

  /** What a server prints is the developer's to see, but only when asked for: it may hold anything. */
  #print(stream: StreamName, chunk: Buffer): void {
    this.output.add(stream, chunk);
    const { log } = this.#runtime;
    if (!log.verbose) return;
    for (const line of chunk.toString().split('\n').filter(Boolean)) log.debug(`${this.id.slice(0, 12)} | ${line}`);
  }

  async #finish(code: number): Promise<void> {
    if (this.status === 'exited') return;
    this.exitCode = code;
    this.outOfMemory = this.#sandbox?.outOfMemory() ?? false;
    this.#egress?.close();
    // The disk dies with the container, as it does on Cloudflare.
    await this.#runtime.clear(this.id);
    this.status = 'exited';
    this.#runtime.log.debug(
      `container ${this.spec.name} ended with code ${code}${this.outOfMemory ? ' (out of memory)' : ''}`,
    );
    this.#exited.resolve(code);
  }
}
