import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import type { Identity } from './identity.ts';
import { hasLoopback, listens, socketCount } from './listening.ts';
import { poll, signal } from './processes.ts';

/**
 * Where the relay dials. The whole of 127/8 is local to a loopback interface, so a server on 0.0.0.0 answers here and
 * one on 127.0.0.1 does not: the same servers are reachable as in a real container.
 */
const INGRESS_ADDRESS = '127.0.0.2';
const EGRESS_PORT = 3128;
/** Each is a process of the host's, outside of the sandbox's limits: a sandbox must not have them forked without end. */
const MOST_CONNECTIONS = 256;
/** How long a relay may take to be there, in milliseconds: it takes a few, but a busy machine may take seconds. */
const startLimitMs = 30_000;
/** How much a relay takes at once, in bytes: with socat's own 8 KiB all behind it would work in as small pieces. */
const bufferSize = String(64 * 1024);

/**
 * socat processes that run in the network namespace of one sandbox, in nothing else of it, and as a user of their own.
 * Their unix sockets are in a folder that the sandbox cannot see.
 */
export class Relays {
  readonly #init: number;
  readonly #folder: string;
  readonly #identity: Identity | undefined;
  readonly #ingress = new Map<number, Promise<string>>();
  readonly #processes = new Set<ChildProcess>();

  constructor(init: number, folder: string, identity: Identity | undefined) {
    this.#init = init;
    this.#folder = folder;
    this.#identity = identity;
  }

  /** Connections to the sandbox's proxy port come out at a unix socket. Resolves once the port is open inside. */
  async egress(socket: string): Promise<void> {
    // bwrap tells us its child before that has set up its network.
    await poll(() => hasLoopback(this.#init), startLimitMs, 1);
    const before = socketCount(this.#init);
    const relay = this.#start(
      `TCP-LISTEN:${EGRESS_PORT},bind=127.0.0.1,reuseaddr,nodelay,fork,max-children=${MOST_CONNECTIONS},backlog=128`,
      `UNIX-CONNECT:${socket}`,
    );
    const isOpen = () => socketCount(this.#init) !== before && listens(this.#init, EGRESS_PORT);
    await poll(() => hasEnded(relay) || isOpen(), startLimitMs, 1);
    if (hasEnded(relay) || !isOpen())
      throw new Error('the egress relay did not start: is socat installed, and does it run?');
  }

  /** The unix socket through which a port of the sandbox is reached; its relay starts with the first use. */
  ingress(port: number): Promise<string> {
    let socket = this.#ingress.get(port);
    if (!socket) {
      socket = this.#openIngress(port);
      this.#ingress.set(port, socket);
      socket.catch(() => this.#ingress.delete(port));
    }
    return socket;
  }

  /** Ends them all, with the connections that they forked: each relay leads a process group. */
  async stop(): Promise<void> {
    const ended = [...this.#processes].map((relay) => new Promise((resolve) => relay.once('exit', resolve)));
    for (const { pid } of this.#processes) if (pid) signal(-pid, 'SIGKILL');
    await Promise.all(ended);
  }

  async #openIngress(port: number): Promise<string> {
    const socket = `${this.#folder}/${port}.sock`;
    // That of a relay that was killed is still there, and would be taken for the new one's.
    rmSync(socket, { force: true });
    const relay = this.#start(
      `UNIX-LISTEN:${socket},fork,max-children=${MOST_CONNECTIONS},mode=600,backlog=128`,
      // A request comes in two pieces, its head and its body: else the second waits 40 ms for the first to be acknowledged.
      `TCP:${INGRESS_ADDRESS}:${port},nodelay`,
    );
    relay.once('exit', () => this.#ingress.delete(port));
    await poll(() => hasEnded(relay) || existsSync(socket), startLimitMs, 1);
    if (!existsSync(socket)) throw new Error(`the relay for port ${port} did not start`);
    return socket;
  }

  #start(from: string, to: string): ChildProcess {
    const enter = ['--target', String(this.#init), '--net'];
    const user = this.#identity && String(this.#identity.relay);
    const args = user
      ? [
          ...enter,
          '--',
          'setpriv',
          '--reuid',
          user,
          '--regid',
          user,
          '--clear-groups',
          '--no-new-privs',
          '--bounding-set',
          '-all',
        ]
      : [...enter, '--user', '--preserve-credentials', '--', 'setpriv', '--no-new-privs'];
    // The engine may be killed: the kernel then ends the relay, and the forked connections end with their peers.
    const child = spawn('nsenter', [...args, '--pdeathsig', 'KILL', '--', 'socat', '-b', bufferSize, from, to], {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
      stdio: 'ignore',
      detached: true,
    });
    child.on('error', () => {});
    child.once('exit', () => this.#processes.delete(child));
    // One that could not be started has no end to wait for.
    if (child.pid !== undefined) this.#processes.add(child);
    return child;
  }
}

function hasEnded(relay: ChildProcess): boolean {
  return relay.pid === undefined || relay.exitCode !== null || relay.signalCode !== null;
}
