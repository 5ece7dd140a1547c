import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../machine.ts';
import { readAll, readers } from '../readers.ts';
import type { Bench, Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

const mb = (bytes: number) => bytes / 1e6;

/** What workerd holds for each session, idle and streaming, and how that grows. */
export async function* sessionMemory({ gateway, scale }: Bench): AsyncGenerator<Row> {
  const count = Math.ceil(40 * scale);
  const held = () => mb(memory(gateway.pids));
  await gateway.open();
  const before = held();
  const sessions: TargetSession[] = [];
  for (let opened = 0; opened < count; opened += 1) sessions.push(await gateway.open());
  const idle = held();
  const seconds = 20 * scale;
  const script = [{ ticks: { count: Math.ceil(seconds * 20), atOnce: 1, everyMs: 50 } }];
  const work = readers(sessions.map((session) => ({ wire: session.chat(script) })));
  await work.attached;
  await sleep(seconds * 250);
  const early = held();
  await sleep(seconds * 500);
  const late = held();
  await work.read;
  const row = (what: string, value: number, unit = 'MB'): Row => ({
    what,
    unit,
    digits: 2,
    values: { gateway: [value] },
  });
  yield row('memory of workerd, one idle session', before);
  yield row(`memory of workerd, each of ${count} more that were used and are idle`, (idle - before) / count);
  yield row(`memory of workerd, each of ${count} that stream 20 events/s, over idle`, (early - idle) / count);
  yield row(`the same, growth in ${seconds / 2} s of streaming`, (late - early) / count);
  yield* growth(gateway.pids, await gateway.open(), Math.ceil(50_000 * scale), row);
}

/** One long stream after the other in one session: what each adds. */
async function* growth(
  pids: number[],
  session: TargetSession,
  count: number,
  row: (what: string, value: number) => Row,
): AsyncGenerator<Row> {
  let last = mb(memory(pids));
  for (const time of [1, 2, 3, 4]) {
    await readAll([{ wire: session.chat([{ ticks: { count, atOnce: 64, everyMs: 0 } }]) }]);
    const now = mb(memory(pids));
    yield row(`growth by ${count.toLocaleString('en')} events of one session, time ${time}`, now - last);
    last = now;
  }
}
