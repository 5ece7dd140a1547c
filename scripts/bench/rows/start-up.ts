import { join } from 'node:path';
import { family, memory } from '../machine.ts';
import type { Bench, Row } from '../row.ts';
import { gateway } from '../targets/gateway.ts';

/** How long a stranger waits for the stack, and what it holds. */
export async function* startUp({ folder, rounds }: Bench): AsyncGenerator<Row> {
  const ready: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const before = memory(family(process.pid));
    const started = await gateway(join(folder, `start-${round}`));
    ready.push(performance.now() - began);
    held.push((memory(family(process.pid)) - before) / 1e6);
    await started.close();
  }
  yield { what: 'stack ready, no state yet', unit: 'ms', digits: 0, values: { gateway: ready } };
  const what = 'memory (PSS) of the idle stack: engine, Miniflare, workerd';
  yield { what, unit: 'MB', digits: 0, values: { gateway: held } };
}
