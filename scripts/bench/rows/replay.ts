import { readAll } from '../readers.ts';
import { type Bench, inTurns, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** A long turn, read from its first event once it is over. */
export async function* replay(bench: Bench): AsyncGenerator<Row> {
  const count = Math.ceil(100_000 * bench.scale);
  const turns = new Map<string, [TargetSession, string]>();
  for (const target of bench.targets) {
    const session = await target.open();
    const turnId = await session.start([{ ticks: { count, atOnce: 64, everyMs: 0 } }]);
    await readAll([{ wire: session.follow(turnId) }]);
    turns.set(target.name, [session, turnId]);
  }
  const { time } = await inTurns(bench, bench.targets, async (target) => {
    const [session, turnId] = turns.get(target.name) as [TargetSession, string];
    const [reading] = await readAll([{ wire: session.follow(turnId) }]);
    return { time: reading ? (reading.end - reading.began) / 1000 : Number.NaN };
  });
  yield { what: `replay of ${count.toLocaleString('en')} events`, unit: 'ms', digits: 0, values: time };
}
