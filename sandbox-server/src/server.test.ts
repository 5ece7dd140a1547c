import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SandboxChatRequest, sandboxRoutes } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, problemOf } from './testing/contract.ts';
import { eventually } from './testing/eventually.ts';
import { chatRequest, frames, next, only, readFrames, TestSandbox } from './testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const health = async () => answerOf(sandboxRoutes.health, await fetch(`${sandbox.url}/health`));
const scripted = (steps: unknown[]) => sandbox.run(JSON.stringify(steps), { agent: 'scripted' });

/** What a turn says, from its beginning, as soon as it is known. */
async function followed(server: TestSandbox, turnId: string): Promise<ReturnType<typeof frames>> {
  let response = Response.error();
  await eventually(async () => {
    response = await server.fetch(`/turns/${turnId}/events`);
    return response.ok;
  });
  return frames(response);
}

/** A request whose answer is read as its socket is, and not before. */
function postRaw({ port, secret }: TestSandbox, path: string, body: object): Socket {
  const json = JSON.stringify(body);
  const headers = [
    `authorization: Bearer ${secret}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(json)}`,
  ];
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\n${headers.join('\r\n')}\r\n\r\n${json}`);
  return socket;
}

describe('health', () => {
  test('needs no secret, and is no activity', async () => {
    const first = await health();
    expect(first).toMatchObject({ status: 'idle', bootId: expect.stringMatching(/^boot_[0-9a-f]{16}$/) });
    await sandbox.run('true');
    const worked = await health();
    expect(worked.lastActivityAt > first.lastActivityAt).toBe(true);
    await eventually(() => new Date().toISOString() > worked.lastActivityAt);
    expect(await health()).toEqual(worked);
  });

  test('tells what goes on', async () => {
    const stream = frames(await sandbox.chat('true', { permissionMode: 'ask' }));
    const { requestId } = await next(stream, 'permission.requested');
    expect(await health()).toMatchObject({ status: 'waiting', activeTurnId: expect.any(String) });
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'user' });
    await next(stream, 'complete');
    expect(await health()).toMatchObject({ status: 'idle' });
    const busy = frames(await sandbox.chat('sleep 60'));
    await next(busy, 'status');
    expect((await health()).status).toBe('busy');
    await sandbox.post('/interrupt', {});
  });
});

describe('auth', () => {
  const routes = [
    ['POST', '/chat'],
    ['POST', '/resume'],
    ['POST', '/interrupt'],
    ['GET', '/turns/t/events'],
    ['GET', '/files'],
    ['GET', '/files/a'],
    ['PUT', '/files/a'],
    ['DELETE', '/files/a'],
    ['GET', '/nothing'],
  ] as const;

  test.each(routes)('%s %s wants the secret', async (method, path) => {
    const send = (headers: Record<string, string>) => fetch(sandbox.url + path, { method, headers });
    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: 'Bearer wrong' })).status).toBe(403);
  });

  test('comes before the body is looked at', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${sandbox.url}/chat`, { method: 'POST', headers, body: '{' })).status).toBe(401);
  });
});

describe('refusals', () => {
  test('are problems, whatever goes wrong', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string>) =>
      sandbox.fetch('/chat', { method: 'POST', body, headers });
    expect(await problemOf(sandboxRoutes.chat, await post('{', json))).toBe('malformed_json');
    expect(await problemOf(sandboxRoutes.chat, await post('{}', json))).toBe('invalid_request');
    expect(await problemOf(sandboxRoutes.chat, await post('{}', { 'content-type': 'text/plain' }))).toBe(
      'unsupported_media_type',
    );
    expect((await sandbox.fetch('/nothing')).headers.get('content-type')).toBe('application/problem+json');
    expect((await sandbox.fetch('/chat')).status).toBe(405);
  });
});

