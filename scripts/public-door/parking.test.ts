import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  endOf,
  eventsOf,
  eventually,
  expectCall,
  only,
  readUntil,
  run,
  script,
} from './door.ts';
import { sandboxProcess } from './sandbox-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-parking-'));
const begin = () => startStack({ folder, vars: { ALLOW_SCRIPTED_AGENT: '1' } });
let stack: Stack;
beforeAll(async () => {
  stack = await begin();
});
afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A turn that asks: it parks after ten seconds, as that is how long its sandbox stays idle. */
async function asking(content: string, more: object = {}) {
  const { id: sessionId } = await createSession(stack, { idleTimeoutSeconds: 10, ...more });
  const response = await chat(stack, sessionId, script(content));
  const turnId = response.headers.get('location')?.split('/').at(-1) as string;
  const events = eventsOf(response);
  const before = await readUntil(events, 'permission.requested');
  const [request] = only(before, 'permission.requested');
  if (!request) throw new Error('Nobody was asked.');
  return { sessionId, turnId, events, request };
}

const getSession = (sessionId: string) =>
  expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
const gone = (sessionId: string) => eventually(async () => sandboxProcess(sessionId) === undefined);

/** The two ways in which a sandbox with a request stops in an orderly way. */
const stops: [string, (sessionId: string) => Promise<void>][] = [
  [
    'SIGTERM',
    async (sessionId) => {
      process.kill(await eventually(async () => sandboxProcess(sessionId)), 'SIGTERM');
      await gone(sessionId);
    },
  ],
  [
    'sleep',
    async (sessionId) => {
      const params = { sessionId };
      // Refused until the turn is parked.
      await eventually(async () => (await call(stack, gatewayRoutes.sleep, { params })).response.status === 200);
      expect(sandboxProcess(sessionId)).toBeUndefined();
    },
  ],
];

async function restart(): Promise<void> {
  await stack.close();
  stack = await begin();
}

function answer(sessionId: string, requestId: string, body: object) {
  return expectCall(stack, 200, gatewayRoutes.resume, { params: { sessionId }, body: { requestId, ...body } });
}

/** The turn's whole log, once it is over: dense, with one end, and no request but the one that was answered. */
async function finished(sessionId: string, turnId: string): Promise<Event[]> {
  const params = { sessionId, turnId };
  await endOf(stack, { sessionId, id: turnId });
  const { data } = await expectCall<{ data: Event[] }>(stack, 200, gatewayRoutes.getEvents, { params });
  expect(data.map((event) => 'seq' in event && event.seq)).toEqual(data.map((_, index) => index + 1));
  const events = data.filter((event) => event.turnId === turnId);
  expect(only(events, 'complete')).toHaveLength(1);
  expect(only(events, 'permission.requested')).toHaveLength(1);
  expect(only(events, 'permission.resolved')).toHaveLength(1);
  return events;
}

describe.each(stops)('a request whose sandbox goes by %s', (_, stop) => {
  it('outlives that and a restart of the stack: what was allowed runs then, once, as the same call', async () => {
    const { sessionId, turnId, request } = await asking('echo ran >> count; cat count');
    await stop(sessionId);
    expect(await getSession(sessionId)).toMatchObject({ status: 'waiting', openRequests: [{ status: 'open' }] });
    await restart();
    expect(await getSession(sessionId)).toMatchObject({ status: 'waiting', openRequests: [{ status: 'open' }] });
    expect(sandboxProcess(sessionId)).toBeUndefined();
    await answer(sessionId, request.requestId, { decision: 'allow' });
    const events = await finished(sessionId, turnId);
    expect(only(events, 'permission.resolved')).toMatchObject([{ decision: 'allow', by: 'user' }]);
    expect(only(events, 'tool.call').map(({ toolCallId }) => toolCallId)).toEqual([request.toolCallId]);
    expect(only(events, 'tool.result')).toMatchObject([{ toolCallId: request.toolCallId, output: 'ran\n' }]);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    await answer(sessionId, request.requestId, { decision: 'allow' });
    expect((await run(stack, sessionId, 'cat count')).outputText).toBe('ran\n');
  });

  it('is answered as the question that it is', async () => {
    const questions = [{ id: 'database', text: 'Which?', choices: ['sqlite', 'postgres'] }];
    const ask = { kind: 'question', tool: 'ask', title: 'Asks', questions };
    const content = [{ type: 'text', text: 'went on' }];
    const said = { emit: { type: 'message', message: { id: 'm', role: 'assistant', content } } };
    const { sessionId, turnId, request } = await asking(JSON.stringify([{ ask }, said]), { agent: 'scripted' });
    await stop(sessionId);
    await restart();
    await answer(sessionId, request.requestId, { decision: 'allow', answers: { database: 'sqlite' } });
    const events = await finished(sessionId, turnId);
    expect(only(events, 'message').map(({ message }) => message.role)).toEqual(['user', 'assistant']);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
  });
});

