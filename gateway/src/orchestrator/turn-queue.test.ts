import type { Frame, SandboxChatRequest } from '@sandgate/api-spec';
import { ProblemError } from '@sandgate/api-spec';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { EventLog } from './event-log.ts';
import { Feed } from './feed.ts';
import { Journal } from './journal.ts';
import { Notices } from './notices.ts';
import { Outbox } from './outbox.ts';
import { type RequestRecord, RequestStore } from './request-store.ts';
import { Retention } from './retention.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnQueue } from './turn-queue.ts';
import { type TurnRecord, TurnStore } from './turn-store.ts';

/** For `vi.waitFor`, in milliseconds. */
const patient = { timeout: 60_000 };

const createdAt = '2026-11-22T20:34:00.000Z';

interface FakeSandbox {
  starts: boolean;
  /** Until when it starts: no request is known there meanwhile. */
  started?: Promise<void> | undefined;
  /** The boot that was ready last. It runs only where it is `boot`. */
  last?: string;
  /** Until when it does not say whether it takes the turn. */
  hesitates?: Promise<void>;
  ends?: Promise<unknown>;
  /** Until when something is done to the disk. */
  settled?: Promise<void>;
  /** The turn that it runs, and whether it stops it. */
  runs?: string | undefined;
  stops?: boolean;
  /** Until when it answers no second interrupt. */
  hangs?: Promise<void>;
  /** How many interrupts more do not arrive, and what one does that arrives. */
  losesInterrupts?: number;
  interrupted?: () => unknown;
  bootId?: string;
  /** What it says later, and then never ends its stream, unless that breaks. */
  later?: Promise<Frame[]>;
  breaks?: Promise<void>;
  /** Knows of no request. */
  forgets?: boolean;
  /** Is told to stop, and has denied what was asked. */
  isStopping?: boolean;
  /** How many answers more do not arrive. */
  losesAnswers?: number;
  /** What it says of a turn, or why it does not take it. */
  answers?: (request: SandboxChatRequest) => Frame[] | ProblemError;
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));
const eventStream = { 'content-type': 'text/event-stream' };
const toRun = { cursor: 1, event: { type: 'complete', stopReason: 'end_turn' } } as const;
const asks: Frame[] = [
  {
    cursor: 1,
    event: {
      type: 'permission.requested',
      requestId: 'perm_1',
      kind: 'permission',
      tool: 'shell',
      title: 'Run',
      input: {},
      options: [{ id: 'allow', scope: 'once' }],
      expiresAt: createdAt,
    },
  },
  { cursor: 2, event: { type: 'parked' } },
];
const allowed: Frame[] = [
  { cursor: 3, event: { type: 'permission.resolved', requestId: 'perm_1', decision: 'allow', by: 'user' } },
  { cursor: 4, event: { type: 'complete', stopReason: 'end_turn' } },
];

