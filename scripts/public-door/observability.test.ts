import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContainerLogs, gatewayRoutes, type NewKey, type Request } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { call, chat, createSession, eventually, expectCall, readAll, script } from './door.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-observability-'));
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ folder, engine: testEngine, vars: { ALLOW_SCRIPTED_AGENT: '1' } });
});
afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown> & { message: string };

const text = () => readFileSync(join(folder, 'gateway.log'), 'utf8');
const lines = (): Line[] =>
  text()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The line that is like this, once it is there. */
function line(like: Record<string, unknown>): Promise<Line> {
  const fits = (one: Line) => Object.entries(like).every(([name, value]) => one[name] === value);
  return eventually(async () => lines().find(fits));
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe('the log', () => {
  it('has a line for each request, with who asked for what and how it went', async () => {
    const { id: sessionId } = await createSession(stack);
    const { response } = await call(stack, gatewayRoutes.getSession, {
      params: { sessionId },
      headers: { traceparent },
    });
    const requestId = response.headers.get('x-request-id');
    expect(await line({ requestId })).toMatchObject({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      message: 'request',
      traceId,
      accountId: 'acct_first',
      keyId: expect.stringMatching(/^key_/),
      sessionId,
      operation: 'getSession',
      route: '/v1/sessions/{sessionId}',
      method: 'GET',
      status: 200,
      durationMs: expect.any(Number),
      phases: { auth: expect.any(Number), orchestrator: expect.any(Number) },
    });
  });

  it('has the code of a refusal, also of one that comes before it is known who asks', async () => {
    for (const [path, method, apiKey, code, operation] of [
      ['/v1/sessions/none', 'GET', stack.apiKey, 'session_not_found', 'getSession'],
      ['/v1/sessions', 'GET', 'wrong-key', 'unauthorized', 'listSessions'],
      ['/v1/nothing', 'GET', stack.apiKey, 'not_found', undefined],
      ['/v1/account', 'PUT', stack.apiKey, 'method_not_allowed', undefined],
    ] as const) {
      const response = await fetch(`${stack.url}${path}`, { method, headers: { authorization: `Bearer ${apiKey}` } });
      const requestId = response.headers.get('x-request-id');
      const logged = await line({ requestId });
      expect(logged).toMatchObject({ code, status: response.status });
      expect(logged.operation).toBe(operation);
    }
  });

  it('has a line for the end of each turn, in the trace of whoever asked; the sandbox knows the trace, too', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const options = { headers: { traceparent } };
    const response = await chat(stack, sessionId, script('true'), options);
    await readAll(response);
    const turnId = response.headers.get('location')?.split('/').at(-1);
    expect(await line({ message: 'request', operation: 'chat', turnId })).toMatchObject({ traceId, status: 200 });
    expect(await line({ message: 'turn ended', turnId })).toMatchObject({
      level: 'info',
      traceId,
      accountId: 'acct_first',
      sessionId,
      sandbox: expect.stringMatching(/^sb-/),
      stopReason: 'end_turn',
      phases: { sandbox: expect.any(Number), first_event: expect.any(Number) },
    });
    const logs = await expectCall<ContainerLogs>(stack, 200, gatewayRoutes.getLogs, { params: { sessionId } });
    expect(logs.data.find(({ text }) => text.includes('turn_taken'))?.text).toContain(traceId);
  });

  it('tells a turn that failed by its code, and the end of a sandbox', async () => {
    const { id: sessionId } = await createSession(stack, { agent: 'scripted' });
    await readAll(await chat(stack, sessionId, script(JSON.stringify([{ fail: 'planted-5f1c9e' }]))));
    const ended = await line({ message: 'turn ended', sessionId });
    expect(ended).toMatchObject({ level: 'error', stopReason: 'error', code: expect.any(String) });
    const { sandbox } = ended;
    await expectCall(stack, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
    await line({ message: 'sandbox started', sandbox });
    await line({ message: 'sandbox stopped', sandbox });
  });
});

describe('a trace', () => {
  it('begins here where the caller brings none, or one that is not valid', async () => {
    const ids = new Set<unknown>();
    for (const headers of [{}, { traceparent: `00-${traceId}-0000000000000000-01` }, { traceparent: 'x' }]) {
      const response = await fetch(`${stack.url}/v1/account`, { headers });
      const { traceId: made } = await line({ requestId: response.headers.get('x-request-id') });
      expect(made).toMatch(/^[0-9a-f]{32}$/);
      expect(made).not.toBe(traceId);
      ids.add(made);
    }
    expect(ids.size).toBe(3);
  });
});

describe('Server-Timing', () => {
  const phases = (response: Response) =>
    Object.fromEntries(
      (response.headers.get('server-timing') ?? '').split(', ').map((part) => part.split(';dur=').map(String)),
    );

  it('says what an answer waited for', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const params = { sessionId };
    const [turn, file, stream] = [
      await call(stack, gatewayRoutes.chat, {
        params,
        body: script('echo x > x'),
        headers: { accept: 'application/json' },
      }),
      await call(stack, gatewayRoutes.readFile, { params: { ...params, path: 'x' } }),
      await call(stack, gatewayRoutes.chat, { params, body: script('true') }),
    ];
    expect(Object.keys(phases(turn.response)).sort()).toEqual(['auth', 'first_event', 'orchestrator', 'sandbox']);
    expect(Object.keys(phases(file.response)).sort()).toEqual(['auth', 'orchestrator', 'sandbox']);
    expect(Object.keys(phases(stream.response)).sort()).toEqual(['auth', 'orchestrator']);
    for (const { response } of [turn, file, stream])
      for (const ms of Object.values(phases(response))) expect(Number(ms)).toBeGreaterThanOrEqual(0);
    await readAll(stream.response);
  });
});