// At once: they mostly wait for their sandboxes to be idle.
describe.concurrent('a parked turn', () => {
  const [[, terminate]] = stops as [(typeof stops)[number]];

  it('keeps its streams, which go on with the answer', async () => {
    const { sessionId, events, request } = await asking('touch kept; ls');
    await terminate(sessionId);
    await answer(sessionId, request.requestId, { decision: 'allow', updatedInput: { script: 'echo edited; ls' } });
    const rest = await readUntil(events, 'complete');
    expect(only(rest, 'tool.result')).toMatchObject([{ toolCallId: request.toolCallId, output: 'edited\n' }]);
  });

  it('runs nothing where it is denied, and says why', async () => {
    const { sessionId, turnId, request } = await asking('touch denied');
    await terminate(sessionId);
    await answer(sessionId, request.requestId, { decision: 'deny', message: 'Not today.' });
    expect(only(await finished(sessionId, turnId), 'tool.result')).toMatchObject([{ output: 'Denied: Not today.' }]);
    expect((await run(stack, sessionId, 'ls')).outputText).toBe('');
  });

  it('falls asleep by itself, and says so', async () => {
    const { sessionId, request } = await asking('true');
    const params = { sessionId };
    await eventually(async () => {
      const { data } = await expectCall<{ data: Event[] }>(stack, 200, gatewayRoutes.getEvents, { params });
      return only(data, 'status').at(-1)?.status.state === 'sleeping';
    });
    expect(await getSession(sessionId)).toMatchObject({ status: 'waiting' });
    await gone(sessionId);
    await answer(sessionId, request.requestId, { decision: 'deny' });
  });

  it('is interrupted without being woken, and the next one runs', async () => {
    const { sessionId, turnId, events } = await asking('touch interrupted');
    await terminate(sessionId);
    await expectCall(stack, 200, gatewayRoutes.interrupt, { params: { sessionId } });
    const rest = await readUntil(events, 'complete');
    expect(only(rest, 'permission.resolved')).toMatchObject([{ decision: 'deny', by: 'interrupt' }]);
    expect(only(rest, 'complete')).toMatchObject([{ stopReason: 'interrupted', turnId }]);
    expect(sandboxProcess(sessionId)).toBeUndefined();
    expect((await run(stack, sessionId, 'ls; echo on')).outputText).toBe('on\n');
  });

  it('has its files read and written meanwhile', async () => {
    const { sessionId, turnId, request } = await asking('cat note');
    await terminate(sessionId);
    const url = `${stack.url}/v1/sessions/${sessionId}/files/note`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    expect((await fetch(url, { method: 'PUT', headers, body: 'from outside' })).status).toBe(201);
    await answer(sessionId, request.requestId, { decision: 'allow' });
    expect(only(await finished(sessionId, turnId), 'tool.result')).toMatchObject([{ output: 'from outside' }]);
  });

  it('is none where a command runs: nobody interrupted that, and its turn says so', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const events = eventsOf(await chat(stack, sessionId, script('echo up; sleep 300')));
    await readUntil(events, 'tool.delta');
    await terminate(sessionId);
    const rest = await readUntil(events, 'complete');
    expect(only(rest, 'tool.result')).toMatchObject([{ isError: true, exitCode: 143 }]);
    expect(only(rest, 'error')).toMatchObject([{ code: 'sandbox_restarted', retryable: false }]);
    expect(only(rest, 'complete')).toMatchObject([{ stopReason: 'error' }]);
  });

  it('is none where the sandbox is killed before', async () => {
    const { sessionId, turnId } = await asking('touch killed');
    process.kill(await eventually(async () => sandboxProcess(sessionId)), 'SIGKILL');
    const events = await finished(sessionId, turnId);
    expect(only(events, 'permission.resolved')).toMatchObject([{ decision: 'deny', by: 'restart' }]);
    expect(only(events, 'error')).toMatchObject([{ code: 'sandbox_restarted', retryable: false }]);
  });
});