describe('chat', () => {
  test('runs a turn once, and follows it from then on', async () => {
    const request = chatRequest('echo ran >> once.txt; cat once.txt');
    const [first, second] = await Promise.all([sandbox.post('/chat', request), sandbox.post('/chat', request)]);
    const [one, other] = await Promise.all([readFrames(first), readFrames(second)]);
    const later = await readFrames(await sandbox.post('/chat', request));
    expect(other).toEqual(one);
    expect(later).toEqual(one);
    expect(await (await sandbox.fetch('/files/once.txt')).text()).toBe('ran\n');
    expect(one.at(-1)?.event).toEqual({ type: 'complete', stopReason: 'end_turn' });
  });

  test('runs one turn at a time', async () => {
    const stream = frames(await sandbox.chat('sleep 60'));
    await next(stream, 'status');
    expect(await problemOf(sandboxRoutes.chat, await sandbox.chat('true'))).toBe('session_busy');
    await sandbox.post('/interrupt', {});
    await next(stream, 'complete');
    expect(only(await sandbox.run('true'), 'complete')).toHaveLength(1);
  });

  test('runs nothing for another boot than expected', async () => {
    const chat = (expectedBootId: string) => sandbox.chat('touch boot.txt', { expectedBootId });
    expect(await problemOf(sandboxRoutes.chat, await chat('boot_0000000000000000'))).toBe('boot_mismatch');
    expect((await sandbox.fetch('/files/boot.txt')).status).toBe(404);
    await readFrames(await chat((await health()).bootId));
    expect((await sandbox.fetch('/files/boot.txt')).status).toBe(200);
  });

  test('a follower that hangs up cancels nothing', async () => {
    const request = chatRequest('echo begun; while [ ! -e go.txt ]; do sleep 0.02; done; echo ended > hungup.txt');
    const hangUp = new AbortController();
    const response = await sandbox.fetch('/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: hangUp.signal,
    });
    await next(frames(response), 'tool.delta');
    hangUp.abort();
    expect((await health()).activeTurnId).toBe(request.turnId);
    await sandbox.fetch('/files/go.txt', { method: 'PUT', body: '' });
    const all = await readFrames(await sandbox.fetch(`/turns/${request.turnId}/events`));
    expect(all.at(-1)?.event).toMatchObject({ type: 'complete', stopReason: 'end_turn' });
    expect(await (await sandbox.fetch('/files/hungup.txt')).text()).toBe('ended\n');
  });

  test('a follower that does not read holds up nobody', async () => {
    const steps = Array(15).fill({ burst: { count: 200, textBytes: 2_048, everyMs: 0 } });
    const request: SandboxChatRequest = { ...chatRequest(JSON.stringify(steps)), agent: 'scripted' };
    const stuck = postRaw(sandbox, '/chat', request).pause();
    const follower = await followed(sandbox, request.turnId);
    expect(await next(follower, 'complete')).toMatchObject({ stopReason: 'end_turn' });
    stuck.destroy();
  });
});

describe('turn events', () => {
  test('replay after a cursor; the header wins over the parameter', async () => {
    const request = chatRequest('echo a; echo b >&2');
    const all = await readFrames(await sandbox.post('/chat', request));
    const events = (query: string, headers = {}) =>
      sandbox.fetch(`/turns/${request.turnId}/events${query}`, { headers });
    expect(await readFrames(await events(''))).toEqual(all);
    expect(await readFrames(await events('?after=2'))).toEqual(all.slice(2));
    expect(await readFrames(await events('?after=2', { 'last-event-id': '3' }))).toEqual(all.slice(3));
    expect(await readFrames(await events(`?after=${all.length}`))).toEqual([]);
    const route = sandboxRoutes.turnEvents;
    expect(await problemOf(route, await events(`?after=${all.length + 1}`))).toBe('cursor_beyond_head');
    expect(await problemOf(route, await events('?after=-1'))).toBe('invalid_request');
    expect(await problemOf(route, await events('', { 'last-event-id': 'x' }))).toBe('invalid_request');
    expect(await problemOf(route, await sandbox.fetch('/turns/none/events'))).toBe('turn_not_found');
  });

  test('follow a running turn', async () => {
    const request = chatRequest('echo a; while [ ! -e follow.txt ]; do sleep 0.02; done; echo b');
    const first = frames(await sandbox.post('/chat', request));
    await next(first, 'tool.delta');
    const second = frames(await sandbox.fetch(`/turns/${request.turnId}/events?after=3`));
    await sandbox.fetch('/files/follow.txt', { method: 'PUT', body: '' });
    expect((await next(second, 'tool.delta')).text).toBe('b\n');
    await next(second, 'complete');
    await next(first, 'complete');
  });
});

