import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Whether a connection to a listener of ours on 127.0.0.1 comes from this user (or root). Any user of the machine can
 * dial a loopback port; the kernel's socket table says who did.
 */
export async function isOwnUser(socket: Socket): Promise<boolean> {
  if (socket.remoteAddress !== '127.0.0.1' || !socket.remotePort || !socket.localPort) return false;
  const theirs = `${LOOPBACK}:${hex(socket.remotePort)} ${LOOPBACK}:${hex(socket.localPort)} `;
  const line = (await readFile('/proc/net/tcp', 'utf8')).split('\n').find((entry) => entry.includes(theirs));
  const uid = line === undefined ? -1 : Number(line.trim().split(/\s+/)[7]);
  return uid === 0 || uid === process.getuid?.();
}

const LOOPBACK = '0100007F';

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
