import { cpuTime } from '../machine.ts';
import { readers } from '../readers.ts';
import { type Bench, inTurns, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** Many readers of one turn: deliveries per second, and what each costs. */
export async function* subscribers(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession>();
  for (const target of bench.targets) sessions.set(target.name, await target.open());
  for (const count of bench.readerCounts) {
    const each = Math.ceil(bench.scale * Math.max(200, Math.min(5000, 100_000 / count)));
    const { rate, cpu } = await inTurns(bench, bench.targets, async (target) => {
      const session = sessions.get(target.name) as TargetSession;
      const attaching = { sleepMs: 500 + 10 * count };
      const turnId = await session.start([attaching, { ticks: { count: each, atOnce: 1, everyMs: 1 } }]);
      const { attached, read } = readers(Array.from({ length: count }, () => ({ wire: session.follow(turnId) })));
      await attached;
      const before = cpuTime(target.pids);
      const readings = await read;
      if (readings.some(({ isComplete }) => !isComplete)) throw new Error(`${target.name}: a reader saw no complete.`);
      const deliveries = each * count;
      const time = Math.max(...readings.map(({ end }) => end)) - Math.min(...readings.map(({ first }) => first));
      return { rate: deliveries / (time / 1e6), cpu: (cpuTime(target.pids) - before) / deliveries };
    });
    delete cpu.direct; // Nothing stands between.
    const what = `${count} reader${count > 1 ? 's' : ''} of one turn, ≤ 1 000 events/s`;
    yield { what: `deliveries: ${what}`, unit: '/s', digits: 0, values: rate };
    yield { what: `CPU of the way: ${what}`, unit: 'µs/delivery', digits: 1, values: cpu };
  }
}