describe('resume', () => {
  test('takes the same decision again, refuses another, does not know others', async () => {
    const request = { ...chatRequest('true'), permissionMode: 'ask' };
    const stream = frames(await sandbox.post('/chat', request));
    const { requestId } = await next(stream, 'permission.requested');
    const resume = (body: object) => sandbox.post('/resume', { requestId, decision: 'allow', by: 'user', ...body });
    const route = sandboxRoutes.resume;
    const result = { requestId, turnId: request.turnId, decision: 'allow' };
    expect(await problemOf(route, await resume({ requestId: 'perm_none' }))).toBe('request_not_found');
    expect(await problemOf(route, await resume({ decision: 'deny', scope: 'session' }))).toBe('invalid_request');
    expect(await problemOf(route, await resume({ by: 'policy' }))).toBe('invalid_request');
    expect(await answerOf(route, await resume({}))).toEqual(result);
    expect(await next(stream, 'permission.resolved')).toEqual({
      type: 'permission.resolved',
      requestId,
      decision: 'allow',
      by: 'user',
    });
    await next(stream, 'complete');
    expect(await answerOf(route, await resume({}))).toEqual(result);
    expect(await problemOf(route, await resume({ decision: 'deny' }))).toBe('request_already_resolved');
  });
});

describe('interrupt', () => {
  const interrupt = async (body: object) => answerOf(sandboxRoutes.interrupt, await sandbox.post('/interrupt', body));

  test('does nothing where nothing runs, also without a body', async () => {
    expect(await interrupt({})).toEqual({ interrupted: false });
    const bare = await sandbox.fetch('/interrupt', { method: 'POST' });
    expect(await answerOf(sandboxRoutes.interrupt, bare)).toEqual({ interrupted: false });
  });

  test('stops the turn that it names only, and answers after its end', async () => {
    const request = chatRequest('sleep 60');
    const stream = frames(await sandbox.post('/chat', request));
    await next(stream, 'status');
    expect(await interrupt({ turnId: 'other' })).toEqual({ interrupted: false });
    expect((await health()).status).toBe('busy');
    expect(await interrupt({ turnId: request.turnId })).toEqual({ interrupted: true, turnId: request.turnId });
    expect((await health()).status).toBe('idle');
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: true, exitCode: 143 });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
    expect(await interrupt({ turnId: request.turnId })).toEqual({ interrupted: false });
  });

  test('denies what was asked', async () => {
    const stream = frames(await sandbox.chat('touch never.txt', { permissionMode: 'ask' }));
    await next(stream, 'permission.requested');
    await interrupt({});
    expect(await next(stream, 'permission.resolved')).toMatchObject({ decision: 'deny', by: 'interrupt' });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
    expect((await sandbox.fetch('/files/never.txt')).status).toBe(404);
  });
});

describe('notes', () => {
  test("are in the workspace before the agent's tools run", async () => {
    const say = [
      { emit: { type: 'message', message: { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'hi' }] } } },
    ];
    await sandbox.stop();
    sandbox = await TestSandbox.start();
    await scripted(say);
    const [result] = only(await sandbox.run('cat .sandgate/session-id.txt .sandgate/messages.json'), 'tool.result');
    const [sessionId, ...json] = (result?.output ?? '').split('\n');
    expect(sessionId).toBe('session-1');
    expect(JSON.parse(json.join('\n')).slice(-3)).toEqual([
      { role: 'user', content: JSON.stringify(say) },
      { role: 'assistant', content: 'hi' },
      { role: 'user', content: 'cat .sandgate/session-id.txt .sandgate/messages.json' },
    ]);
  });

  test('that cannot be written stop no turn, and hold it up for no pipe', async () => {
    const spoil = 'rm -rf .sandgate/*; mkfifo .sandgate/messages.json; chmod 555 .sandgate';
    await sandbox.run(spoil);
    expect(only(await sandbox.run('chmod 755 .sandgate; echo ran'), 'tool.result')[0]?.output).toBe('ran\n');
    expect(sandbox.log.some((entry) => entry.event === 'note_not_written')).toBe(true);
    await sandbox.run('rm -rf .sandgate');
  });
});

