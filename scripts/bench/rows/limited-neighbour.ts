import { join } from 'node:path';
import { startStack } from '../../dev/stack.ts';
import { type Issuer, startIssuer } from '../../public-door/issuer.ts';
import { type Bench, inTurns, quantile, type Row } from '../row.ts';

/** How many requests an account may make in ten seconds here: what comes beside them is refused. */
const requestLimit = 100;

/**
 * A small JSON answer to an account, alone and beside another that is far beyond its limit: the same requests of the same
 * number of connections, refused. Each in turns with the other.
 */
export async function* limitedNeighbour(bench: Bench): AsyncGenerator<Row> {
  await using issuer = await startIssuer();
  const vars = { ...issuer.vars, REQUEST_LIMIT: String(requestLimit) };
  const stack = await startStack({ folder: join(bench.folder, 'limited'), vars });
  try {
    const url = `${stack.url}/v1/account`;
    const greedy = await caller(issuer, 'greedy');
    const waits: Record<'alone' | 'beside', number[]> = { alone: [], beside: [] };
    let failed = 0;
    let refused = 0;
    const { alone, beside } = await inTurns(bench, [bench.gateway], async (_, round) => {
      // Of an account of its own in each round: the limit is its own, too.
      const calm = await caller(issuer, `calm-${round}`);
      const ask = async (times: number[]) => {
        const began = performance.now();
        const response = await fetch(url, calm);
        await response.arrayBuffer();
        if (response.ok) times.push(performance.now() - began);
        else failed += 1;
      };
      const found = { alone: [] as number[], beside: [] as number[] };
      await ask([]);
      await exhaust(url, greedy);
      for (let time = 0; time < Math.ceil(20 * bench.scale); time += 1) {
        await ask(found.alone);
        await ask(found.alone);
        const flood = new AbortController();
        const raging = rage(url, greedy, flood.signal);
        await ask(found.beside);
        await ask(found.beside);
        flood.abort();
        refused += await raging;
      }
      for (const kind of ['alone', 'beside'] as const) waits[kind].push(...found[kind]);
      return { alone: quantile(found.alone, 0.5), beside: quantile(found.beside, 0.5) };
    });
    const of = 'the account, by an account within its limit';
    yield { what: `small JSON: ${of}`, unit: 'ms', digits: 2, values: alone };
    yield { what: 'the same, beside one that is beyond its own', unit: 'ms', digits: 2, values: beside };
    yield ofOne('the second ÷ the first', '×', quantile(waits.beside, 0.5) / quantile(waits.alone, 0.5));
    yield ofOne('its requests that were not answered', '', failed);
    yield ofOne('the other’s that were refused', '', refused);
  } finally {
    await stack.close();
  }
}

const ofOne = (what: string, unit: string, value: number): Row => ({
  what,
  unit,
  digits: 2,
  values: { gateway: [value] },
});

async function caller(issuer: Issuer, sub: string): Promise<RequestInit> {
  const token = await issuer.token({ sub, scope: 'account:read', exp: Math.floor(Date.now() / 1000) + 3600 });
  return { headers: { authorization: `Bearer ${token}` } };
}

async function statusOf(url: string, as: RequestInit): Promise<number> {
  const response = await fetch(url, as);
  await response.arrayBuffer();
  return response.status;
}

/** Asks until it is refused. */
async function exhaust(url: string, as: RequestInit): Promise<void> {
  const burst = () => Promise.all(Array.from({ length: requestLimit / 2 }, () => statusOf(url, as)));
  while (!(await burst()).includes(429));
}

/** Asks without a pause until it is told to end, and answers how often it was refused. */
async function rage(url: string, as: RequestInit, signal: AbortSignal): Promise<number> {
  let refused = 0;
  while (!signal.aborted) if ((await statusOf(url, as)) === 429) refused += 1;
  return refused;
}