/** A session whose turns end as soon as its sandbox has them unless told, and how often each was handed over. */
function sessionWith(sandbox: FakeSandbox, logLimit = 1e6) {
  const storage = sessionStorage();
  const session = new SessionStore(storage.sql);
  session.create({ name: 'sb-1', accountId: 'a', id: 's' }, '', {}, createdAt);
  const turns = new TurnStore(storage.sql);
  const requests = new RequestStore(storage.sql);
  const outbox = new Outbox(storage.sql, 10_000);
  const log = new EventLog(storage.sql);
  const retention = new Retention({ sessionId: 's', log, turns, requests }, logLimit);
  const notices = new Notices(storage.sql, 's');
  const parts = { log, feed: new Feed(), turns, requests, outbox, notices, retention };
  const journal = new Journal(storage, 's', parts, () => undefined);
  vi.spyOn(journal, 'shown').mockResolvedValue();
  const ran: string[] = [];
  const named: string[] = [];
  const asked: string[] = [];
  const hungUp: string[] = [];
  let interrupts = 0;
  const requested: SandboxChatRequest[] = [];
  const stub = {
    ensure: async (signal?: AbortSignal) => {
      signal?.throwIfAborted();
      asked.push('health');
      if (!sandbox.starts) throw new ProblemError('sandbox_unavailable', 'No room.');
      await sandbox.started;
      sandbox.started = undefined;
      return { bootId: sandbox.bootId ?? 'boot', activeTurnId: sandbox.runs };
    },
    interrupt: async (turnId: string) => {
      if (sandbox.losesInterrupts) {
        sandbox.losesInterrupts -= 1;
        throw new Error('The connection was cut.');
      }
      interrupts += 1;
      if (interrupts > 1) await sandbox.hangs;
      sandbox.interrupted?.();
      if (sandbox.stops && sandbox.runs === turnId) sandbox.runs = undefined;
      return new Response('{}');
    },
    destroy: async () => void asked.push('destroy'),
    chatWhereItRuns: async (request: SandboxChatRequest) => {
      asked.push('chat');
      await sandbox.hesitates;
      if (sandbox.last === 'cut') throw new Error('The connection was cut.');
      if (sandbox.last === 'gone') return undefined;
      if (request.expectedBootId !== 'boot') return new ProblemError('boot_mismatch', 'Another boot.').toResponse('');
      return stub.chat(request);
    },
    turnEvents: async () => new Response(new ReadableStream({ type: 'bytes' }), { headers: eventStream }),
    resume: async () => {
      if (sandbox.losesAnswers) {
        sandbox.losesAnswers -= 1;
        throw new Error('The connection was cut.');
      }
      if (sandbox.isStopping) return new ProblemError('request_already_resolved', 'It was denied.').toResponse('');
      return sandbox.started || sandbox.forgets
        ? new ProblemError('request_not_found', 'No request.').toResponse('')
        : new Response('{}');
    },
    chat: async (request: SandboxChatRequest) => {
      const { turnId } = request;
      if (sandbox.runs !== undefined && sandbox.runs !== turnId)
        return new ProblemError('session_busy', 'Another runs.').toResponse('');
      named.push(turnId);
      ran.push(turnId.replace(/\.\d+$/, ''));
      requested.push(request);
      const answer = sandbox.answers?.(request) ?? [toRun];
      if (answer instanceof ProblemError) return answer.toResponse('');
      let isRead = true;
      const end = async (controller: ReadableByteStreamController) => {
        await sandbox.ends;
        if (!isRead) return;
        const say = (frames: Frame[]) =>
          controller.enqueue(
            new TextEncoder().encode(frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')),
          );
        say(answer);
        if (!sandbox.later) return controller.close();
        say(await sandbox.later);
        await sandbox.breaks?.then(() => controller.error(new Error('The connection was cut.')));
      };
      const body = new ReadableStream({
        type: 'bytes',
        start: (controller) => void end(controller),
        cancel: () => {
          isRead = false;
          hungUp.push(turnId);
        },
      });
      return new Response(body, { headers: eventStream });
    },
  } as unknown as SessionSandbox;
  const sent: string[] = [];
  const send = async (turnId: string) => sent.push(turnId);
  const changes: string[] = [];
  const disk = {
    bootId: sandbox.last,
    changed: () => void changes.push('may be changed'),
    unchanged: () => void changes.pop(),
    settled: async () => sandbox.settled,
    keep: async () => undefined,
  };
  const queue = new TurnQueue({ session, turns, requests, outbox, journal, sandbox: () => stub, disk, send });
  const admit = (id: string, viaQueue: boolean) => {
    turns.admit(id, '', { messages: [{ role: 'user', content: id }] }, createdAt);
    if (viaQueue) outbox.add(id, Date.now());
  };
  const events = () => log.page(0, 1000, undefined).events;
  const types = () => events().map(({ type }) => type);
  const answer = (decision: 'allow' | 'deny' = 'allow', by: 'user' | 'timeout' = 'user') =>
    journal.answer(requests.get('perm_1') as RequestRecord, { requestId: 'perm_1', decision }, by);
  return { queue, turns, outbox, admit, answer, ran, requested, named, sent, events, types, asked, hungUp, changes };
}

// Also for what still goes on behind a test: it is never taken away.
beforeEach(() => void vi.stubGlobal('scheduler', { wait: async () => undefined }));

describe('TurnQueue', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => void vi.useRealTimers());

  it('leaves a turn to the Queue once nothing is before it, and keeps all in order', async () => {
    const { queue, admit, ran, sent } = sessionWith({ starts: true });
    for (const [id, viaQueue] of [
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
    ] as const)
      admit(id, viaQueue);
    await queue.work();
    expect([ran, sent]).toEqual([['a'], ['b']]);
    await queue.work();
    expect(sent).toEqual(['b']);
    await queue.begin('d'); // Nobody sent it: it is not its turn.
    expect(ran).toEqual(['a']);
    await queue.begin('b');
    expect([ran, sent]).toEqual([
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]);
    await queue.begin('d');
    for (const id of ['a', 'b', 'c', 'd']) await queue.begin(id);
    expect(ran).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is done with the outbox once the sandbox has the turn, long before its end', async () => {
    const end = Promise.withResolvers<void>();
    const { queue, turns, outbox, admit } = sessionWith({ starts: true, ends: end.promise });
    admit('a', true);
    await queue.work();
    const done = queue.begin('a');
    expect(outbox.get('a')).toMatchObject({ sendAt: undefined });
    await vi.waitFor(() => expect(outbox.get('a')).toBeUndefined(), patient);
    expect(turns.get('a')).toMatchObject({ status: 'running' });
    end.resolve();
    await done;
    expect(turns.get('a')).toMatchObject({ status: 'complete' });
  });

  it('stops a turn also where it was restarted in the middle of it, and waits for the disk', async () => {
    const settled = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const sandbox = { starts: true, settled: settled.promise, ends: end.promise, runs: 'a.1', stops: true };
    const { queue, turns, admit } = sessionWith(sandbox);
    admit('a', false);
    turns.change('a', { status: 'running', startedAt: createdAt, bootId: 'boot' });
    const done = queue.work();
    await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    settled.resolve();
    await vi.waitFor(() => expect(sandbox.runs).toBeUndefined(), patient);
    end.resolve();
    await done;
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
  });

  it.each([
    ['while it runs', false],
    ['while the disk is waited for', true],
  ])('stops a turn for the reason that was given first, %s', async (_, settled) => {
    const [end, rest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sandbox: FakeSandbox = { starts: true, ends: end.promise, ...(settled && { settled: rest.promise }) };
    const { queue, turns, admit, ran } = sessionWith(sandbox);
    admit('a', false);
    if (settled) turns.change('a', { status: 'running', startedAt: createdAt, bootId: 'boot' });
    const done = queue.work();
    if (!settled) await vi.waitFor(() => expect(ran).toEqual(['a']), patient);
    const stops = (['budget', 'interrupted'] as const).map((reason) =>
      queue.stop(turns.get('a') as TurnRecord, reason),
    );
    rest.resolve();
    end.resolve();
    await Promise.all([...stops, done]);
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'budget' });
  });

  it('does not start a turn again before its time, however often it is brought', async () => {
    const sandbox = { starts: false };
    const { queue, turns, outbox, admit, ran } = sessionWith(sandbox);
    admit('a', true);
    await queue.work();
    await queue.begin('a');
    expect(turns.get('a')).toMatchObject({ status: 'queued', startedAt: undefined });
    sandbox.starts = true;
    await queue.begin('a');
    await queue.work();
    expect(outbox.get('a')).toMatchObject({ attempts: 1 });
    expect(ran).toEqual([]);
  });

  it('ends a turn that the Queue gives up, says that it never ran, and goes on', async () => {
    const { queue, turns, admit, ran, types } = sessionWith({ starts: true });
    admit('a', true);
    admit('b', false);
    await queue.work();
    await queue.giveUp('a');
    const error = { code: 'turn_not_started', retryable: true };
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'error', error });
    expect(ran).toEqual(['b']);
    expect(types()).toEqual(['error', 'complete', 'status', 'complete', 'status']);
    await queue.giveUp('a');
    await queue.giveUp('b');
    expect(types()).toHaveLength(5);
  });

  it('gives up by itself a turn whose messages are all lost', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { queue, turns, outbox, admit, sent } = sessionWith({ starts: true });
    admit('a', true);
    for (let times = 0; times < 20; times += 1) {
      vi.setSystemTime(outbox.get('a')?.sendAt ?? Date.now());
      await queue.work();
    }
    expect(sent).toHaveLength(10);
    expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'turn_not_started' } });
  });

  it('cancels a turn that is with the Queue, and is idle then', async () => {
    const { queue, turns, outbox, admit, ran, types } = sessionWith({ starts: true });
    admit('a', true);
    await queue.work();
    await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
    expect(outbox.get('a')).toBeUndefined();
    await queue.begin('a');
    expect(ran).toEqual([]);
    expect(types()).toEqual(['complete', 'status']);
  });

  it('is idle also where a turn is cancelled while it waits for the disk', async () => {
    const settled = Promise.withResolvers<void>();
    const { queue, turns, admit, ran, types } = sessionWith({ starts: true, settled: settled.promise });
    admit('a', false);
    const done = queue.work();
    await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    settled.resolve();
    await done;
    expect(ran).toEqual([]);
    expect(types()).toEqual(['complete', 'status']);
  });

  it('stops what the sandbox still runs of a turn that is over, before it hands over the next one', async () => {
    const { queue, turns, admit, ran } = sessionWith({ starts: true, runs: 'before', stops: true });
    admit('a', false);
    await queue.work();
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
    expect(ran).toEqual(['a']);
  });

  it('hands a turn to the boot that was ready last, and asks nobody first', async () => {
    const { queue, turns, admit, ran, asked, changes } = sessionWith({ starts: true, last: 'boot' });
    admit('a', false);
    await queue.work();
    expect([ran, asked, changes.length]).toEqual([['a'], ['chat'], 1]);
    expect(turns.get('a')).toMatchObject({ bootId: 'boot', stopReason: 'end_turn' });
  });

  it.each([
    ['is gone', { last: 'gone' }],
    ['is another', { last: 'before' }],
    ['still runs a turn that is over', { last: 'boot', runs: 'before', stops: true }],
  ])('starts the sandbox as ever where that boot %s: the turn certainly did not run', async (_, sandbox) => {
    const { queue, turns, admit, ran, asked, changes } = sessionWith({ starts: true, ...sandbox });
    admit('a', false);
    await queue.work();
    expect([ran, asked, changes.length]).toEqual([['a'], ['chat', 'health'], 1]);
    expect(turns.get('a')).toMatchObject({ bootId: 'boot', stopReason: 'end_turn' });
  });

  it('has changed nothing where the boot was gone that was ready a moment ago', async () => {
    let refusals = 0;
    const answers = () => (refusals++ < 3 ? new ProblemError('boot_mismatch', 'Another boot.') : [toRun]);
    const { queue, turns, admit, changes } = sessionWith({ starts: true, answers });
    admit('a', false);
    await queue.work();
    expect([refusals, changes]).toEqual([4, ['may be changed']]);
    expect(turns.get('a')).toMatchObject({ stopReason: 'end_turn' });
  });

  it('does not hand a turn to another boot where nobody knows whether the last has it', async () => {
    const { queue, turns, admit, ran, asked, changes } = sessionWith({ starts: true, last: 'cut' });
    admit('a', false);
    await queue.work();
    expect([ran, asked, changes.length]).toEqual([[], ['chat', 'health'], 1]);
    expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted' } });
  });

  it('names a turn anew to the sandbox whose id was that of one that is forgotten', async () => {
    const { queue, turns, admit, named } = sessionWith({ starts: true });
    admit('a', false);
    await queue.work();
    turns.forget(Number.MAX_SAFE_INTEGER, '9999');
    admit('a', false);
    await queue.work();
    expect(new Set(named).size).toBe(2);
  });

  it('stops a turn at once whose sandbox is being started, and hands it to nobody', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { queue, turns, admit, ran, asked } = sessionWith({ starts: true, started });
    admit('a', false);
    const working = queue.work();
    await vi.waitFor(() => expect(asked).toEqual(['health']), patient);
    await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    await working;
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
    start();
    for (let time = 0; time < 5; time++) await tick();
    expect([ran, asked]).toEqual([[], ['health']]);
  });

  it('starts nothing for a turn that is stopped while it is handed to a boot that is gone', async () => {
    vi.stubGlobal('scheduler', { wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) });
    const { promise: hesitates, resolve: refuse } = Promise.withResolvers<void>();
    const { queue, turns, admit, asked } = sessionWith({ starts: true, last: 'gone', hesitates });
    admit('a', false);
    const working = queue.work();
    await vi.waitFor(() => expect(asked).toEqual(['chat']), patient);
    const stopping = queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    refuse();
    await Promise.all([stopping, working]);
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
    expect(asked).toEqual(['chat']);
  });

  it('stops a turn as soon as it is taken that was stopped while it was handed over', async () => {
    vi.stubGlobal('scheduler', { wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) });
    const { promise: hesitates, resolve: take } = Promise.withResolvers<void>();
    const { promise: ends, resolve: end } = Promise.withResolvers<void>();
    const sandbox: FakeSandbox = { starts: true, last: 'boot', hesitates, ends };
    const { queue, turns, admit, ran, asked } = sessionWith(sandbox);
    admit('a', false);
    const working = queue.work();
    await vi.waitFor(() => expect(asked).toEqual(['chat']), patient);
    sandbox.interrupted = () => ran.length > 0 && end(); // The first comes before the turn does.
    const stopping = queue.stop(turns.get('a') as TurnRecord, 'interrupted');
    await tick();
    take();
    await Promise.all([stopping, working]);
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
    expect([ran, asked]).toEqual([['a'], ['chat']]);
  });

  it('does not put back a turn that was stopped while its sandbox did not start', async () => {
    const sandbox = {
      get starts() {
        turns.change('a', { wantedStop: 'interrupted' });
        return false;
      },
    };
    const { queue, turns, outbox, admit, types } = sessionWith(sandbox);
    admit('a', true);
    await queue.work();
    await queue.begin('a');
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted', error: undefined });
    expect(outbox.get('a')).toBeUndefined();
    expect(types().slice(-2)).toEqual(['complete', 'status']);
  });

  it.each([
    ['that the sandbox has', { bootId: 'boot' }, ['a']],
    ['that no sandbox has', {}, []],
  ])('goes on stopping a turn %s, after a restart', async (_, handedOver, expected) => {
    const { queue, turns, admit, ran } = sessionWith({ starts: true, ends: new Promise(() => undefined) });
    admit('a', false);
    turns.change('a', { status: 'running', startedAt: createdAt, wantedStop: 'deadline', ...handedOver });
    await queue.work();
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'deadline' });
    expect(ran).toEqual(expected);
  });
});

