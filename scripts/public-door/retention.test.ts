import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type HistoryMessage, type Session, type Turn } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
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

const limit = 256 * 1024;
const stream = { accept: 'text/event-stream' };
/** About a sixth of what the log may hold. */
const shout = (letter: string) => `head -c 40000 /dev/zero | tr '\\0' ${letter}`;

describe('a log with a limit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-retention-'));
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ folder, vars: { SESSION_LOG_LIMIT_BYTES: String(limit) } });
  });
  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sessionNow = (sessionId: string) =>
    expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
  const logOf = async (sessionId: string, query?: Record<string, string>) =>
    (
      await expectCall<{ data: (Event & { seq: number })[] }>(stack, 200, gatewayRoutes.getEvents, {
        params: { sessionId },
        ...(query && { query }),
      })
    ).data;

  describe('that ran over', () => {
    const key = { 'idempotency-key': 'the first turn' };
    let params: { sessionId: string };
    let session: Session;
    let turns: Turn[];

    beforeAll(async () => {
      params = { sessionId: (await createSession(stack, { permissionMode: 'bypass', id: 'over' })).id };
      await readAll(await chat(stack, params.sessionId, script(shout('a')), { headers: key }));
      for (const letter of 'bcdefghij') await run(stack, params.sessionId, shout(letter));
      session = await eventually(async () => {
        const now = await sessionNow(params.sessionId);
        return now.status === 'idle' && now;
      });
      turns = (await expectCall<{ data: Turn[] }>(stack, 200, gatewayRoutes.listTurns, { params })).data;
    });

    it('says where it begins, and without a cursor gives all that is kept', async () => {
      const events = await logOf(params.sessionId);
      expect(session.firstSeq).toBeGreaterThan(1);
      expect(events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: session.lastSeq - session.firstSeq + 1 }, (_, index) => session.firstSeq + index),
      );
      const size = new TextEncoder().encode(events.map((event) => JSON.stringify(event)).join('\n')).byteLength;
      expect(size).toBeLessThanOrEqual(limit);
      expect(size).toBeGreaterThan(limit / 2);

      const hangUp = new AbortController();
      const { response } = await call(stack, gatewayRoutes.getEvents, {
        params,
        headers: stream,
        signal: hangUp.signal,
      });
      expect((await eventsOf(response).next()).value).toEqual(events[0]);
      hangUp.abort();
      const { data } = await expectCall<{ data: HistoryMessage[] }>(stack, 200, gatewayRoutes.listMessages, { params });
      expect(data.map(({ seq }) => seq)).toEqual(only(events, 'message').map(({ seq }) => seq));
    });

    it.each([
      ['as a page', 'getEvents', {}],
      ['as a stream', 'getEvents', { headers: stream }],
      ['of messages', 'listMessages', {}],
    ] as const)('refuses an explicit cursor to what is gone, and says where to look: %s', async (_, name, options) => {
      for (const after of [0, 1, session.firstSeq - 2]) {
        const query = { after: String(after) };
        const problem = await expectProblem(stack, 'cursor_expired', gatewayRoutes[name], {
          params,
          query,
          ...options,
        });
        expect(problem).toMatchObject({ status: 410, retryable: false, link: '/v1/sessions/over' });
      }
      const again = await fetch(`${stack.url}/v1/sessions/over`, {
        headers: { authorization: `Bearer ${stack.apiKey}` },
      });
      expect(await again.json()).toMatchObject({ firstSeq: session.firstSeq });
      expect((await logOf(params.sessionId, { after: String(session.firstSeq - 1) }))[0]?.seq).toBe(session.firstSeq);
    });

    it('refuses a Last-Event-ID to what is gone', async () => {
      await expectProblem(stack, 'cursor_expired', gatewayRoutes.getEvents, {
        params,
        headers: { ...stream, 'last-event-id': '1' },
      });
    });

    it('knows the turns whose events are gone by their outcome, and runs none again', async () => {
      expect(turns).toHaveLength(10);
      const [first, last] = [turns[0] as Turn, turns[9] as Turn];
      expect(first).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
      expect(first.outputText).toBeUndefined();
      expect(last.outputText).toBe('j'.repeat(40_000));
      const ofFirst = { params: { ...params, turnId: first.id } };
      await expectProblem(stack, 'cursor_expired', gatewayRoutes.getTurnEvents, ofFirst);
      // Who has read all of it misses nothing, and is told to stop.
      const query = { after: String(first.lastSeq) };
      await expectCall(stack, 204, gatewayRoutes.getTurnEvents, { ...ofFirst, query });
      await expectProblem(stack, 'cursor_expired', gatewayRoutes.chat, {
        params,
        headers: key,
        body: script(shout('a')),
      });
      const repeat = await expectCall<Turn>(stack, 200, gatewayRoutes.chat, {
        params,
        headers: { ...key, accept: 'application/json' },
        body: script(shout('a')),
      });
      expect(repeat.id).toBe(first.id);
      expect((await sessionNow(params.sessionId)).lastSeq).toBe(session.lastSeq);
    });

    it('gives a turn that is there whole to whoever asks for it, from any cursor', async () => {
      const { id: turnId, firstSeq, lastSeq } = turns[9] as Turn;
      for (const query of [{}, { after: '0' }]) {
        const { response } = await call(stack, gatewayRoutes.getTurnEvents, { params: { ...params, turnId }, query });
        const events = (await readAll(response)).filter((event) => 'seq' in event);
        expect([events[0]?.seq, events.at(-1)?.seq]).toEqual([firstSeq, lastSeq]);
      }
    });

    it('is the same after it was left alone and read anew', async () => {
      await run(stack, params.sessionId, 'true');
      expect(await sessionNow(params.sessionId)).toMatchObject({ firstSeq: session.firstSeq });
    });
  });

  it('keeps all of a turn that is open, ends one that alone fills it, and goes on', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    await run(stack, sessionId, 'echo kept > kept.txt');
    const messages = [...'abcdefghij'].map((letter) => ({ role: 'user', content: shout(letter) }));
    const events = await readAll(await chat(stack, sessionId, { messages }));
    expect(only(events, 'error')).toMatchObject([{ code: 'log_full', retryable: false }]);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'error' }]);
    expect(only(events, 'tool.result').length).toBeGreaterThan(4);
    const seqs = events.flatMap((event) => ('seq' in event ? [event.seq] : []));
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
    // The turn was stopped, and its sandbox left alone.
    expect((await run(stack, sessionId, 'cat kept.txt')).outputText).toBe('kept\n');
    expect((await sessionNow(sessionId)).firstSeq).toBeGreaterThan(1);
  });

  it('counts against a turn what is its own, and takes no other while those that are open fill it', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const params = { sessionId };
    const turnOf = (contents: string[]) => ({ messages: contents.map((content) => ({ role: 'user', content })) });
    const first = await chat(stack, sessionId, turnOf([untilLetGo, ...[...'abcde'].map(shout)]));
    const second = await chat(stack, sessionId, turnOf([...'fgh'].map(shout)));
    const third = eventsOf(await chat(stack, sessionId, script('echo up; sleep 300')));
    await letGo(stack, sessionId);
    for (const response of [first, second]) {
      const events = await readAll(response);
      expect(only(events, 'error')).toEqual([]);
      expect(only(events, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    }
    await readUntil(third, 'tool.delta');
    await expectProblem(stack, 'queue_full', gatewayRoutes.chat, { params, body: script('echo no room') });
    await expectCall(stack, 200, gatewayRoutes.interrupt, { params });
    expect(only(await readUntil(third, 'complete'), 'error')).toEqual([]);
    expect((await run(stack, sessionId, 'echo room')).outputText).toBe('room\n');
  });
});
