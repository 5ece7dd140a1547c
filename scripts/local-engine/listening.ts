import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** A listener's address in the kernel's notation, such as `00000000:1F90`. */
type Address = string;

/** 0.0.0.0, and 127.0.0.2 which is the address our relay dials. The kernel prints words in its own byte order. */
const OPEN = ['00000000', '0200007F', '0'.repeat(32)];
const LISTEN = '0A';

/**
 * Whether somebody inside listens on a port in a way that the outside could reach. We read the sandbox's own socket
 * table instead of trying to connect: it costs no connection, and a relay cannot tell us that a port is closed.
 *
 * A server bound to 127.0.0.1 does not count, because in a real container nobody outside could reach it.
 */
export function listensToOutside(pid: number, port: number): boolean {
  const open = OPEN.map((host) => `${host}:${hexPort(port)}`);
  return findListener(pid, (address) => open.includes(address));
}

/** Whether anybody listens on the port at all, on whatever address. */
export function listens(pid: number, port: number): boolean {
  return findListener(pid, (address) => address.endsWith(`:${hexPort(port)}`));
}

/**
 * How many sockets the network namespace of a process has: cheap to read, unlike the tables, for which the kernel walks
 * its whole hash of connections. While it stays the same, nobody has begun to listen.
 */
export function socketCount(pid: number): string {
  return ['sockstat', 'sockstat6']
    .map((name) => /^TCP6?: inuse \d+/m.exec(read(`/proc/${pid}/net/${name}`))?.[0])
    .join();
}

/** Whether the loopback interface is up: only then can anybody bind to 127.0.0.1. */
export function hasLoopback(pid: number): boolean {
  return read(`/proc/${pid}/net/fib_trie`).includes('127.0.0.1');
}

function findListener(pid: number, matches: (address: Address) => boolean): boolean {
  return ['tcp', 'tcp6'].some((table) => searchTable(`/proc/${pid}/net/${table}`, matches));
}

/** Listeners come first. We read about a line at a time and stop early, so that the kernel looks no further either. */
function searchTable(path: string, matches: (address: Address) => boolean): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return false;
  }
  const chunk = Buffer.alloc(150);
  let text = '';
  try {
    for (let size = 1; size > 0; ) {
      size = readSync(descriptor, chunk, 0, chunk.length, null);
      const lines = (text + chunk.toString('latin1', 0, size)).split('\n');
      // What matters of a line is at its start, so an unfinished line counts too, once that much is there.
      for (const line of lines) {
        const [, local = '', , state = ''] = line.trim().split(/\s+/, 4);
        if (!/^[\dA-F]{2}$/.test(state)) continue;
        if (state !== LISTEN) return false;
        if (matches(local)) return true;
      }
      text = lines.at(-1) ?? '';
    }
    return false;
  } catch {
    return false;
  } finally {
    closeSync(descriptor);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
