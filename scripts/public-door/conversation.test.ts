import { gatewayRoutes, type Request, type ResumeResult, type Turn } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import {
  chat,
  createSession,
  endOf,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  isDurable,
  letGo,
  only,
  readUntil,
  run,
  script,
  untilLetGo,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

/** A session whose agent has asked to run a script, and the stream of the turn. */
async function asked(content: string) {
  const { id: sessionId } = await createSession(door);
  const events = eventsOf(await chat(door, sessionId, script(content)));
  const before = await readUntil(events, 'permission.requested');
  const [request] = only(before, 'permission.requested');
  if (!request) throw new Error('unreachable');
  return { sessionId, params: { sessionId }, events, before, request, requestId: request.requestId };
}

describe('a turn of the shell agent', () => {
  it('asks, runs what was allowed, streams its output, and the file can be read', async () => {
    const { params, events, before, requestId, request } = await asked(
      'echo one; echo two >&2; echo hello > hello.txt',
    );
    expect(before.map(({ type }) => type)).toEqual(['message', 'status', 'tool.call', 'permission.requested']);
    expect(only(before, 'status')).toMatchObject([{ status: { state: 'starting' } }]);
    expect(request.input).toEqual({ script: 'echo one; echo two >&2; echo hello > hello.txt' });
    const answer = { requestId, decision: 'allow' };
    const { request: stored } = await expectCall<ResumeResult>(door, 200, gatewayRoutes.resume, {
      params,
      body: answer,
    });
    expect(stored).toMatchObject({ status: 'resolved', decision: 'allow', by: 'user' });

    const after = await readUntil(events, 'complete');
    expect(after.filter(isDurable).map(({ type }) => type)).toEqual([
      'status',
      'permission.resolved',
      'status',
      'tool.result',
      'complete',
    ]);
    expect(only(after, 'status').map(({ status }) => status.state)).toEqual(['waiting', 'working']);
    const output = only(after, 'tool.delta');
    expect(
      output
        .filter(({ stream }) => stream === 'stdout')
        .map(({ text }) => text)
        .join(''),
    ).toBe('one\n');
    expect(
      output
        .filter(({ stream }) => stream === 'stderr')
        .map(({ text }) => text)
        .join(''),
    ).toBe('two\n');
    expect(only(after, 'permission.resolved')).toMatchObject([{ requestId, decision: 'allow', by: 'user' }]);
    expect(only(after, 'tool.result')).toMatchObject([{ isError: false, exitCode: 0 }]);
    expect(only(after, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    expect(await events.next()).toMatchObject({ done: true });

    const file = await fetch(`${door.url}/v1/sessions/${params.sessionId}/files/hello.txt`, {
      headers: { authorization: `Bearer ${door.apiKey}` },
    });
    expect(await file.text()).toBe('hello\n');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('reports a denial with its message and runs nothing', async () => {
    const { sessionId, params, events, requestId } = await asked('echo no > no.txt');
    const body = { requestId, decision: 'deny', message: 'Not on a Sunday.' };
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'tool.result')).toMatchObject([
      { isError: true, output: expect.stringContaining('Not on a Sunday.') },
    ]);
    expect(only(after, 'tool.delta')).toEqual([]);
    expect((await run(door, sessionId, 'ls')).outputText).toBe('');
  });

  it('runs the edited script in place of its own', async () => {
    const { params, events, requestId } = await asked('echo mine');
    const body = { requestId, decision: 'allow', updatedInput: { script: 'echo yours' } };
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'tool.result')).toMatchObject([{ output: 'yours\n' }]);
    expect(only(after, 'tool.call').at(-1)?.input).toEqual({ script: 'echo yours' });
  });

  it('takes the same answer again, and no other', async () => {
    const { params, events, requestId } = await asked('echo once');
    const body = { requestId, decision: 'allow' };
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    await expectProblem(door, 'request_already_resolved', gatewayRoutes.resume, {
      params,
      body: { requestId, decision: 'deny' },
    });
    await expectProblem(door, 'request_not_found', gatewayRoutes.resume, {
      params,
      body: { requestId: 'x', decision: 'deny' },
    });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'tool.result')).toMatchObject([{ output: 'once\n' }]);
  });

  it('takes no answer but those it offers', async () => {
    const { params, events, requestId, request } = await asked('echo offered');
    expect(request.options).not.toContainEqual({ id: 'deny', scope: 'session' });
    const body = { requestId, decision: 'deny', scope: 'session' };
    const problem = await expectProblem(door, 'invalid_request', gatewayRoutes.resume, { params, body });
    expect(problem.errors?.map(({ path }) => path)).toEqual(['scope']);
    await expectCall(door, 200, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'tool.result')).toMatchObject([{ output: 'offered\n' }]);
  });

  it('lists what waits for a person until it is answered', async () => {
    const { params, events, requestId } = await asked('true');
    const open = await expectCall<{ data: Request[] }>(door, 200, gatewayRoutes.listRequests, { params });
    expect(open.data).toMatchObject([{ requestId, status: 'open', tool: 'shell' }]);
    expect(await expectCall(door, 200, gatewayRoutes.getSession, { params })).toMatchObject({
      status: 'waiting',
      openRequests: [{ requestId }],
    });
    await eventually(async () => {
      const { data } = await expectCall<{ data: { id: string }[] }>(door, 200, gatewayRoutes.listSessions, {
        query: { status: 'waiting' },
      });
      return data.some(({ id }) => id === params.sessionId);
    });
    await expectCall(door, 200, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } });
    await readUntil(events, 'complete');
    expect(await expectCall(door, 200, gatewayRoutes.listRequests, { params })).toMatchObject({ data: [] });
  });

  it('answers as JSON once it waits, and again once it is complete', async () => {
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    const headers = { accept: 'application/json' };
    const waiting = await expectCall<Turn>(door, 200, gatewayRoutes.chat, { params, body: script('echo hi'), headers });
    expect(waiting).toMatchObject({ status: 'waiting', openRequests: [{ tool: 'shell' }] });
    const requestId = waiting.openRequests[0]?.requestId;
    await expectCall(door, 200, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } });
    const turn = await endOf(door, waiting);
    expect(turn).toMatchObject({ status: 'complete', stopReason: 'end_turn', outputText: 'hi\n', openRequests: [] });
  });

  it('is answered with 202 at once where the caller prefers so', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const options = { params: { sessionId }, body: script('echo async'), headers: { prefer: 'respond-async' } };
    const turn = await expectCall<Turn>(door, 202, gatewayRoutes.chat, options);
    expect(await endOf(door, turn)).toMatchObject({ status: 'complete', outputText: 'async\n' });
  });

  it('keeps the agent and its options, and never shows the variables', async () => {
    const session = await createSession(door, {
      permissionMode: 'bypass',
      env: { GREETING: 'good day' },
      agentOptions: { commandTimeoutSeconds: 1 },
    });
    expect(JSON.stringify(session)).not.toContain('good day');
    expect((await run(door, session.id, 'echo "$GREETING"')).outputText).toBe('good day\n');
    const late = await run(door, session.id, 'sleep 60');
    expect(late.outputText).toMatch(/stopped after 1 s/);
  });

  it('gives the agent the id and the history to read', async () => {
    const { id } = await createSession(door);
    await run(door, id, 'echo first');
    const turn = await run(door, id, 'cat .sandgate/session-id.txt .sandgate/messages.json');
    expect(turn.outputText).toContain(id);
    expect(turn.outputText).toContain('echo first');
  });
});

