import { memory } from '../machine.ts';
import { readAll, readers } from '../readers.ts';
import type { Bench, Row } from '../row.ts';

/**
 * What workerd holds for readers of a session that read nothing, once their sockets are full, and whether that grows as
 * the session goes on.
 */
export async function* stuckReaders({ gateway, scale, stuckReaders: count }: Bench): AsyncGenerator<Row> {
  const events = Math.ceil(50_000 * scale);
  const held = () => memory(gateway.pids) / 1e6;
  const [calm, session] = [await gateway.open(), await gateway.open()];
  const work = async (of = session) => {
    await readAll([{ wire: of.chat([{ ticks: { count: events, atOnce: 64, everyMs: 0 } }]) }]);
    return held();
  };
  const warm = await work(calm);
  const alone = await work(calm);
  const idlers = readers(Array.from({ length: count }, () => ({ wire: session.followAll(), isStuck: true })));
  await idlers.attached;
  const attached = held();
  const [first, second, third] = [await work(), await work(), await work()];
  idlers.hangUp();
  const row = (what: string, value: number): Row => ({ what, unit: 'MB', digits: 1, values: { gateway: [value] } });
  const turn = `in a turn of ${events.toLocaleString('en')} events`;
  yield row(`growth of workerd ${turn}, nobody stuck`, alone - warm);
  yield row(`growth of workerd ${turn}, ${count} stuck readers: as they get stuck`, first - attached);
  yield row('the same, with the next turn', second - first);
  yield row('the same, with the turn after it', third - second);
}