describe('a parked turn', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());

  it('waits, with all that is behind it, and goes on with its answer in another start', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: ({ resume }) => (resume ? allowed : asks) };
    const { queue, turns, admit, answer, ran, requested, types } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    sandbox.answers = ({ resume, turnId }) => (turnId === 'b' ? [toRun] : resume ? allowed : asks);
    admit('b', false);
    await queue.work();
    expect(turns.get('a')).toMatchObject({ status: 'waiting', bootId: undefined });
    expect(ran).toEqual(['a']);
    sandbox.bootId = 'later';
    answer();
    await queue.work();
    expect(ran).toEqual(['a', 'a', 'b']);
    expect(requested[1]).toMatchObject({
      expectedBootId: 'later',
      resume: { requestId: 'perm_1', decision: 'allow', by: 'user' },
    });
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
    expect(types()).not.toContain('parked');
  });

  it('gets its answer with the turn, and not before, where the sandbox takes its time to start', async () => {
    const started = Promise.withResolvers<void>();
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, turns, admit, answer, asked } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    asked.splice(0);
    sandbox.started = started.promise;
    sandbox.answers = () => allowed;
    answer();
    const working = queue.work();
    await vi.waitFor(() => expect(asked).toEqual(['health']), patient);
    await queue.deliverAnswers(); // As the watchdog does.
    started.resolve();
    await working;
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
  });

  it('hangs up on a sandbox that its answer does not reach, and hands it over again', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: ({ resume }) => (resume ? allowed : asks) };
    const { queue, turns, admit, answer, named, hungUp } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    sandbox.losesAnswers = 1;
    answer();
    await queue.work();
    expect(named).toHaveLength(3);
    expect(hungUp).toHaveLength(1); // All others were read to their end.
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
  });

  it('is told where nobody answers in time', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, turns, admit, answer, requested } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    const event = { type: 'permission.resolved', requestId: 'perm_1', decision: 'deny', by: 'timeout' } as const;
    sandbox.answers = () => [
      { cursor: 3, event },
      { ...toRun, cursor: 4 },
    ];
    answer('deny', 'timeout');
    await queue.work();
    expect(requested[1]?.resume).toEqual({ requestId: 'perm_1', decision: 'deny', by: 'timeout' });
    expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
  });

  it('whose server is told to stop as the answer is on its way is answered all the same, and lost', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, admit, answer, events } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    answer();
    sandbox.answers = () => [
      { cursor: 3, event: { type: 'permission.resolved', requestId: 'perm_1', decision: 'deny', by: 'interrupt' } },
      { cursor: 4, event: { type: 'complete', stopReason: 'interrupted' } },
    ];
    await queue.work();
    expect(events().slice(-4)).toMatchObject([
      { type: 'permission.resolved', decision: 'allow', by: 'user' },
      { type: 'error', code: 'sandbox_restarted' },
      { type: 'complete', stopReason: 'error' },
      { type: 'status' },
    ]);
  });

  it('that is stopped before its agent hears the answer is answered all the same', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, turns, admit, answer, events } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    answer();
    const denied = { type: 'permission.resolved', requestId: 'perm_1', decision: 'deny', by: 'interrupt' } as const;
    sandbox.answers = () => {
      turns.change('a', { wantedStop: 'interrupted' });
      return [
        { cursor: 3, event: denied },
        { ...toRun, cursor: 4 },
      ];
    };
    await queue.work();
    expect(events().slice(-3)).toMatchObject([
      { type: 'permission.resolved', decision: 'allow', by: 'user' },
      { type: 'complete', stopReason: 'interrupted' },
      { type: 'status' },
    ]);
  });

  it('that was handed over to a start that is gone is not handed over again', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, turns, admit, answer, ran } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    answer();
    turns.change('a', { bootId: 'gone' }); // Stored before the sandbox has it: it may have run.
    await queue.work();
    expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted' } });
    expect(ran).toEqual(['a']);
  });

  it('whose disk is lost ends, and says that nothing ran', async () => {
    const sandbox: FakeSandbox = { starts: true, answers: () => asks };
    const { queue, turns, admit, answer } = sessionWith(sandbox);
    admit('a', false);
    await queue.work();
    sandbox.answers = () => new ProblemError('turn_not_found', 'It is not parked here.');
    answer();
    await queue.work();
    expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'parked_turn_lost' } });
  });

  it('is stopped without a sandbox, also where it is answered by now', async () => {
    for (const isAnswered of [false, true]) {
      const { queue, turns, admit, answer, ran, types } = sessionWith({ starts: true, answers: () => asks });
      admit('a', false);
      await queue.work();
      if (isAnswered) answer();
      await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
      expect(types().slice(-3)).toEqual(['permission.resolved', 'complete', 'status']);
      expect(ran).toEqual(['a']);
    }
  });

  it('is none that waits for nobody', async () => {
    const { queue, turns, admit } = sessionWith({
      starts: true,
      answers: () => [{ cursor: 1, event: { type: 'parked' } }],
    });
    admit('a', false);
    await queue.work();
    expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_untrusted' } });
  });
});

