import { cpuTime } from '../machine.ts';
import { readAll } from '../readers.ts';
import { type Bench, inTurns, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** Durable events per second, and what each costs, over one session and over many at once. */
export async function* throughput(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession[]>();
  const loads = bench.sessionCounts.flatMap((count) =>
    count === 1
      ? [
          { count, atOnce: 1 },
          { count, atOnce: 64 },
        ]
      : [{ count, atOnce: 1 }],
  );
  for (const { count, atOnce } of loads) {
    for (const target of bench.targets) {
      const open = sessions.get(target.name) ?? [];
      while (open.length < count) open.push(await target.open());
      sessions.set(target.name, open);
    }
    const events = Math.ceil((bench.scale * Math.max(30_000, count * 2500)) / count);
    const { rate, cpu } = await inTurns(bench, bench.targets, async (target) => {
      const orders = (sessions.get(target.name) ?? [])
        .slice(0, count)
        .map((session) => ({ wire: session.chat([{ ticks: { count: events, atOnce, everyMs: 0 } }]) }));
      const before = cpuTime(target.pids);
      const readings = await readAll(orders);
      const time = Math.max(...readings.map(({ end }) => end)) - Math.min(...readings.map(({ first }) => first));
      return { rate: (events * count) / (time / 1e6), cpu: (cpuTime(target.pids) - before) / (events * count) };
    });
    const what = `${count} session${count > 1 ? 's' : ''}${atOnce > 1 ? `, said ${atOnce} at once` : ''}`;
    yield { what: `durable events: ${what}`, unit: '/s', digits: 0, values: rate };
    delete cpu.direct; // Nothing stands between.
    yield { what: `CPU of the way: ${what}`, unit: 'µs/event', digits: 1, values: cpu };
  }
}
