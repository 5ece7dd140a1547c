import { createWriteStream, mkdirSync, openAsBlob, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@sandgate/client';
import { createClient } from '../client.ts';
import { engines, memoryPeak, sandboxServers } from '../machine.ts';
import type { Row } from '../row.ts';
import type { GatewayTarget } from '../targets/gateway.ts';
import { fill, nameOf, type Size, timed } from '../workspace.ts';

export interface DiskBench {
  gateway: GatewayTarget;
  /** Where the trees for `tar` and `cp` are: on the disk that has the gateway's state. */
  folder: string;
  rounds: number;
  workspaces: Size[];
}

type Values = Record<string, Omit<Row, 'what'>>;

/** What is done to a whole workspace, beside `tar` and `cp` on the same tree and disk, and what is held in memory meanwhile. */
export async function* disk(bench: DiskBench): AsyncGenerator<Row> {
  for (const size of bench.workspaces) {
    const rows = new Map<string, Row>();
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const [name, { unit, digits, values }] of Object.entries(await measure(bench, size))) {
        const row = rows.get(name) ?? { what: `${name}: ${nameOf(size)}`, unit, digits, values: {} };
        for (const [target, [value = Number.NaN]] of Object.entries(values))
          row.values[target] = [...(row.values[target] ?? []), value];
        rows.set(name, row);
      }
    }
    yield* rows.values();
  }
}

/** One round: each is done once, and beside it what a machine without a gateway would do. */
async function measure({ gateway, folder }: DiskBench, size: Size): Promise<Values> {
  const place = join(folder, 'workspace');
  const at = (name: string) => join(place, name);
  const values: Values = {};
  const take = async (name: string, work: () => Promise<unknown>, others: { tar?: string[]; cp?: string[] } = {}) => {
    const began = performance.now();
    const held = await memoryPeak(work, { workerd: () => gateway.pids, sandbox: sandboxServers, engine: engines });
    values[name] = { unit: 'ms', digits: 0, values: { gateway: [performance.now() - began] } };
    for (const [command, args] of Object.entries(others))
      values[name].values[command] = [await timed(command, ...args)];
    for (const [process, bytes] of Object.entries(held))
      values[`${name}, growth of the ${process}`] = { unit: 'MB', digits: 0, values: { gateway: [bytes / 1e6] } };
  };
  const session = await createClient(gateway).sessions.create();
  await session.wake();
  try {
    for (const name of ['tree', 'unpacked', 'woken']) mkdirSync(at(name), { recursive: true });
    fill(at('tree'), size);
    await timed('tar', '-cf', at('tree.tar'), '-C', at('tree'), '.');
    const unpack = (to: string) => ({
      tar: ['-xf', at('tree.tar'), '-C', at(to)],
      cp: ['-a', at('tree'), at(`${to}-copy`)],
    });
    const pack = (to: string) => ({
      tar: ['-cf', at(to), '-C', at('tree'), '.'],
      cp: ['-a', at('tree'), at(`${to}-copy`)],
    });

    // Not saved as it arrives: the save that is measured is the first to see any of it.
    await session.files.write('.sandgateignore', '/arriving/\n');
    const whole = await openAsBlob(at('tree.tar'));
    await take('archive up', () => session.files.writeArchive('arriving', whole), unpack('unpacked'));
    const down = async () => keep((await session.files.readArchive('arriving', { format: 'tar' })).stream, at('down'));
    await take('archive down', down, pack('packed'));
    await session.files.move('arriving', 'tree');
    await sleep(100); // What was changed just before a save is read again by the next.
    await take('save of all', () => session.snapshots.create(), pack('saved'));
    await session.files.write('tree/d0/f0', 'changed');
    await take('save of one changed file', () => session.snapshots.create());
    await take('sleep', () => session.sleep());
    let fork: Session | undefined;
    await take('fork', async () => {
      fork = await session.fork();
    });
    await fork?.delete();
    await take('wake', () => session.wake(), unpack('woken'));
    await take('file up', () => session.files.write('one', whole), { cp: [at('tree.tar'), at('one')] });
    await take('file down', async () => keep((await session.files.read('one')).stream, at('one-down')), {
      cp: [at('tree.tar'), at('one-again')],
    });
    return values;
  } finally {
    await session.delete();
    rmSync(place, { recursive: true, force: true });
  }
}

async function keep(stream: ReadableStream<Uint8Array>, path: string): Promise<void> {
  await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path));
}
