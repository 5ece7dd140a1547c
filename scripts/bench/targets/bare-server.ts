import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readAll, readers } from '../readers.ts';
import { wire } from '../wire.ts';
import { type TargetSession, warmUp } from './target.ts';

const program = join(import.meta.dirname, '../../../sandbox-server/dist/server.js');

/** The sandbox server as a plain process: what runs in a sandbox, without any. */
export class BareServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param folder where it keeps its records. */
  static async start(folder: string): Promise<BareServer> {
    const env = {
      PATH: process.env.PATH,
      PORT: '0',
      SANDGATE_INSECURE_NO_AUTH: '1',
      SANDGATE_ALLOW_SCRIPTED: '1',
      SANDGATE_WORKSPACE: folder,
      SANDGATE_DATA_DIR: join(folder, randomUUID()),
    };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      const { event, port } = JSON.parse(line);
      if (event === 'listening') return new BareServer(child, port);
    }
    throw new Error('The sandbox server did not start.');
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }
}

/** The servers that all targets but the gateway stand in front of: the same for each, one for each session. */
export class BareServers {
  readonly #folder: string;
  readonly #servers: BareServer[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(index: number): Promise<BareServer> {
    while (this.#servers.length <= index) this.#servers.push(await BareServer.start(this.#folder));
    return this.#servers[index] as BareServer;
  }

  get pids(): number[] {
    return this.#servers.map(({ pid }) => pid);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }
}

/** A session of the sandbox server, reached at this port under this prefix. */
export async function serverSession(port: number, prefix: string, { isWarm = true } = {}): Promise<TargetSession> {
  const session = new ServerSession(port, prefix);
  if (isWarm) await readAll([{ wire: session.chat(warmUp) }]);
  return session;
}

class ServerSession implements TargetSession {
  readonly #port: number;
  readonly #prefix: string;

  constructor(port: number, prefix: string) {
    this.#port = port;
    this.#prefix = prefix;
  }

  chat(script: object[], turnId = `turn_${randomUUID()}`) {
    return wire(
      this.#port,
      'POST',
      `${this.#prefix}/chat`,
      {},
      {
        turnId,
        sessionId: 'bench',
        agent: 'scripted',
        agentOptions: {},
        permissionMode: 'bypass',
        requestTimeoutSeconds: 60,
        messages: [{ role: 'user', content: JSON.stringify(script) }],
      },
    );
  }

  async start(script: object[]): Promise<string> {
    const turnId = `turn_${randomUUID()}`;
    const reading = readers([{ wire: this.chat(script, turnId) }]);
    await reading.attached;
    reading.hangUp(); // Which cancels nothing.
    return turnId;
  }

  follow(turnId: string) {
    return wire(this.#port, 'GET', `${this.#prefix}/turns/${turnId}/events?after=0`, {});
  }

  small() {
    return { url: `http://127.0.0.1:${this.#port}${this.#prefix}/health`, headers: {} };
  }
}