describe('scripted agent', () => {
  test('plays its steps', async () => {
    const usage = { type: 'usage', inputTokens: 1, outputTokens: 2 };
    const events = await scripted([
      { emit: usage },
      { emit: usage },
      { sleepMs: 1 },
      { burst: { count: 3, textBytes: 2, everyMs: 0 } },
    ]);
    expect(events.map((event) => event.type)).toEqual([
      ...['usage', 'usage', 'message.delta', 'message.delta', 'message.delta', 'message', 'complete'],
    ]);
    expect(only(events, 'message')[0]?.message.content).toEqual([{ type: 'text', text: 'xxxxxx' }]);
    expect(only(events, 'complete')[0]?.usage).toMatchObject({ inputTokens: 2, outputTokens: 4 });
  });

  test('ticks with the time of the machine', async () => {
    const began = process.hrtime.bigint() / 1000n;
    const events = only(await scripted([{ ticks: { count: 3, atOnce: 2, everyMs: 1 } }]), 'status');
    const made = events.map(({ status }) => BigInt(status.detail ?? ''));
    expect(made).toHaveLength(3);
    expect(made).toEqual(made.toSorted());
    expect(made[0]).toBeGreaterThanOrEqual(began);
    expect(made[2]).toBeLessThanOrEqual(process.hrtime.bigint() / 1000n);
  });

  test('asks, and ends when refused', async () => {
    const ask = { ask: { tool: 'browser', title: 'Open a page', input: { url: 'https://example.com' } } };
    const stream = frames(await sandbox.chat(JSON.stringify([ask, { fail: 'not reached' }]), { agent: 'scripted' }));
    const asked = await next(stream, 'permission.requested');
    expect(asked).toMatchObject({ kind: 'permission', tool: 'browser', input: { url: 'https://example.com' } });
    expect(Date.parse(asked.expiresAt) - Date.now()).toBeGreaterThan(3_590_000);
    await sandbox.post('/resume', { requestId: asked.requestId, decision: 'deny', by: 'timeout' });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'refusal' });
  });

  test('asks a question, and goes on with its answer', async () => {
    const questions = [{ id: 'database', text: 'Which?', choices: ['sqlite', 'postgres'] }];
    const ask = { ask: { kind: 'question', tool: 'ask', title: 'Asks', questions } };
    const stream = frames(await sandbox.chat(JSON.stringify([ask, { sleepMs: 0 }]), { agent: 'scripted' }));
    const asked = await next(stream, 'permission.requested');
    expect(asked).toMatchObject({ kind: 'question', questions });
    const answers = { database: 'sqlite' };
    await sandbox.post('/resume', { requestId: asked.requestId, decision: 'allow', answers, by: 'user' });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
  });

  test('is interrupted in the middle of its words, and while it waits', async () => {
    const endless = { burst: { count: 1000, textBytes: 1, everyMs: 1000 } };
    const ask = { ask: { tool: 'browser', title: 'Open a page' } };
    for (const [step, begun] of [
      [endless, 'message.delta'],
      [ask, 'permission.requested'],
    ] as const) {
      const stream = frames(await sandbox.chat(JSON.stringify([step]), { agent: 'scripted' }));
      await next(stream, begun);
      await sandbox.post('/interrupt', {});
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
    }
  });

  test.each([
    ['fails when told to', [{ fail: 'on purpose' }], 'scripted_failure'],
    ['does not say how a turn ends', [{ emit: { type: 'complete', stopReason: 'end_turn' } }], 'invalid_script'],
    ['knows its steps', [{ dance: true }], 'invalid_script'],
  ])('%s', async (_, steps, code) => {
    const events = await scripted(steps);
    expect(only(events, 'error')).toEqual([expect.objectContaining({ code, retryable: false })]);
    expect(events.at(-1)).toEqual({ type: 'complete', stopReason: 'error' });
    expect(JSON.stringify(events)).not.toContain('.ts:');
  });
});