it('a turn that is stopped while its log is full ends, says so, and takes no sandbox from the next', async () => {
  onTestFinished(() => void vi.useRealTimers().restoreAllMocks());
  vi.useFakeTimers({ toFake: ['Date'] }); // All in one moment, in which only what comes first is stored at once.
  vi.stubGlobal('scheduler', { wait: () => new Promise((resolve) => setTimeout(resolve, 1)) });
  const said = (cursor: number): Frame => ({
    cursor,
    event: { type: 'tool.result', toolCallId: `call_${cursor}`, isError: false, output: 'x'.repeat(2000) },
  });
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const { promise: later, resolve: sayMore } = Promise.withResolvers<Frame[]>();
  const { promise: hangs, resolve: hangNoMore } = Promise.withResolvers<void>();
  const answers = ({ turnId }: SandboxChatRequest) => [turnId.startsWith('a') ? said(1) : toRun];
  const { queue, turns, admit, types, asked, ran } = sessionWith({ starts: true, later, hangs, answers }, 1000);
  admit('a', false);
  admit('b', false);
  const working = queue.work();
  while (!types().includes('tool.result')) await tick();
  sayMore([said(2)]);
  while (!error.mock.calls.join().includes('events not stored')) await tick();
  const stopping = queue.stop(turns.get('a') as TurnRecord, 'interrupted');
  while (!ran.includes('b')) await tick();
  hangNoMore();
  await Promise.all([stopping, working]);
  expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'error', error: { code: 'log_full' } });
  expect(asked.lastIndexOf('health')).toBeGreaterThan(asked.lastIndexOf('destroy'));
});

