import { FreshKeys } from '../fresh-keys.ts';
import { type Bench, inTurns, quantile, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** How many keys are used once: an account may have a hundred. */
const freshKeys = 80;

/**
 * A small JSON answer over a connection that stays open: `/health` of the server, the session from the gateway, whose
 * caller is remembered, or looked up for each request.
 */
export async function* smallJson(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession>();
  for (const target of bench.targets) sessions.set(target.name, await target.open());
  const askOnce = async (url: string, headers: Record<string, string>) => {
    const began = performance.now();
    const response = await fetch(url, { headers });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}.`);
    return performance.now() - began;
  };
  const ask = async (url: string, headers: Record<string, string>) => {
    const waits: number[] = [];
    for (let time = 0; time < Math.ceil(200 * bench.scale); time += 1) waits.push(await askOnce(url, headers));
    return quantile(waits, 0.5);
  };
  const { small } = await inTurns(bench, bench.targets, async (target) => {
    const { url, headers } = (sessions.get(target.name) as TargetSession).small();
    return { small: await ask(url, headers) };
  });
  const { health } = await inTurns(bench, [bench.gateway], async () => ({
    health: await ask(`${bench.gateway.stack.url}/health`, {}),
  }));
  const { looked } = await inTurns(bench, [bench.gateway], async (target) => {
    const { url } = (sessions.get(target.name) as TargetSession).small();
    await using keys = await FreshKeys.make(bench.gateway.stack, Math.ceil(freshKeys * bench.scale));
    const waits: number[] = [];
    for (const headers of keys.headers) waits.push(await askOnce(url, headers));
    return { looked: quantile(waits, 0.5) };
  });
  yield { what: 'small JSON: the server’s health; the session', unit: 'ms', digits: 2, values: small };
  yield {
    what: 'small JSON: the session, each time by a key not used before',
    unit: 'ms',
    digits: 2,
    values: { ...small, ...looked },
  };
  yield { what: 'small JSON: the gateway’s own health', unit: 'ms', digits: 2, values: { ...small, ...health } };
}
