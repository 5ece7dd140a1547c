import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type InterruptResult, type Session, type Turn } from '@sandgate/api-spec';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { sessionName } from '../../gateway/src/session-name.ts';
import { type Stack, type StackOptions, startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  type Door,
  endOf,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  letGo,
  only,
  readAll,
  readUntil,
  run,
  script,
  untilLetGo,
} from './door.ts';
import { serverWith } from './prelude.ts';
import { testEngine } from './test-engine.ts';

const shared = { url: inject('url'), apiKey: inject('apiKey') };
const prefer = { prefer: 'respond-async' };

const bypass = (door: Door) => createSession(door, { permissionMode: 'bypass' });

/** Begins a turn that the Queue starts. */
const start = (door: Door, sessionId: string, content: string, headers: Record<string, string> = {}) =>
  expectCall<Turn>(door, 202, gatewayRoutes.chat, {
    params: { sessionId },
    body: script(content),
    headers: { ...prefer, ...headers },
  });

/** Puts a message on the Queue of turns. */
const sendTurn = async ({ workers }: Stack, message: unknown) =>
  (await workers.getQueueProducer('TURNS')).send(message);

const turnOf = (door: Door, { sessionId, id }: Turn) =>
  expectCall<Turn>(door, 200, gatewayRoutes.getTurn, { params: { sessionId, turnId: id } });

async function eventsOfTurn(door: Door, { sessionId, id }: Turn): Promise<Event[]> {
  const { response } = await call(door, gatewayRoutes.getTurnEvents, { params: { sessionId, turnId: id } });
  return readAll(response);
}

const states = (events: Event[]) => only(events, 'status').map(({ status }) => status.state);