it.each([
  ['is asked again, and keeps its disk, where a call fails', 1, []],
  ['is destroyed where it cannot be asked', 2, ['destroy']],
])('a sandbox that is to stop a turn %s', async (_, losesInterrupts, expected) => {
  vi.stubGlobal('scheduler', { wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) });
  const { promise: ends, resolve: interrupted } = Promise.withResolvers<void>();
  const answers = (): Frame[] => [{ cursor: 1, event: { type: 'complete', stopReason: 'interrupted' } }];
  const sandbox: FakeSandbox = { starts: true, last: 'boot', ends, interrupted, losesInterrupts, answers };
  const { queue, turns, admit, ran, asked } = sessionWith(sandbox);
  admit('a', false);
  const working = queue.work();
  await vi.waitFor(() => expect(ran).toEqual(['a']), patient);
  await queue.stop(turns.get('a') as TurnRecord, 'interrupted');
  await working;
  expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'interrupted' });
  expect(asked.slice(1)).toEqual(expected);
});

it('asks a person for a hundred things at once, and for no more', async () => {
  const [asking] = asks as [Frame, ...Frame[]];
  const many = Array.from({ length: 101 }, (_, index) => ({
    cursor: index + 1,
    event: { ...asking.event, requestId: `perm_${index}` } as Frame['event'],
  }));
  const { queue, turns, admit, types } = sessionWith({ starts: true, answers: () => many });
  admit('a', false);
  await queue.work();
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'turn_too_large' } });
  expect(types().filter((type) => type === 'permission.requested')).toHaveLength(100);
});

