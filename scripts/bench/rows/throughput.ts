import { cpuTime } from '../machine.ts';
import { readAll } from '../readers.ts';
import { type Bench, inTurns, type Row } from '../row.ts';
import { type Target, type TargetSession, warmUp } from '../targets/target.ts';

/**
 * How many events a stream has: so many that the turn itself, which has a row of its own, is little of what they cost. Of
 * forty at once each has fewer, or a round would take minutes.
 */
const eventsOf = (sessions: number) => Math.min(30_000, 480_000 / sessions);

/** Durable events per second, and what each costs, over one session and over many at once; and what a turn costs beside. */
export async function* throughput(bench: Bench): AsyncGenerator<Row> {
  const opened = new Map<Target, TargetSession[]>();
  const sessionsOf = async (target: Target, count: number): Promise<TargetSession[]> => {
    const sessions = opened.get(target) ?? [];
    opened.set(target, sessions);
    while (sessions.length < count) sessions.push(await target.open());
    return sessions.slice(0, count);
  };

  const turns = Math.ceil(20 * bench.scale);
  const { turn } = await inTurns(bench, bench.targets, async (target) => {
    const [session] = (await sessionsOf(target, 1)) as [TargetSession];
    const before = cpuTime(target.pids);
    // One behind the other: what comes behind a turn, as the save of its disk, is done before the next.
    for (let count = 0; count < turns; count += 1) await readAll([{ wire: session.chat(warmUp) }]);
    return { turn: (cpuTime(target.pids) - before) / turns / 1000 };
  });
  delete turn.direct; // Nothing stands between.
  yield { what: 'CPU of the way: a turn of one event', unit: 'ms', digits: 1, values: turn };

  const loads = bench.sessionCounts.flatMap((count) =>
    count === 1
      ? [
          { count, atOnce: 1 },
          { count, atOnce: 64 },
        ]
      : [{ count, atOnce: 1 }],
  );
  for (const { count, atOnce } of loads) {
    for (const target of bench.targets) await sessionsOf(target, count);
    const events = Math.ceil(bench.scale * eventsOf(count));
    const { rate, cpu } = await inTurns(bench, bench.targets, async (target) => {
      const orders = (await sessionsOf(target, count)).map((session) => ({
        wire: session.chat([{ ticks: { count: events, atOnce, everyMs: 0 } }]),
      }));
      const before = cpuTime(target.pids);
      const readings = await readAll(orders);
      // From the first that was made: when a reader is shown it is in the hands of what is measured.
      const time = Math.max(...readings.map(({ end }) => end)) - Math.min(...readings.map(({ made }) => made));
      return { rate: (events * count) / (time / 1e6), cpu: (cpuTime(target.pids) - before) / (events * count) };
    });
    const what = `${count} session${count > 1 ? 's' : ''}${atOnce > 1 ? `, said ${atOnce} at once` : ''}`;
    yield { what: `durable events: ${what}`, unit: '/s', digits: 0, values: rate };
    delete cpu.direct; // Nothing stands between.
    yield { what: `CPU of the way: ${what}`, unit: 'µs/event', digits: 1, values: cpu };
  }
}
