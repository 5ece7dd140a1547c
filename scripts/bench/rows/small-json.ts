import { type Bench, inTurns, quantile, type Row } from '../row.ts';
import type { TargetSession } from '../targets/target.ts';

/** A small JSON answer over a connection that stays open: `/health` of the server, the session from the gateway. */
export async function* smallJson(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession>();
  for (const target of bench.targets) sessions.set(target.name, await target.open());
  const ask = async (url: string, headers: Record<string, string>) => {
    const waits: number[] = [];
    for (let time = 0; time < Math.ceil(200 * bench.scale); time += 1) {
      const began = performance.now();
      const response = await fetch(url, { headers });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}.`);
      waits.push(performance.now() - began);
    }
    return quantile(waits, 0.5);
  };
  const { small } = await inTurns(bench, bench.targets, async (target) => {
    const { url, headers } = (sessions.get(target.name) as TargetSession).small();
    return { small: await ask(url, headers) };
  });
  const { health } = await inTurns(bench, [bench.gateway], async () => ({
    health: await ask(`${bench.gateway.stack.url}/health`, {}),
  }));
  yield { what: 'small JSON: the server’s health; the session', unit: 'ms', digits: 2, values: small };
  yield { what: 'small JSON: the gateway’s own health', unit: 'ms', digits: 2, values: { ...small, ...health } };
}
