import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import type { Image } from './image.ts';
import { listens, socketCount } from './listening.ts';
import type { Log } from './log.ts';
import { APP, NODE, WORKSPACE } from './mounts.ts';
import { signal } from './processes.ts';
import { removeTree } from './removal.ts';
import type { Runtime, Sandbox, SandboxRequest } from './runtime.ts';

/**
 * Runs a container as a plain process: no isolation at all, for machines where none is to be had. All containers share
 * the machine's ports, so only one can run at a time.
 */
export class UnsafeRuntime implements Runtime {
  readonly users = 'none';
  readonly image: Image;
  readonly log: Log;
  readonly #state: string;
  #running: { id: string; process: ChildProcess } | undefined;

  constructor(image: Image, log: Log, state: string) {
    this.image = image;
    this.log = log;
    this.#state = state;
  }

  async start(request: SandboxRequest): Promise<Sandbox> {
    if (this.#running) throw new Error('without isolation only one sandbox can run at a time');
    const disk = this.#disk(request.id);
    for (const name of ['workspace', 'data']) mkdirSync(`${disk}/${name}`, { recursive: true, mode: 0o700 });
    const [program = '', ...args] = request.command.map((part) => this.#translate(part));
    const { HTTP_PROXY, HTTPS_PROXY, http_proxy, https_proxy, NODE_USE_ENV_PROXY, ...environment } =
      request.environment;
    const child = spawn(program, args, {
      cwd: `${disk}/workspace`,
      env: { ...environment, PATH: process.env.PATH, HOME: `${disk}/workspace`, SANDGATE_DATA_DIR: `${disk}/data` },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk: Buffer) => request.onOutput(stream, chunk));
    }
    this.#running = { id: request.id, process: child };
    const exited = new Promise<number>((resolve) => {
      child.once('error', () => resolve(127));
      child.once('exit', (code) => resolve(code ?? 137));
    });
    const pid = child.pid ?? 0;
    return {
      init: pid,
      exited,
      listens: (port) => listens(process.pid, port),
      sockets: () => socketCount(process.pid),
      connect: (port) => connect(port),
      signal: (name) => void signal(pid, name),
      kill: () => void signal(-pid, 'SIGKILL'),
      outOfMemory: () => false,
      enter: async ({ command: [name = '', ...rest], environment: given, workingDirectory }) => {
        const entered = spawn(this.#translate(name), rest, {
          cwd: workingDirectory === WORKSPACE ? `${disk}/workspace` : workingDirectory,
          env: { ...given, PATH: process.env.PATH },
          stdio: 'pipe',
        });
        await once(entered, 'spawn');
        return { process: entered, pid: entered.pid ?? 0 };
      },
      addCertificate: () => {},
    };
  }

  async clear(id: string): Promise<void> {
    if (this.#running?.id === id) {
      const { pid } = this.#running.process;
      if (pid) signal(-pid, 'SIGKILL');
      this.#running = undefined;
    }
    removeTree(this.#disk(id));
  }

  /** There is no /app here, and no /usr/local/bin/node of ours. */
  #translate(part: string): string {
    if (part === NODE) return process.execPath;
    return part === APP || part.startsWith(`${APP}/`) ? this.image.app + part.slice(APP.length) : part;
  }

  #disk(id: string): string {
    return `${this.#state}/containers/${id.slice(0, 12)}`;
  }
}

function connect(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port, allowHalfOpen: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}
