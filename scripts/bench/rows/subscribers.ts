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
    const targets = bench.targets.filter(({ mostReaders = count }) => count <= mostReaders);
    const { rate, cpu } = await inTurns(bench, targets, async (target) => {
      const session = sessions.get(target.name) as TargetSession;
      const [readings, used] = await followed(session, each, count, target.pids);
      const deliveries = each * count;
      // Not since the first event came: what comes late comes together.
      const time = Math.max(...readings.map(({ end }) => end)) - Math.min(...readings.map(({ made }) => made));
      return { rate: deliveries / (time / 1e6), cpu: used / deliveries };
    });
    delete cpu.direct; // Nothing stands between.
    const what = `${count} reader${count > 1 ? 's' : ''} of one turn, ≤ 1 000 events/s`;
    yield { what: `deliveries: ${what}`, unit: '/s', digits: 0, values: rate };
    yield { what: `CPU of the way: ${what}`, unit: 'µs/delivery', digits: 1, values: cpu };
  }
}

/**
 * A turn that many follow from its first event, and the time of a processor that it took. It begins to speak once all are
 * there: where the machine was too slow for that, another waits for twice as long.
 */
async function followed(session: TargetSession, events: number, count: number, pids: number[]) {
  for (let sleepMs = 500 + 10 * count; sleepMs < 120_000; sleepMs *= 2) {
    const turnId = await session.start([{ sleepMs }, { ticks: { count: events, atOnce: 1, everyMs: 1 } }]);
    const { attached, read } = readers(Array.from({ length: count }, () => ({ wire: session.follow(turnId) })));
    await Promise.race([attached, read]); // One that was refused never has a head.
    const before = cpuTime(pids);
    const attachedAt = Number(process.hrtime.bigint() / 1000n);
    const readings = await read;
    if (readings.some(({ isComplete }) => !isComplete)) throw new Error('A reader saw no complete.');
    if (readings.every(({ first }) => first > attachedAt)) return [readings, cpuTime(pids) - before] as const;
  }
  throw new Error(`${count} readers were not there within a minute.`);
}
