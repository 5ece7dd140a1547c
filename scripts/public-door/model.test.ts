import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MessagesApi, type ModelReply } from '../../sandbox-server/src/testing/messages-api.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { chat, createSession, expectCall, expectProblem, only, readAll, run, script } from './door.ts';
import { testEngine } from './test-engine.ts';

const key = 'sk-ant-planted-0123456789';
/** 3 dollars for a million tokens read, 1000 for a million written: a call of the stub costs 0.007036. */
const prices = { 'claude-stub': { input: 3, output: 1000, cacheRead: 0, cacheWrite: 0 } };
const perCall = { inputTokens: 12, outputTokens: 7 };

let stack: Stack;
let model: MessagesApi;
const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
beforeAll(async () => {
  model = await MessagesApi.start();
  stack = await start();
});
const start = () =>
  startStack({
    folder,
    engine: testEngine,
    vars: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: model.url, MODEL_PRICES: JSON.stringify(prices) },
  });
beforeEach(() => void model.asked.splice(0));
afterAll(async () => {
  await stack?.close();
  await model?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A script that asks the model as any program in the sandbox could. */
function asking(replies: ModelReply[], more: object = {}, curl = '-sS -N'): string {
  const body = {
    model: 'claude-stub-1',
    max_tokens: 64,
    stream: true,
    messages: [{ role: 'user', content: JSON.stringify(replies) }],
    ...more,
  };
  return `curl ${curl} http://model.sandgate.internal/v1/messages -H 'x-api-key: mine' -H 'authorization: Bearer mine' \\
    -H 'x-sandgate-session: another' -H 'content-type: application/json' -d @- <<'END'
${JSON.stringify(body)}
END
`;
}

const bypassed = (more: object = {}) => createSession(stack, { permissionMode: 'bypass', ...more });
const get = (sessionId: string) => expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
const say = (text: string): ModelReply[] => [{ say: text }];
const stopReason = (events: Event[]) => only(events, 'complete').map((event) => event.stopReason);

describe('the model of a sandbox', () => {
  it('answers under an internal name, with the key that only the gateway has', async () => {
    const { id } = await bypassed();
    const turn = await run(stack, id, asking(say('Hello.')));
    expect(turn.outputText).toContain('Hello.');
    expect(turn.outputText).toContain('event: message_stop');
    expect(model.asked).toHaveLength(1);
    const { headers } = model.asked[0] as (typeof model.asked)[0];
    expect(headers).toMatchObject({ 'x-api-key': key, 'content-type': 'application/json' });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-sandgate-session');
  });

  it('streams: a piece is there before the last', async () => {
    const { id } = await bypassed();
    const slow = asking([{ say: 'one two three', hang: true }], {}, '-sS -N --max-time 5');
    const turn = await run(stack, id, slow);
    expect(turn.outputText).toContain('content_block_delta');
    expect(turn.outputText).not.toContain('message_stop');
  });

  it('is counted, also where the sandbox hangs up', async () => {
    const { id } = await bypassed();
    expect((await get(id)).usage).toEqual({ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 });
    await run(stack, id, asking(say('Hello.')).repeat(2));
    const { usage } = await get(id);
    expect(usage).toMatchObject({ inputTokens: 24, outputTokens: 14 });
    expect(usage.costUsd).toBeCloseTo(2 * 0.007036);
    await run(stack, id, asking([{ say: 'x'.repeat(300), hang: true }], {}, '-sS -N --max-time 5'));
    await expect.poll(async () => (await get(id)).usage).toMatchObject({ inputTokens: 36, outputTokens: 114 });
  });

  it('is refused what would have the provider reach out, and any other path', async () => {
    const { id } = await bypassed();
    const tools = [{ type: 'web_fetch_20250910', name: 'web_fetch' }];
    const turn = await run(
      stack,
      id,
      `${asking(say('x'), { tools })}\ncurl -sS http://model.sandgate.internal/v1/files`,
    );
    expect(turn.outputText).toMatch(/permission_error.*not_found_error/s);
    expect(model.asked).toEqual([]);
  });

  it('says what the provider says where that refuses', async () => {
    const { id } = await bypassed();
    const failing: ModelReply[] = [{ status: 529, type: 'overloaded_error', message: 'Overloaded' }];
    const turn = await run(stack, id, asking(failing, {}, '-sS -i'));
    expect(turn.outputText).toMatch(/^HTTP\/1.1 529.*overloaded_error/s);
    expect((await get(id)).usage).toMatchObject({ inputTokens: 0, outputTokens: 0 });
  });

  it('has none while no turn runs', async () => {
    const { id } = await bypassed();
    await run(stack, id, `(until [ -e go ]; do sleep 0.1; done\n${asking(say('x'))}) > answer 2>&1 &`);
    const body = 'now';
    const path = `${stack.url}/v1/sessions/${id}/files`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    expect((await fetch(`${path}/go`, { method: 'PUT', headers, body })).status).toBe(201);
    await expect.poll(async () => (await fetch(`${path}/answer`, { headers })).text()).toContain('none does');
    expect(model.asked).toEqual([]);
  });
});

describe('a budget', () => {
  it.each([
    [{ inputTokens: 20 }, 2],
    [{ outputTokens: 7 }, 1],
    [{ totalTokens: 57 }, 3],
    [{ costUsd: 0.01 }, 2],
  ])('of %j is spent after %i calls: the turn ends', async (budget, calls) => {
    const { id } = await bypassed({ budget });
    const events = await readAll(await chat(stack, id, script(`${asking(say('x')).repeat(5)}\necho went on`)));
    expect(stopReason(events)).toEqual(['budget']);
    expect(only(events, 'tool.result')[0]?.output).not.toContain('went on');
    expect(model.asked).toHaveLength(calls);
    const usage = { inputTokens: 12 * calls, outputTokens: 7 * calls };
    await expect.poll(() => get(id)).toMatchObject({ budget, usage });
  });

  it('outlives turns and is raised by whoever owns the session', async () => {
    const { id } = await bypassed({ budget: perCall });
    await run(stack, id, asking(say('x')));
    const refused = await readAll(await chat(stack, id, script(asking(say('x')))));
    expect(stopReason(refused)).toEqual(['budget']);
    expect(model.asked).toHaveLength(1);
    const params = { sessionId: id };
    await expectCall(stack, 200, gatewayRoutes.updateSession, { params, body: { budget: {} } });
    expect((await run(stack, id, asking(say('x')))).stopReason).toBe('end_turn');
  });

  it('lets only so many calls begin at once as fit in at their largest', async () => {
    const { id } = await bypassed({ budget: { outputTokens: 70 } });
    const ten = Array.from({ length: 10 }, () => `(${asking(say('x'))}) &`).join('\n');
    await run(stack, id, `${ten}\nwait`);
    // Each asks for 64 at most: two never run at once, and the tenth is the last that begins.
    expect(model.asked).toHaveLength(10);
    expect((await get(id)).usage.outputTokens).toBe(70);
  });

  it('is still spent after a restart of all', async () => {
    const { id } = await bypassed({ budget: perCall });
    await run(stack, id, asking(say('x')));
    await expect.poll(async () => (await get(id)).usage).toMatchObject(perCall);
    await stack.close();
    stack = await start();
    const events = await readAll(await chat(stack, id, script(asking(say('x')))));
    expect(stopReason(events)).toEqual(['budget']);
    expect((await get(id)).usage).toMatchObject(perCall);
    expect(model.asked).toHaveLength(1);
  });

  it('in dollars is for models with a price', async () => {
    const { id } = await bypassed({ budget: { costUsd: 1 } });
    const turn = await run(stack, id, asking(say('x'), { model: 'claude-other' }));
    expect(turn.outputText).toContain('has no price');
    expect(model.asked).toEqual([]);
  });

  it.each([{ inputTokens: 0 }, { costUsd: 0 }, { tokens: 5 }])('of %j is refused', async (budget) => {
    await expectProblem(stack, 'invalid_request', gatewayRoutes.createSession, { body: { budget } });
  });

  it("of one session is not another's", async () => {
    const [poor, rich] = [await bypassed({ budget: { outputTokens: 1 } }), await bypassed()];
    await run(stack, poor.id, asking(say('x')));
    await run(stack, rich.id, asking(say('x')));
    const forged = asking(say('x')).replace('another', rich.id);
    const events = await readAll(await chat(stack, poor.id, script(forged)));
    expect(stopReason(events)).toEqual(['budget']);
    expect((await get(rich.id)).usage).toMatchObject(perCall);
  });
});

it('the way out of the sandboxes leads to no private address', async () => {
  type Bindings = Record<'OUTBOUND' | 'ASSETS', { fetch: (url: string) => Promise<{ text: () => Promise<string> }> }>;
  const { OUTBOUND, ASSETS } = await stack.workers.getBindings<Bindings>();
  const script = await ASSETS.fetch('http://assets/assets/docs/scalar.js');
  expect(await script.text()).not.toBe(''); // So a binding is reached from here. Unread, it would keep workerd.
  expect((await fetch(model.url)).status).toBe(404);
  await expect(OUTBOUND.fetch(model.url)).rejects.toThrow();
});
