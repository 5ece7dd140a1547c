import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bubblewrapArguments } from './bubblewrap.ts';
import { Cgroup, DEFAULT_LIMITS, type LimitSupport } from './cgroup.ts';
import type { DiskSupport } from './disk.ts';
import { enter } from './entry.ts';
import type { Identities, Identity } from './identity.ts';
import type { Image } from './image.ts';
import type { Journal } from './journal.ts';
import { type Launched, launch, limitProcess, withProcessLimit } from './launcher.ts';
import { listensToOutside, socketCount } from './listening.ts';
import type { Log } from './log.ts';
import { APP, diskMounts, type Mount, makeDisk, NODE, writableFolders, writeEtc } from './mounts.ts';
import { childrenOf, exitOf, identify, poll, signal } from './processes.ts';
import { Relays } from './relay.ts';
import { removeTree } from './removal.ts';
import type { Enter, Runtime, Sandbox, SandboxRequest } from './runtime.ts';
import { seccompFilter } from './seccomp.ts';
import { Stage, type StagePaths } from './stage.ts';

export interface BubblewrapOptions {
  users: 'two' | 'one';
  image: Image;
  log: Log;
  journal: Journal;
  limits: LimitSupport;
  disk: DiskSupport;
  /** Disks of the sandboxes. */
  stateFolder: string;
  /** Sockets and the stage: short paths, gone after a reboot. */
  runFolder: string;
  identities: Identities | undefined;
}

/** What a sandbox holds of the machine, to be given back when it ends. */
interface Held {
  identity: Identity | undefined;
  cgroup: Cgroup;
  relays?: Relays;
  launched?: Launched;
}

/** Runs each container as a bubblewrap sandbox. */
export class BubblewrapRuntime implements Runtime {
  readonly users: 'two' | 'one';
  readonly image: Image;
  readonly log: Log;
  readonly #options: BubblewrapOptions;
  readonly #etc: Mount[];
  readonly #stage: Stage | undefined;
  readonly #seccomp = seccompFilter();
  readonly #held = new Map<string, Held>();

  constructor(options: BubblewrapOptions) {
    this.users = options.users;
    this.image = options.image;
    this.log = options.log;
    this.#options = options;
    this.#etc = writeEtc(`${options.runFolder}/etc`);
    this.#stage = options.users === 'two' ? new Stage(`${options.runFolder}/stage`) : undefined;
  }

