import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../machine.ts';
import { readers } from '../readers.ts';
import type { Bench, Row } from '../row.ts';

/** What workerd holds at most while a turn runs that one reader reads, and with many more that read nothing. */
export async function stuckReaders({ gateway, scale, stuckReaders: most }: Bench): Promise<Row[]> {
  const events = Math.ceil(100_000 * scale);
  const rows: Row[] = [];
  for (const stuck of [0, 0, most]) {
    const session = await gateway.open();
    const turnId = await session.start([{ sleepMs: 1500 }, { ticks: { count: events, atOnce: 64, everyMs: 0 } }]);
    const idlers = readers(Array.from({ length: stuck }, () => ({ wire: session.follow(turnId), isStuck: true })));
    if (stuck > 0) await idlers.attached;
    const before = memory(gateway.pids);
    const reader = readers([{ wire: session.follow(turnId) }]);
    let peak = before;
    let ended = false;
    reader.read.then(() => {
      ended = true;
    });
    while (!ended) {
      peak = Math.max(peak, memory(gateway.pids));
      await sleep(100);
    }
    const [reading] = await reader.read;
    if (!reading?.isComplete) throw new Error('Stuck readers stopped the one that reads.');
    idlers.hangUp();
    if (stuck === 0) rows.length = 0; // The first time also warms up.
    rows.push({
      what: `growth of workerd in ${events.toLocaleString('en')} events, ${stuck} stuck readers beside one that reads`,
      unit: 'MB',
      digits: 1,
      values: { gateway: [(peak - before) / 1e6] },
    });
  }
  return rows;
}