describe('turns of one session', () => {
  it('wait for each other, in order', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const start = (content: string) =>
      expectCall<Turn>(door, 202, gatewayRoutes.chat, {
        params: { sessionId },
        body: script(content),
        headers: { prefer: 'respond-async' },
      });
    const first = await start(`${untilLetGo}; echo 1 >> log`);
    const second = await start('echo 2 >> log');
    await expectProblem(door, 'session_busy', gatewayRoutes.chat, {
      params: { sessionId },
      body: { ...script('echo 3 >> log'), onBusy: 'reject' },
    });
    const third = await start('echo 4 >> log');
    const cancelled = await expectCall(door, 200, gatewayRoutes.interrupt, {
      params: { sessionId },
      body: { turnId: third.id },
    });
    expect(cancelled).toEqual({ interrupted: true, turnId: third.id });
    await letGo(door, sessionId);
    expect((await run(door, sessionId, 'cat log')).outputText).toBe('1\n2\n');
    const { data } = await expectCall<{ data: Turn[] }>(door, 200, gatewayRoutes.listTurns, { params: { sessionId } });
    expect(data.map(({ id, stopReason }) => [id, stopReason]).slice(0, 3)).toEqual([
      [first.id, 'end_turn'],
      [second.id, 'end_turn'],
      [third.id, 'interrupted'],
    ]);
  });

  it('are named by their idempotency key, so that a repeat runs nothing', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const options = {
      params: { sessionId },
      body: script('echo x >> log'),
      headers: { accept: 'application/json', 'idempotency-key': 'one' },
    };
    const [a, b] = await Promise.all([
      expectCall<Turn>(door, 200, gatewayRoutes.chat, options),
      expectCall<Turn>(door, 200, gatewayRoutes.chat, options),
    ]);
    expect(a.id).toBe(b.id);
    await expectProblem(door, 'idempotency_key_reused', gatewayRoutes.chat, {
      ...options,
      body: script('echo y >> log'),
    });
    expect((await run(door, sessionId, 'cat log')).outputText).toBe('x\n');
  });
});

describe('an interrupt', () => {
  it('in mid-command kills the whole process group', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const params = { sessionId };
    const content = '(while sleep 0.1; do date >> ticks; done) & (sleep 777 & sleep 778) & echo started; sleep 779';
    const events = eventsOf(await chat(door, sessionId, script(content)));
    await readUntil(events, 'tool.delta');
    const result = await expectCall(door, 200, gatewayRoutes.interrupt, { params });
    expect(result).toMatchObject({ interrupted: true });
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    const left = await run(
      door,
      sessionId,
      'for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline; echo; done | grep "^sleep" ; echo end',
    );
    expect(left.outputText).toBe('end\n');
    expect(await expectCall(door, 200, gatewayRoutes.interrupt, { params })).toMatchObject({ interrupted: false });
  });

  it('while it waits for a person resolves the request', async () => {
    const { params, events, requestId } = await asked('echo never > never.txt');
    await expectCall(door, 200, gatewayRoutes.interrupt, { params });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'permission.resolved')).toMatchObject([{ requestId, decision: 'deny', by: 'interrupt' }]);
    expect(only(after, 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    await expectProblem(door, 'request_already_resolved', gatewayRoutes.resume, {
      params,
      body: { requestId, decision: 'allow' },
    });
  });

  it('before the sandbox is up ends the turn', async () => {
    const { id: sessionId } = await createSession(door);
    const events = eventsOf(await chat(door, sessionId, script('echo never')));
    await readUntil(events, 'status');
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId } });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    expect(only(after, 'tool.result').filter(({ isError }) => !isError)).toEqual([]);
  });
});