describe('a server of its own', () => {
  test('outlives a session variable that no process can have, and quotes it nowhere', async () => {
    const own = await TestSandbox.start({ SANDGATE_SESSION_ENV: '{"TOKEN":"hunter2\\u0000"}' });
    for (let turn = 0; turn < 2; turn++) {
      const events = await own.run('true');
      expect(only(events, 'error')).toEqual([expect.objectContaining({ code: 'shell_not_started' })]);
      expect(events.at(-1)).toEqual({ type: 'complete', stopReason: 'error' });
    }
    expect((await own.fetch('/files')).status).toBe(200);
    expect(own.log.filter(({ event }) => event === 'note_not_written')).toHaveLength(4);
    expect(JSON.stringify(own.log)).not.toContain('hunter2');
    expect(await own.stop()).toBe(0);
  });

  test('says "starting" while it stops, and refuses turns', async () => {
    const own = await TestSandbox.start();
    const stream = frames(await own.chat('trap "" TERM; echo deaf; sleep 60 & wait; sleep 60'));
    await next(stream, 'tool.delta');
    own.process.kill('SIGTERM');
    const status = async () => (await answerOf(sandboxRoutes.health, await own.fetch('/health'))).status;
    await eventually(async () => (await status()) === 'starting');
    const refused = await own.chat('true');
    expect(refused.headers.get('retry-after')).toBeTruthy();
    expect(await problemOf(sandboxRoutes.chat, refused)).toBe('sandbox_unavailable');
    await next(stream, 'complete');
    expect(await own.stop()).toBe(0);
  });

  test('stops a running turn on SIGTERM, lets it be read to its end, and exits with 0', async () => {
    const own = await TestSandbox.start();
    const stream = frames(await own.chat('trap "" TERM; echo deaf; sleep 60 & wait; sleep 60'));
    await next(stream, 'tool.delta');
    own.process.kill('SIGTERM');
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
    expect((await stream.next()).done).toBe(true);
    expect(await own.stop()).toBe(0);
  });

  test('lets also a slow reader read a stopped turn to its end', async () => {
    const own = await TestSandbox.start();
    const steps = [...Array(15).fill({ burst: { count: 200, textBytes: 2_048, everyMs: 0 } }), { sleepMs: 60_000 }];
    const request: SandboxChatRequest = { ...chatRequest(JSON.stringify(steps)), agent: 'scripted' };
    const slow = postRaw(own, '/chat', request).pause();
    const follower = await followed(own, request.turnId);
    for (let message = 0; message < 15; message++) await next(follower, 'message');
    own.process.kill('SIGTERM');
    await next(follower, 'complete');
    let end = '';
    for await (const chunk of slow) {
      end = (end + chunk).slice(-1000);
      await sleep(10);
      expect(own.process.exitCode).toBeNull(); // With its container would go what was sent and not read.
    }
    expect(end).toContain('"complete","stopReason":"interrupted"');
    expect(await own.stop()).toBe(0);
  });

  test('exits when a script says so, as in a crash, and then is another boot', async () => {
    const own = await TestSandbox.start();
    const bootId = own.log.find((entry) => entry.event === 'listening')?.bootId;
    await expect(own.run('[{"exit":3}]', { agent: 'scripted' })).rejects.toThrow();
    await eventually(() => own.process.exitCode === 3);
    expect(bootId).not.toBe((await health()).bootId);
    await own.stop();
  });

  test('has no scripted agent unless told, and says so', async () => {
    const own = await TestSandbox.start({ SANDGATE_ALLOW_SCRIPTED: '0' });
    const problem = await answerOf(sandboxRoutes.chat, await own.chat('[]', { agent: 'scripted' }));
    expect(problem).toMatchObject({ code: 'agent_unavailable', status: 422 });
    await own.stop();
  });

  test('says what claude needs, in its health and to whom wants it', async () => {
    const own = await TestSandbox.start({ SANDGATE_CLAUDE_DIR: '/nowhere' });
    const { agents } = await answerOf(sandboxRoutes.health, await own.fetch('/health'));
    const needs = 'the package @anthropic-ai/claude-agent-sdk';
    expect(agents).toContainEqual(expect.objectContaining({ name: 'claude', available: false, needs }));
    const problem = await answerOf(sandboxRoutes.chat, await own.chat('hello', { agent: 'claude' }));
    expect(problem).toMatchObject({ code: 'agent_unavailable', detail: expect.stringContaining(needs) });
    await own.stop();
  });

  test('does not start without a secret, nor on a port that is taken', async () => {
    await expect(TestSandbox.start({ SANDGATE_SECRET: '' })).rejects.toThrow('ended with 1');
    await expect(TestSandbox.start({ PORT: String(sandbox.port) })).rejects.toThrow('ended with 1');
  });
});
