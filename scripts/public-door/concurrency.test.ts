import { gatewayRoutes, type ResumeResult, type Turn } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import {
  call,
  chat,
  createSession,
  endOf,
  eventsOf,
  expectCall,
  only,
  readAll,
  readUntil,
  run,
  script,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

/** A session whose agent has asked to run a script, the stream of the turn, and its request. */
async function asked(content: string) {
  const { id: sessionId } = await createSession(door);
  const events = eventsOf(await chat(door, sessionId, script(content)));
  const [request] = only(await readUntil(events, 'permission.requested'), 'permission.requested');
  return { sessionId, params: { sessionId }, events, requestId: request?.requestId ?? '' };
}

describe('two answers to one request at once', () => {
  it('that differ: one is stored, the other is told so', async () => {
    const { params, events, requestId } = await asked('echo run');
    const decisions = ['allow', 'deny'];
    const answers = await Promise.all(
      decisions.map((decision) => call(door, gatewayRoutes.resume, { params, body: { requestId, decision } })),
    );
    expect(answers.map(({ response }) => response.status).toSorted()).toEqual([200, 409]);
    const stored = answers.find(({ response }) => response.ok)?.body as ResumeResult;
    const [resolved] = only(await readUntil(events, 'complete'), 'permission.resolved');
    expect(resolved).toMatchObject({ decision: stored.request.decision, by: 'user' });
  });

  it('that say the same: both are told it is stored, and it runs once', async () => {
    const { sessionId, params, events, requestId } = await asked('echo x >> log');
    const body = { requestId, decision: 'allow' };
    await Promise.all([1, 2, 3].map(() => expectCall(door, 200, gatewayRoutes.resume, { params, body })));
    expect(only(await readUntil(events, 'complete'), 'permission.resolved')).toHaveLength(1);
    expect((await run(door, sessionId, 'cat log')).outputText).toBe('x\n');
  });
});

describe('a chat during a resume', () => {
  it('waits for the turn that goes on', async () => {
    const { sessionId, params, events, requestId } = await asked('sleep 0.5; echo 1 >> log');
    await expectCall(door, 200, gatewayRoutes.updateSession, { params, body: { permissionMode: 'bypass' } });
    const [, next] = await Promise.all([
      expectCall(door, 200, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } }),
      chat(door, sessionId, script('echo 2 >> log; cat log')),
    ]);
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    expect(only(await readAll(next), 'tool.result')).toMatchObject([{ output: '1\n2\n' }]);
  });

  it('that interrupts: the turn that was answered ends, once, and the next one runs', async () => {
    const { sessionId, params, events, requestId } = await asked('echo up; sleep 300');
    await expectCall(door, 200, gatewayRoutes.updateSession, { params, body: { permissionMode: 'bypass' } });
    const [resumed, next] = await Promise.all([
      call(door, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } }),
      chat(door, sessionId, { ...script('echo next'), onBusy: 'interrupt' }),
    ]);
    expect([200, 409]).toContain(resumed.response.status);
    const isStored = resumed.response.status === 200;
    const end = await readUntil(events, 'complete');
    expect(only(end, 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    // Whether the agent heard of it or not.
    const answer = isStored ? { decision: 'allow', by: 'user' } : { decision: 'deny', by: 'interrupt' };
    expect(only(end, 'permission.resolved')).toMatchObject([answer]);
    expect(only(await readAll(next), 'tool.result')).toMatchObject([{ output: 'next\n' }]);
  });
});

describe('many chats at once', () => {
  it('with one key are one turn, in whatever form they ask for it', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const forms: Record<string, string>[] = [{}, { accept: 'application/json' }, { prefer: 'respond-async' }];
    const answers = await Promise.all(
      [...forms, ...forms].map((headers) =>
        call(door, gatewayRoutes.chat, {
          params: { sessionId },
          body: script('echo x >> log'),
          headers: { 'idempotency-key': 'k', ...headers },
        }),
      ),
    );
    expect(new Set(answers.map(({ response }) => response.headers.get('location'))).size).toBe(1);
    await Promise.all(answers.map(({ response, body }) => body ?? readAll(response)));
    expect((await run(door, sessionId, 'cat log')).outputText).toBe('x\n');
  });

  it('that refuse to wait: one runs, the others are told so, and not when to come back', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const body = { ...script('sleep 300'), onBusy: 'reject' };
    const headers = { prefer: 'respond-async' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => call(door, gatewayRoutes.chat, { params: { sessionId }, body, headers })),
    );
    expect(answers.map(({ response }) => response.status).toSorted()).toEqual([202, 409, 409]);
    const refused = answers.find(({ response }) => response.status === 409);
    expect(refused?.body).toMatchObject({ code: 'session_busy', retryable: false });
    expect(refused?.response.headers.get('retry-after')).toBeNull();
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId } });
  });
});

describe('an interrupt', () => {
  it('of the turn that runs leaves the next one alone, however often it is made', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const params = { sessionId };
    const events = eventsOf(await chat(door, sessionId, script('echo up; sleep 300')));
    const turnId = (await readUntil(events, 'tool.delta'))[0]?.turnId;
    const next = await expectCall<Turn>(door, 202, gatewayRoutes.chat, {
      params,
      body: script('sleep 0.5; echo next'),
      headers: { prefer: 'respond-async' },
    });
    const body = { turnId };
    const interrupt = () => expectCall(door, 200, gatewayRoutes.interrupt, { params, body });
    await Promise.all([interrupt(), interrupt(), interrupt()]);
    expect(await interrupt()).toEqual({ interrupted: false, turnId });
    expect(await endOf(door, next)).toMatchObject({ stopReason: 'end_turn', outputText: 'next\n' });
  });
});
