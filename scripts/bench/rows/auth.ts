import { FreshKeys } from '../fresh-keys.ts';
import { cpuTime } from '../machine.ts';
import { quantile, type Row } from '../row.ts';
import type { GatewayTarget } from '../targets/gateway.ts';

/** What measurements of one gateway are made with. */
export interface AuthBench {
  gateway: GatewayTarget;
  rounds: number;
  scale: number;
}

/** How many keys are used once: an account may have a hundred. */
const freshKeys = 80;

type Headers = Record<string, string>;

/**
 * What it costs to know who asks: the gateway's own 404 to somebody it knows, against the same where nobody is asked for
 * a key. Nothing else is done for either.
 */
export async function* auth({ gateway, rounds, scale }: AuthBench): AsyncGenerator<Row> {
  const { stack, pids } = gateway;
  const ask = async (path: string, headers: Headers) => {
    const began = performance.now();
    const response = await fetch(`${stack.url}${path}`, { headers });
    await response.arrayBuffer();
    if (response.status !== 404) throw new Error(`${path} answered HTTP ${response.status}.`);
    return performance.now() - began;
  };
  const askAll = async (path: string, all: Headers[]) => {
    const before = cpuTime(pids);
    const waits: number[] = [];
    for (const headers of all) waits.push(await ask(path, headers));
    return { wait: quantile(waits, 0.5), work: (cpuTime(pids) - before) / all.length };
  };
  const count = Math.ceil(500 * scale);
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const token = await sessionToken(stack);
  const found: Record<'cached' | 'token' | 'fresh' | 'none' | 'noneFew', { wait: number; work: number }[]> = {
    ...{ cached: [], token: [], fresh: [], none: [], noneFew: [] },
  };
  for (let round = 0; round < rounds; round += 1) {
    await using keys = await FreshKeys.make(stack, Math.ceil(freshKeys * scale));
    found.none.push(await askAll('/nothing', Array(count).fill({})));
    found.cached.push(await askAll('/v1/nothing', Array(count).fill(bearer(stack.apiKey))));
    found.token.push(await askAll('/v1/nothing', Array(count).fill(bearer(token))));
    found.noneFew.push(await askAll('/nothing', Array(keys.headers.length).fill({})));
    found.fresh.push(await askAll('/v1/nothing', keys.headers));
  }
  const rows = [
    ['a key that was just seen', found.cached, found.none],
    ['a session token that was just seen', found.token, found.none],
    ['a key not used before', found.fresh, found.noneFew],
  ] as const;
  for (const [what, known, none] of rows) {
    const of = (name: 'wait' | 'work') => ({
      gateway: known.map((one) => one[name]),
      'no key': none.map((one) => one[name]),
    });
    yield { what: `404 to ${what}`, unit: 'ms', digits: 2, values: of('wait') };
    yield { what: `404 to ${what}, CPU of workerd`, unit: 'µs', digits: 0, values: of('work') };
  }
}

async function sessionToken({ url, apiKey }: { url: string; apiKey: string }): Promise<string> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(`${path} answered ${await response.text()}`);
    return response.json();
  };
  const { id } = (await post('/v1/sessions', {})) as { id: string };
  const body = { scopes: ['sessions:read'], expiresInSeconds: 3600 };
  return ((await post(`/v1/sessions/${id}/tokens`, body)) as { token: string }).token;
}