it('what was read before a stream broke is told, also where its sandbox is another then', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }); // Nothing that is pending becomes due.
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const said = (cursor: number): Frame => ({
    cursor,
    event: { type: 'tool.result', toolCallId: `call_${cursor}`, isError: false, output: '' },
  });
  const { promise: later, resolve: sayMore } = Promise.withResolvers<Frame[]>();
  const { promise: breaks, resolve: cut } = Promise.withResolvers<void>();
  const sandbox: FakeSandbox = { starts: true, answers: () => [said(1)], later, breaks };
  const { queue, admit, types } = sessionWith(sandbox);
  admit('a', false);
  const working = queue.work();
  while (!types().includes('tool.result')) await settle();
  sayMore([said(2)]);
  for (let time = 0; time < 20; time++) await settle();
  expect(types().filter((type) => type === 'tool.result')).toHaveLength(1);
  sandbox.bootId = 'later';
  cut();
  await working;
  expect(types()).toEqual(['status', 'tool.result', 'tool.result', 'error', 'complete', 'status']);
});

it('a turn that nobody stopped was not interrupted: its server was', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const denied = { type: 'permission.resolved', requestId: 'perm_1', decision: 'deny', by: 'interrupt' } as const;
  const said: Frame[] = [
    ...asks.slice(0, 1),
    { cursor: 2, event: denied },
    { cursor: 3, event: { type: 'tool.result', toolCallId: 'call', isError: true, output: '[interrupted]' } },
    { cursor: 4, event: { type: 'complete', stopReason: 'interrupted' } },
  ];
  const { queue, turns, admit, events, asked } = sessionWith({ starts: true, answers: () => said });
  admit('a', false);
  await queue.work();
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted', retryable: false } });
  expect(events().slice(-5)).toMatchObject([
    { type: 'permission.resolved', decision: 'deny', by: 'restart' },
    { type: 'tool.result' },
    { type: 'error' },
    { type: 'complete' },
    { type: 'status', status: { state: 'idle' } },
  ]);
  expect(asked).not.toContain('destroy');
});

