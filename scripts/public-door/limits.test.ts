import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, gatewayRoutes } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  type Door,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  readUntil,
  script,
} from './door.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-limits-'));
const requestLimit = 100;
let issuer: Issuer;
let stack: Stack;

beforeAll(async () => {
  issuer = await startIssuer();
  const limits = { REQUEST_LIMIT: String(requestLimit), ACCOUNT_SESSION_LIMIT: '3', ACCOUNT_TURN_LIMIT: '1' };
  stack = await startStack({ folder, engine: testEngine, vars: { ...issuer.vars, ...limits } });
});

afterAll(async () => {
  await stack?.close();
  await issuer?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** An account of its own. */
async function account(sub: string): Promise<Door> {
  const scope = 'sessions:read sessions:write turns:write account:read';
  return { url: stack.url, apiKey: await issuer.token({ sub, scope }) };
}

const list = (door: Door) => fetch(`${door.url}/v1/sessions`, { headers: { authorization: `Bearer ${door.apiKey}` } });

describe('an account at its limit', () => {
  it('of requests is told when to come back, and another goes on', async () => {
    const [busy, calm] = [await account('busy'), await account('calm')];
    const answers: Response[] = [];
    // A window may end, and another begin, at any moment of this.
    const refused = () => answers.filter(({ status }) => status === 429);
    while (refused().length === 0 && answers.length < 10 * requestLimit)
      answers.push(...(await Promise.all(Array.from({ length: requestLimit / 2 }, () => list(busy)))));
    expect(answers.length - refused().length).toBeGreaterThanOrEqual(requestLimit);
    expect(refused()[0]?.headers.get('retry-after')).toBe('10');
    expect(refused()[0]?.headers.get('ratelimit')).toBe('"requests";r=0;t=10');
    const answer = await list(calm);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-policy')).toBe(`"requests";q=${requestLimit};w=10`);
  });

  it('of requests slows no other, who is never refused', { timeout: 120_000 }, async () => {
    const [storming, calm] = [await account('storming'), await account('unmoved')];
    const waits = { alone: [] as number[], beside: [] as number[] };
    const ask = async (times: number[]) => {
      const began = performance.now();
      expect((await list(calm)).status).toBe(200);
      times.push(performance.now() - began);
    };
    let refused = 0;
    const exhaust = async () => {
      const burst = () => Promise.all(Array.from({ length: requestLimit / 2 }, () => list(storming)));
      while (!(await burst()).some(({ status }) => status === 429));
    };
    await ask([]);
    // In turns, so that whatever else the machine does meets both alike.
    for (let round = 0; round < 6; round += 1) {
      for (let time = 0; time < 3; time += 1) await ask(waits.alone);
      await exhaust();
      const storm = { isOn: true };
      const raging = (async () => {
        while (storm.isOn) if ((await list(storming)).status === 429) refused += 1;
      })();
      for (let time = 0; time < 3; time += 1) await ask(waits.beside);
      storm.isOn = false;
      await raging;
    }
    expect(refused).toBeGreaterThan(0);
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length / 2] ?? Number.NaN;
    // One request of another may be in the way, and what its caller does on the same machine.
    expect(median(waits.beside) / median(waits.alone)).toBeLessThan(5);
  });

  it('of sessions opens no more, though it finds those that it has; another goes on', async () => {
    const [full, other] = [await account('full'), await account('other')];
    const [first] = await Promise.all([1, 2, 3].map((number) => createSession(full, { id: `own-${number}` })));
    await expectProblem(full, 'session_limit_reached', gatewayRoutes.createSession, { body: {} });
    await expectCall(full, 200, gatewayRoutes.createSession, { body: { id: 'own-1' } });
    await createSession(other);
    expect(await expectCall<Account>(full, 200, gatewayRoutes.getAccount)).toMatchObject({
      limits: { sessions: 3, concurrentTurns: 1, requests: { quota: requestLimit, windowSeconds: 10 } },
      usage: { sessions: 3, concurrentTurns: 0 },
    });
    await expectCall(full, 204, gatewayRoutes.deleteSession, { params: { sessionId: first?.id ?? '' } });
    await createSession(full);
  });

  it('of turns begins none in another session; another account does', async () => {
    const [working, other] = [await account('working'), await account('free')];
    const [one, two, foreign] = [
      await createSession(working),
      await createSession(working, { permissionMode: 'bypass' }),
      await createSession(other),
    ];
    const usage = async () => (await expectCall<Account>(working, 200, gatewayRoutes.getAccount)).usage;
    const key = { 'idempotency-key': 'before the limit' };
    await readUntil(eventsOf(await chat(working, two.id, script('true'), { headers: key })), 'complete');
    // The index may be told of a turn that ran only as it is over: no count of it is the last until there is room.
    const begun = await eventually(async () => {
      const { response } = await call(working, gatewayRoutes.chat, {
        params: { sessionId: one.id },
        body: script('true'),
      });
      return response.status !== 429 && response;
    });
    await readUntil(eventsOf(begun), 'permission.requested');
    await eventually(async () => (await usage()).concurrentTurns === 1);
    const refused = { params: { sessionId: two.id }, body: script('true') };
    expect((await expectProblem(working, 'turn_limit_reached', gatewayRoutes.chat, refused)).retryable).toBe(true);
    const repeated = { ...refused, headers: { ...key, accept: 'application/json' } };
    expect(await expectCall(working, 200, gatewayRoutes.chat, repeated)).toMatchObject({ stopReason: 'end_turn' });
    const headers = { prefer: 'respond-async' };
    await expectCall(working, 202, gatewayRoutes.chat, { ...refused, params: { sessionId: one.id }, headers });
    await expectCall(other, 202, gatewayRoutes.chat, { ...refused, params: { sessionId: foreign.id }, headers });
    for (const [door, { id: sessionId }] of [
      [working, one],
      [other, foreign],
    ] as const)
      await expectCall(door, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
    await eventually(async () => (await usage()).concurrentTurns === 0);
    await expectCall(working, 202, gatewayRoutes.chat, { ...refused, headers });
  });
});

it('headers that are too large are refused', async () => {
  const headers = { 'x-large': 'x'.repeat(40_000) };
  await expectProblem(await account('large'), 'headers_too_large', gatewayRoutes.listSessions, { headers });
});
