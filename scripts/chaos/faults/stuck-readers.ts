import { connect, type Socket } from 'node:net';
import { eventually } from '../eventually.ts';
import type { Fault } from './fault.ts';

/** How long they stay at most, in milliseconds. */
const longestMs = 25_000;

export const stuckReaders: Fault = {
  name: 'readers stuck',
  sentence: 'Many readers open a stream and never read it, while much is said in the session.',
  async strike({ world: { door }, sessions, round, random }) {
    const session = random.pick(sessions.filter(({ agent }) => agent === 'scripted'));
    const count = random.int(10, 30);
    const messages = random.int(160, 220);
    const sockets = Array.from({ length: count }, () => openUnread(door, session.id));
    session.flood(round, messages);
    await eventually('end of the flood', () => session.isIdle().catch(() => false), longestMs).catch(() => undefined);
    for (const socket of sockets) socket.destroy();
    return `${count} on ${session.id.slice(-4)}, with ${messages / 5} MB`;
  },
};

function openUnread(door: { url: string; apiKey: string }, sessionId: string): Socket {
  const { port, host } = new URL(door.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {}); // Hung up on, as it should be.
  socket.write(
    `GET /v1/sessions/${sessionId}/events HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n` +
      `Authorization: Bearer ${door.apiKey}\r\n\r\n`,
  );
  return socket.pause();
}