it.each<[string, Frame['event']]>([
  ['its server was told to stop', { type: 'complete', stopReason: 'interrupted' }],
  ['it says what it may not', { type: 'message', message: { id: 'm', role: 'user', content: [] } }],
])('what a turn used so far is said at its end, also where %s', async (_, last) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { promise: later, resolve: say } = Promise.withResolvers<Frame[]>();
  const used = (cursor: number): Frame => ({ cursor, event: { type: 'usage', inputTokens: 3, outputTokens: 4 } });
  const { queue, turns, admit, events, types } = sessionWith({
    starts: true,
    answers: () => [used(1), used(2)],
    later,
  });
  admit('a', false);
  const working = queue.work();
  await vi.waitFor(() => expect(types()).toContain('usage'), patient);
  say([{ cursor: 3, event: last }]);
  await working;
  const usage = { inputTokens: 6, outputTokens: 8 };
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', usage });
  expect(events().findLast(({ type }) => type === 'complete')).toMatchObject({ stopReason: 'error', usage });
});

it('an answer that meets a sandbox that was started since ends its turn as restarted', async () => {
  const sandbox: FakeSandbox = { starts: true, answers: () => asks.slice(0, 1) };
  const { queue, turns, admit, answer } = sessionWith(sandbox);
  admit('a', false);
  const working = queue.work();
  await vi.waitFor(() => expect(turns.get('a')).toMatchObject({ status: 'waiting' }), patient);
  answer();
  Object.assign(sandbox, { forgets: true, bootId: 'later' });
  await queue.deliverAnswers();
  await working;
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted', retryable: false } });
});

