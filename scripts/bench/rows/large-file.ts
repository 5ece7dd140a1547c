import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createClient } from '../client.ts';
import { engines, memoryPeak, sandboxServers } from '../machine.ts';
import type { Row } from '../row.ts';
import type { DiskBench } from './disk.ts';

/** 2 GiB, more than 31 bits count: the largest file that the local engine takes. */
const pieces = 2048;
const pieceSize = 1024 * 1024;
const size = pieces * pieceSize;

/**
 * A file of 2 GiB, up, in part, through a sleep, in part again and down: how long each takes, and what is held meanwhile.
 *
 * @throws where a byte is another than it was.
 */
export async function* largeFile({ gateway, folder }: Pick<DiskBench, 'gateway' | 'folder'>): AsyncGenerator<Row> {
  const path = join(folder, 'large');
  const digest = await make(path);
  const session = await createClient(gateway, 10).sessions.create();
  await session.wake();
  const take = async (name: string, work: () => Promise<unknown>): Promise<Row[]> => {
    const began = performance.now();
    const held = await memoryPeak(work, { workerd: () => gateway.pids, sandbox: sandboxServers, engine: engines });
    const what = `${name}: 1 file of ${pieces} MiB`;
    const row = (of: string, unit: string, value: number) =>
      ({ what: what + of, unit, digits: 0, values: { gateway: [value] } }) satisfies Row;
    return [
      row('', 'ms', performance.now() - began),
      ...Object.entries(held).map(([name, bytes]) => row(`, growth of the ${name}`, 'MB', bytes / 1e6)),
    ];
  };
  const look = async () => {
    const entry = await session.files.stat('large');
    if (entry.size !== size) throw new Error(`It has ${entry.size} bytes.`);
    const range = { start: size - 3 * pieceSize, end: size - 2 * pieceSize - 1 };
    const part = await (await session.files.read('large', { range })).bytes();
    if (!(await pieceOf(path, range.start)).equals(part)) throw new Error('A range of it is another.');
  };
  const down = async () => {
    if ((await digestOf((await session.files.read('large')).stream)) !== digest) throw new Error('It is another file.');
  };
  await session.files.write('.sandgateignore', '/arriving\n'); // Not saved while it arrives.
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  yield* await take('up', () => session.files.write('arriving', body));
  await session.files.move('arriving', 'large');
  yield* await take('stat and range', look);
  yield* await take('sleep', () => session.sleep());
  yield* await take('wake', () => session.wake());
  yield* await take('stat and range behind it', look);
  yield* await take('down', down);
  await session.delete();
}

async function make(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  for (let piece = 0; piece < pieces; piece += 1) {
    const bytes = randomBytes(pieceSize / 16);
    const whole = Buffer.alloc(pieceSize, bytes);
    hash.update(whole);
    await file.write(whole);
  }
  await file.close();
  return hash.digest('hex');
}

async function pieceOf(path: string, start: number): Promise<Buffer> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(pieceSize), 0, pieceSize, start);
  await file.close();
  return buffer;
}

async function digestOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