  async start(request: SandboxRequest): Promise<Sandbox> {
    const { id, command, environment } = request;
    const { journal, limits, identities, runFolder } = this.#options;
    const sockets = this.#sockets(id);
    const disk = this.#disk(id);
    const identity = identities?.claim();
    const cgroup = new Cgroup(limits, id.slice(0, 12));
    const held: Held = { identity, cgroup };
    this.#held.set(id, held);
    const record = (...pids: number[]) =>
      journal.put({ id, folder: disk, cgroups: cgroup.folders, processes: pids.flatMap((pid) => identify(pid) ?? []) });

    // First the record, then the thing: a killed engine leaves nothing that the next one does not know of.
    record();
    cgroup.make(DEFAULT_LIMITS);
    mkdirSync(sockets, { mode: 0o700 });
    const proxySocket = `${sockets}/egress.sock`;
    await request.proxy(proxySocket);
    if (identity) for (const path of [sockets, proxySocket]) chownSync(path, identity.relay, identity.relay);
    makeDisk(disk, identity);
    const addCertificate = (name: string, content: Buffer) => {
      writeFileSync(`${disk}/certificates/${name}`, content);
      chmodSync(`${disk}/certificates/${name}`, 0o644);
    };
    for (const [name, content] of request.certificates) addCertificate(name, content);

    const real: StagePaths = { app: this.image.app, node: process.execPath, disk };
    const { paths, binds, ownDisk } = this.#stage?.set(real, this.#options.disk) ?? { paths: real, binds: [] };
    const inMemory = this.#options.disk.mode === 'tmpfs' && ownDisk === undefined;
    const mounts: Mount[] = [
      ...this.#etc,
      { source: paths.app, target: APP, writable: false },
      { source: paths.node, target: NODE, writable: false },
      ...diskMounts(paths.disk).filter(({ writable }) => !inMemory || !writable),
    ];
    const confine = (pid: number) => {
      if (limits.mode === 'prlimit') limitProcess(pid, DEFAULT_LIMITS);
      else cgroup.add(pid);
    };
    const bounded = (program: string[]) =>
      limits.mode === 'prlimit' ? withProcessLimit(program, DEFAULT_LIMITS) : program;
    const launched = await launch({
      command: bounded(command),
      args: bubblewrapArguments({
        users: this.users,
        mounts,
        environment,
        tmpBytes: DEFAULT_LIMITS.memoryBytes / 2,
        inMemory: inMemory ? { folders: writableFolders, bytes: this.#options.disk.bytes } : undefined,
      }),
      seccomp: this.#seccomp,
      token: basename(runFolder),
      identity,
      binds,
      ownDisk,
      confine: (pid) => {
        record(pid);
        confine(pid);
      },
    });
    held.launched = launched;
    const { init } = launched;
    record(launched.process.pid as number, init);
    const relays = new Relays(init, sockets, identity);
    held.relays = relays;
    await Promise.all([relays.egress(proxySocket), launched.held]);
    for (const stream of ['stdout', 'stderr'] as const) {
      launched.process[stream]?.on('data', (chunk: Buffer) => request.onOutput(stream, chunk));
    }
    const enterSandbox: Enter = (entry) =>
      enter({ ...entry, command: bounded(entry.command), users: this.users, init, seccomp: this.#seccomp, confine });
    await request.prepare?.(enterSandbox);
    launched.release();
    // Opened while the server boots, so that the first request does not wait for it.
    for (const port of this.image.exposedPorts) relays.ingress(port).catch(() => {});

    return {
      init,
      exited: exitOf(launched.process),
      listens: (port) => listensToOutside(init, port),
      sockets: () => socketCount(init),
      connect: async (port) => connectUnix(await relays.ingress(port)),
      signal: (name) => {
        // bwrap is process 1 in there. The server is its first child; orphans that it adopts come after.
        const server = childrenOf(init)[0];
        if (server) signal(server, name);
      },
      kill: () => void signal(init, 'SIGKILL'),
      outOfMemory: () => cgroup.ranOutOfMemory(),
      enter: enterSandbox,
      addCertificate,
    };
  }

  async clear(id: string): Promise<void> {
    const held = this.#held.get(id);
    this.#held.delete(id);
    if (held?.launched) {
      signal(held.launched.init, 'SIGKILL');
      held.launched.process.kill('SIGKILL');
    }
    await held?.relays?.stop();
    removeTree(this.#disk(id));
    rmSync(this.#sockets(id), { recursive: true, force: true });
    if (held && !(await poll(() => held.cgroup.remove(), 5000, 2)))
      this.log.warn(`a control group of ${id} did not empty`);
    if (held?.identity) this.#options.identities?.release(held.identity);
    this.#options.journal.remove(id);
  }

  /** Where this sandbox's relay sockets are. */
  #sockets(id: string): string {
    return `${this.#options.runFolder}/${id.slice(0, 12)}`;
  }

  #disk(id: string): string {
    return `${this.#options.stateFolder}/containers/${id.slice(0, 12)}`;
  }
}

/** Between bind and listen a fresh relay refuses: try again for a moment. */
async function connectUnix(path: string): Promise<Socket> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const socket = await tryConnect(path);
    if (socket) return socket;
    if (Date.now() > deadline) throw new Error('the relay does not answer');
    await sleep(2);
  }
}

function tryConnect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ path, allowHalfOpen: true });
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve(socket));
  });
}
