import { readAll } from '../readers.ts';
import { type Bench, inTurns, quantile, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** How old an event is as it arrives, where a hundred come a second. */
export async function* latency(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession>();
  for (const target of bench.targets) sessions.set(target.name, await target.open());
  const count = Math.ceil(500 * bench.scale);
  const { p50, p95 } = await inTurns(bench, bench.targets, async (target) => {
    const wire = sessions.get(target.name)?.chat([{ ticks: { count, atOnce: 1, everyMs: 10 } }]);
    if (!wire) throw new Error(`No session of ${target.name}.`);
    const [reading] = await readAll([{ wire, timesEach: true }]);
    const lags = (reading?.lags ?? []).map((lag) => lag / 1000);
    if (lags.length < count) throw new Error(`${target.name} brought ${lags.length} of ${count} events.`);
    return { p50: quantile(lags, 0.5), p95: quantile(lags, 0.95) };
  });
  yield { what: 'age of an event, 100/s, p50', unit: 'ms', digits: 2, values: p50 };
  yield { what: 'age of an event, 100/s, p95', unit: 'ms', digits: 2, values: p95 };
}