it('an answer that meets a sandbox that was told to stop leaves the end to its stream', async () => {
  const { promise: later, resolve: say } = Promise.withResolvers<Frame[]>();
  const sandbox: FakeSandbox = { starts: true, answers: () => asks.slice(0, 1), later };
  const { queue, turns, admit, answer, asked } = sessionWith(sandbox);
  admit('a', false);
  const working = queue.work();
  await vi.waitFor(() => expect(turns.get('a')).toMatchObject({ status: 'waiting' }), patient);
  answer();
  sandbox.isStopping = true;
  await queue.deliverAnswers();
  expect(turns.get('a')?.status).not.toBe('complete');
  say([
    { cursor: 2, event: { type: 'permission.resolved', requestId: 'perm_1', decision: 'deny', by: 'interrupt' } },
    { cursor: 3, event: { type: 'complete', stopReason: 'interrupted' } },
  ]);
  await working;
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted' } });
  expect(asked).not.toContain('destroy');
});

it('a request of a name that no index would take is not believed', async () => {
  const [asking, ...rest] = asks as [Frame, ...Frame[]];
  const event = { ...asking.event, requestId: 'r'.repeat(256) } as Frame['event'];
  const { queue, turns, admit, types } = sessionWith({ starts: true, answers: () => [{ ...asking, event }, ...rest] });
  admit('a', false);
  await queue.work();
  expect(turns.get('a')).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_untrusted' } });
  expect(types()).not.toContain('permission.requested');
});

it('what a turn said can be sent before more of it is taken, which would hold it back', async () => {
  const committed = Promise.withResolvers<void>();
  const stored = vi.spyOn(Journal.prototype, 'stored').mockReturnValueOnce(committed.promise);
  onTestFinished(() => void stored.mockRestore());
  const more = Promise.withResolvers<void>();
  const said: Frame = { cursor: 1, event: { type: 'status', status: { state: 'working' } } };
  const { queue, turns, admit, types } = sessionWith({
    starts: true,
    answers: () => [said],
    later: more.promise.then(() => [{ ...toRun, cursor: 2 }]),
  });
  admit('a', false);
  const done = queue.work();
  await vi.waitFor(() => expect(stored).toHaveBeenCalled(), patient);
  more.resolve();
  for (let time = 0; time < 20; time++) await tick();
  expect(types()).not.toContain('complete');
  committed.resolve();
  await done;
  expect(turns.get('a')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
});