it('no text that anybody sends or says is in the log', async () => {
  const secret = 'planted-5f1c9e';
  const sent: string[] = [];
  /** A text to send, another each time. */
  const plant = () => {
    const planted = `${secret}-${sent.length}`;
    sent.push(planted);
    return planted;
  };
  const send = (path: string, init: RequestInit & { as?: string } = {}) =>
    fetch(`${stack.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${init.as ?? stack.apiKey}`,
        'content-type': 'application/json',
        'user-agent': plant(),
        cookie: plant(),
        tracestate: `a=${plant()}`,
        [`x-${plant()}`]: plant(),
        ...init.headers,
      },
    });
  const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

  const { id: sessionId } = await createSession(stack, {
    metadata: { [plant()]: plant() },
    env: { PLANTED: plant() },
    agentOptions: {},
    egress: { allow: [{ host: 'example.com', headers: { 'x-key': plant() } }] },
  });
  const session = `/v1/sessions/${sessionId}`;
  await send(`${session}/chat`, {
    ...json({ messages: [{ role: 'user', content: `echo ${plant()}; exit 3` }], metadata: { a: plant() } }),
    headers: { accept: 'application/json', 'idempotency-key': plant() },
  });
  const { data } = await expectCall<{ data: Request[] }>(stack, 200, gatewayRoutes.listRequests, {
    params: { sessionId },
  });
  const requestId = data[0]?.requestId;
  await send(
    `${session}/resume`,
    json({ requestId, decision: 'allow', updatedInput: { script: `echo ${plant()} >&2` } }),
  );
  await send(`${session}/resume`, json({ requestId: plant(), decision: 'deny', message: plant() }));
  await line({ message: 'turn ended', sessionId });
  const key = (await (await send('/v1/keys', json({ name: plant(), scopes: ['sessions:read'] }))).json()) as NewKey;
  sent.push(key.key, stack.apiKey);
  const refused: [string, RequestInit & { as?: string }][] = [
    [`${session}?${plant()}=${plant()}`, {}],
    [`/v1/sessions?metadata[${plant()}]=${plant()}&status=${plant()}&after=${plant()}`, {}],
    [`/v1/${plant()}`, {}],
    [`/${plant()}`, {}],
    [`/v1/sessions/${key.key}`, {}],
    [`/v1/sessions/${key.key}/turns/${plant()}`, {}],
    [`/v1/keys/${key.key}`, { method: 'DELETE' }],
    [`${session}/turns/${plant()}/events`, {}],
    [`${session}/files/${plant()}/../${plant()}`, { method: 'PUT', body: plant() }],
    [`${session}/files/${plant()}`, {}],
    [`${session}/files?path=${plant()}`, {}],
    [`${session}/archive?path=${plant()}`, { method: 'PUT', body: plant() }],
    [`${session}/snapshots`, json({ name: plant() })],
    [`${session}/snapshots/${plant()}`, { method: 'DELETE' }],
    [`${session}/chat`, { method: 'POST', body: `{"messages": ${plant()}` }],
    [`${session}/chat`, json({ [plant()]: plant() })],
    [`${session}/chat`, { method: 'POST', body: plant(), headers: { 'content-type': plant() } }],
    ['/v1/account', { as: plant() }],
    ['/v1/account', { as: `sg_live_${plant()}` }],
    ['/v1/account', { as: `sg_token_${plant()}` }],
    ['/v1/account', { headers: { traceparent: plant() } }],
  ];
  for (const [path, init] of refused) await (await send(path, init)).body?.cancel();

  const last = await send(session);
  await line({ requestId: last.headers.get('x-request-id') });
  const log = text();
  for (const planted of sent) expect(log).not.toContain(planted);
  expect(log).not.toContain(secret);
});