describe('a turn that is answered with 202', () => {
  it('is queued until the Queue starts it, and runs', async () => {
    const { id: sessionId } = await bypass(shared);
    const { response, body } = await call(shared, gatewayRoutes.chat, {
      params: { sessionId },
      body: script('echo async'),
      headers: prefer,
    });
    const turn = body as Turn;
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/v1/sessions/${sessionId}/turns/${turn.id}`);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    expect(turn).toMatchObject({ status: 'queued' });
    const events = await eventsOfTurn(shared, turn);
    expect(states(events).slice(0, 2)).toEqual(['queued', 'starting']);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    expect(await turnOf(shared, turn)).toMatchObject({ status: 'complete', outputText: 'async\n' });
  });

  it('is followed by a repeat, in whatever form it asks for', async () => {
    const { id: sessionId } = await bypass(shared);
    const key = { 'idempotency-key': 'one' };
    const body = script('echo x >> log');
    const [turn, again, asJson, response] = await Promise.all([
      start(shared, sessionId, 'echo x >> log', key),
      start(shared, sessionId, 'echo x >> log', key),
      expectCall<Turn>(shared, 200, gatewayRoutes.chat, {
        params: { sessionId },
        body,
        headers: { ...key, accept: 'application/json' },
      }),
      chat(shared, sessionId, body, { headers: key }),
    ]);
    expect(new Set([turn.id, again.id, asJson.id]).size).toBe(1);
    expect(only(await readAll(response), 'complete')).toMatchObject([{ turnId: turn.id, stopReason: 'end_turn' }]);
    expect((await run(shared, sessionId, 'cat log')).outputText).toBe('x\n');
  });

  it('keeps its place among those that are not', async () => {
    const { id: sessionId } = await bypass(shared);
    const events = eventsOf(await chat(shared, sessionId, script(`echo up; ${untilLetGo}; echo 1 >> log`)));
    await readUntil(events, 'tool.delta');
    const second = await start(shared, sessionId, 'echo 2 >> log');
    const third = await chat(shared, sessionId, script('echo 3 >> log'));
    const fourth = await start(shared, sessionId, 'echo 4 >> log');
    const session = await expectCall<Session>(shared, 200, gatewayRoutes.getSession, { params: { sessionId } });
    const thirdId = third.headers.get('location')?.split('/').at(-1);
    expect(session.queuedTurnIds).toEqual([second.id, thirdId, fourth.id]);
    await letGo(shared, sessionId);
    expect(await endOf(shared, fourth)).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
    expect((await run(shared, sessionId, 'cat log')).outputText).toBe('1\n2\n3\n4\n');
  });

  it('holds up no other session while it runs', async () => {
    const [{ id: slowId }, { id: quickId }] = [await bypass(shared), await bypass(shared)];
    const slow = await start(shared, slowId, 'sleep 300');
    const quick = await start(shared, quickId, 'echo quick');
    expect(await endOf(shared, quick)).toMatchObject({ status: 'complete', outputText: 'quick\n' });
    expect(await turnOf(shared, slow)).toMatchObject({ status: 'running' });
    await expectCall(shared, 200, gatewayRoutes.interrupt, { params: { sessionId: slowId } });
  });

  it('can be interrupted as soon as it is answered, without its name', async () => {
    const { id: sessionId } = await bypass(shared);
    const turn = await start(shared, sessionId, 'sleep 300');
    const result = await expectCall<InterruptResult>(shared, 200, gatewayRoutes.interrupt, { params: { sessionId } });
    expect(result).toEqual({ interrupted: true, turnId: turn.id });
    expect(await endOf(shared, turn)).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
    expect((await run(shared, sessionId, 'echo next')).outputText).toBe('next\n');
  });
});

describe('a Queue that', () => {
  const stacks: Stack[] = [];
  const folders: string[] = [];

  async function begin(options: Partial<StackOptions> = {}, prelude = ''): Promise<Stack> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'sandgate-queue-'));
    folders.push(folder);
    const stack = await startStack({ folder, engine: testEngine, server: serverWith(prelude, folder), ...options });
    stacks.push(stack);
    return stack;
  }

  afterEach(async () => {
    for (const stack of stacks.splice(0)) await stack.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** Ends a stack and begins another where it left off. */
  async function restarted(stack: Stack): Promise<Stack> {
    const folder = folders.at(-1) as string;
    stacks.splice(stacks.indexOf(stack), 1);
    await stack.close();
    return begin({ folder });
  }

  const messageOf = async ({ sessionId, id: turnId }: Turn) => ({
    session: await sessionName('acct_first', sessionId),
    turnId,
  });

  it('loses its messages, as workerd is restarted, is sent another, and the turn runs once', async () => {
    const before = await begin({ losesMessages: true });
    const { id: sessionId } = await bypass(before);
    const turn = await start(before, sessionId, 'echo x >> log; cat log');
    expect(await turnOf(before, turn)).toMatchObject({ status: 'queued' });

    const after = await restarted(before);
    expect(await endOf(after, turn)).toMatchObject({ stopReason: 'end_turn', outputText: 'x\n' });
    expect(only(await eventsOfTurn(after, turn), 'tool.call')).toHaveLength(1);
    expect((await run(after, sessionId, 'cat log')).outputText).toBe('x\n');
  });

  it('brings a turn many times, at once and when it is over, starts it once', async () => {
    const before = await begin({ losesMessages: true });
    const { id: sessionId } = await bypass(before);
    const turn = await start(before, sessionId, 'echo x >> log');

    const after = await restarted(before);
    const message = await messageOf(turn);
    await Promise.all(Array.from({ length: 8 }, () => sendTurn(after, message)));
    expect(await endOf(after, turn)).toMatchObject({ stopReason: 'end_turn' });
    const events = await eventsOfTurn(after, turn);
    await sendTurn(after, message);
    expect((await run(after, sessionId, 'cat log')).outputText).toBe('x\n');
    expect(await eventsOfTurn(after, turn)).toEqual(events);
  });

  it('brings a turn that was interrupted, or whose session is gone, starts nothing', async () => {
    const before = await begin({ losesMessages: true });
    const [{ id: sessionId }, { id: goneId }] = [await bypass(before), await bypass(before)];
    const turn = await start(before, sessionId, 'echo x >> log');
    const gone = await start(before, goneId, 'echo x >> log');
    // The turn behind it waits for it, and begins as soon as it is cancelled.
    const behind = await chat(before, sessionId, script('echo y >> log'));
    const interrupted = await expectCall(before, 200, gatewayRoutes.interrupt, { params: { sessionId } });
    expect(interrupted).toEqual({ interrupted: true, turnId: turn.id });
    expect(only(await readAll(behind), 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    await expectCall(before, 204, gatewayRoutes.deleteSession, { params: { sessionId: goneId } });

    const after = await restarted(before);
    const events = await eventsOfTurn(after, turn);
    expect(events.map(({ type }) => type)).toEqual(['message', 'status', 'complete']);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    for (const each of [turn, gone]) await sendTurn(after, await messageOf(each));
    const next = await start(after, sessionId, 'cat log; echo end');
    expect(await endOf(after, next)).toMatchObject({ stopReason: 'end_turn' });
    expect((await turnOf(after, next)).outputText).not.toContain('x');
    expect(await eventsOfTurn(after, turn)).toEqual(events);
    await expectProblem(after, 'session_not_found', gatewayRoutes.getSession, { params: { sessionId: goneId } });
  });

  it('brings what is no turn, sets it aside, and brings the others all the same', async () => {
    const stack = await begin();
    for (const poison of ['nonsense', null, { session: 'sb-none', turnId: 'none' }]) await sendTurn(stack, poison);
    const { id: sessionId } = await bypass(stack);
    const turn = await start(stack, sessionId, 'echo x');
    expect(await endOf(stack, turn)).toMatchObject({ stopReason: 'end_turn' });
    const log = join(folders.at(-1) as string, 'gateway.log');
    await eventually(async () => readFileSync(log, 'utf8').match(/turn message given up/g)?.length === 2);
  });

  /** Delays the start of the sandbox's server. */
  const startsAfter = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;

  it('brings a turn whose sandbox does not start in time, brings it again, and it runs once', async () => {
    const vars = { SANDBOX_READY_TIMEOUT_MS: '2000', TURN_RETRY_SECONDS: '1' };
    const stack = await begin({ vars }, startsAfter(3500));
    const { id: sessionId } = await bypass(stack);
    const turn = await start(stack, sessionId, 'echo x >> log; cat log');
    expect(await endOf(stack, turn)).toMatchObject({ stopReason: 'end_turn', outputText: 'x\n' });
    const events = await eventsOfTurn(stack, turn);
    expect(states(events).slice(0, 4)).toEqual(['queued', 'starting', 'queued', 'starting']);
    expect(only(events, 'status')[2]?.status.detail).toMatch(/did not become ready.* again in 1 s/);
    expect(only(events, 'tool.call')).toHaveLength(1);
    expect(only(events, 'error')).toEqual([]);
  });

  it('has brought a turn, is not needed for it any more, whatever becomes of its object', async () => {
    const before = await begin({}, startsAfter(3_600_000));
    const { id: sessionId } = await bypass(before);
    const turn = await start(before, sessionId, 'echo x >> log; cat log');
    await eventually(async () => (await turnOf(before, turn)).status === 'running');

    const after = await restarted(before);
    expect(await endOf(after, turn)).toMatchObject({ stopReason: 'end_turn', outputText: 'x\n' });
    expect(only(await eventsOfTurn(after, turn), 'tool.call')).toHaveLength(1);
  });

  it('brings a turn whose sandbox never starts, ends it after some tries, and may be sent again', async () => {
    const vars = { SANDBOX_READY_TIMEOUT_MS: '1000', TURN_RETRY_SECONDS: '0' };
    const stack = await begin({ vars }, startsAfter(3_600_000));
    const { id: sessionId } = await bypass(stack);
    const turn = await start(stack, sessionId, 'echo never');
    expect(await endOf(stack, turn)).toMatchObject({
      stopReason: 'error',
      error: { code: 'sandbox_unavailable', retryable: true },
    });
    const events = await eventsOfTurn(stack, turn);
    expect(states(events)).toEqual(Array.from({ length: 6 }, () => ['queued', 'starting']).flat());
    expect(only(events, 'complete')).toHaveLength(1);
    const session = await expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
    expect(session).toMatchObject({ status: 'idle', queuedTurnIds: [] });
  });
});
