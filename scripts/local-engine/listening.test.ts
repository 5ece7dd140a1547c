import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { listens, listensToOutside } from './listening.ts';

async function listen(host: string): Promise<{ port: number; close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return { port: address.port, close: () => server.close() };
}

it('tells a server that only its own machine reaches from one that others reach', async () => {
  const inside = await listen('127.0.0.1');
  expect(listens(process.pid, inside.port)).toBe(true);
  expect(listensToOutside(process.pid, inside.port)).toBe(false);
  inside.close();

  const relayed = await listen('127.0.0.2');
  expect(listensToOutside(process.pid, relayed.port)).toBe(true);
  relayed.close();
});

it('sees no listener of a process that is not there', () => {
  expect(listens(2 ** 22 + 1, 80)).toBe(false);
});
