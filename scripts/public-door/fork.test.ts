import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Event,
  gatewayRoutes,
  type HistoryMessage,
  type Request,
  type Session,
  type SessionSummary,
  type Snapshot,
  type Turn,
} from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { abortOrchestrators, addAborter } from '../chaos/aborter.ts';
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
  only,
  readAll,
  readUntil,
  run,
  script,
} from './door.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { sandboxProcess } from './sandbox-process.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

const fork = (at: Door, sessionId: string, body: object = {}) =>
  expectCall<Session>(at, 201, gatewayRoutes.fork, { params: { sessionId }, body });
const remove = (at: Door, sessionId: string) =>
  expectCall(at, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
const sleep = (at: Door, sessionId: string) =>
  expectCall<Session>(at, 200, gatewayRoutes.sleep, { params: { sessionId } });
const snapshot = (at: Door, sessionId: string) =>
  expectCall<Snapshot>(at, 201, gatewayRoutes.createSnapshot, { params: { sessionId } });

/** The whole log, page by page. */
async function logOf(at: Door, sessionId: string): Promise<(Event & { seq: number })[]> {
  const found: (Event & { seq: number })[] = [];
  for (let after = ''; ; ) {
    const query = after ? { after } : {};
    const { data, nextCursor } = await expectCall<{ data: (Event & { seq: number })[]; nextCursor: string | null }>(
      at,
      200,
      gatewayRoutes.getEvents,
      { params: { sessionId }, query },
    );
    found.push(...data);
    if (nextCursor === null) return found;
    after = nextCursor;
  }
}

async function listOf<T>(at: Door, route: Parameters<typeof call>[1], sessionId: string, query = {}): Promise<T[]> {
  return (await expectCall<{ data: T[] }>(at, 200, route, { params: { sessionId }, query })).data;
}

interface Bucket {
  list(): Promise<{ objects: { key: string; size: number }[] }>;
  put(key: string, value: string): Promise<unknown>;
}

const bucketOf = async ({ workers }: Stack) => (await workers.getR2Bucket('DISKS')) as unknown as Bucket;

/** The names in the bucket, of objects of so many bytes at least. */
async function stored(stack: Stack, size = 0): Promise<string[]> {
  const { objects } = await (await bucketOf(stack)).list();
  return objects.filter((object) => object.size >= size).map(({ key }) => key);
}

describe('a fork', () => {
  it('has the files, the log and all that the log tells of, and goes its own way', async () => {
    const env = { COLOUR: 'green' };
    const { id: sessionId } = await createSession(door, { env, metadata: { kept: 'yes' }, idleTimeoutSeconds: 77 });
    const asked = eventsOf(await chat(door, sessionId, script('echo one > file')));
    const [question] = only(await readUntil(asked, 'permission.requested'), 'permission.requested');
    const answer = { requestId: question?.requestId, decision: 'allow' };
    await expectCall(door, 200, gatewayRoutes.resume, { params: { sessionId }, body: answer });
    await readUntil(asked, 'complete');
    await run(door, sessionId, 'cat file; echo home > ~/note');
    const made = await fork(door, sessionId, { metadata: { branch: 'b' } });
    const before = await logOf(door, sessionId);

    expect(made).toMatchObject({
      status: 'sleeping',
      metadata: { branch: 'b' },
      permissionMode: 'bypass',
      idleTimeoutSeconds: 77,
      firstSeq: 1,
      lastSeq: before.length,
      forkedFrom: { sessionId, seq: before.length },
    });
    expect(await logOf(door, made.id)).toEqual(before.map((event) => ({ ...event, sessionId: made.id })));
    for (const route of [gatewayRoutes.listTurns, gatewayRoutes.listMessages] as const) {
      const mine = await listOf<Turn | HistoryMessage>(door, route, sessionId);
      const its = await listOf<Turn | HistoryMessage>(door, route, made.id);
      expect(its).toEqual(mine.map((item) => ('sessionId' in item ? { ...item, sessionId: made.id } : item)));
    }
    const requests = await listOf<Request>(door, gatewayRoutes.listRequests, made.id, { status: 'all' });
    expect(requests).toMatchObject([{ requestId: question?.requestId, status: 'resolved', decision: 'allow' }]);
    const sessions = (await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions)).data;
    expect(sessions.map(({ id }) => id)).toContain(made.id);

    await run(door, sessionId, 'echo parent > file');
    expect((await run(door, made.id, 'cat file ~/note; echo fork > file; echo $COLOUR')).outputText).toBe(
      'one\nhome\ngreen\n',
    );
    expect((await run(door, sessionId, 'cat file')).outputText).toBe('parent\n');
    // What the agent's own records tell goes on from what was said before.
    const told = await run(door, made.id, 'grep -o "echo one > [f]ile" .sandgate/messages.json; cat file');
    expect(told.outputText).toBe('echo one > file\nfork\n');
    const log = await logOf(door, made.id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  });

  it('is made at a snapshot or at its event, also while a turn runs, and now only where none does', async () => {
    const { id: sessionId } = await createSession(door);
    await run(door, sessionId, 'echo first > file');
    const first = await snapshot(door, sessionId);
    await run(door, sessionId, 'echo second > file');
    const second = await snapshot(door, sessionId);
    await readUntil(eventsOf(await chat(door, sessionId, script('echo up; sleep 600'))), 'tool.delta');

    const params = { sessionId };
    await expectProblem(door, 'session_busy', gatewayRoutes.fork, { params, body: { id: 'refused-once' } });
    const bySnapshot = await fork(door, sessionId, { snapshotId: first.id, id: 'refused-once' });
    expect(bySnapshot).toMatchObject({ forkedFrom: { sessionId, seq: first.seq, snapshotId: first.id } });
    expect(bySnapshot.lastSeq).toBe(first.seq);
    expect((await listOf<Turn>(door, gatewayRoutes.listTurns, bySnapshot.id)).length).toBe(1);
    expect((await run(door, bySnapshot.id, 'cat file')).outputText).toBe('first\n');
    const bySeq = await fork(door, sessionId, { seq: second.seq });
    expect(bySeq.forkedFrom).toEqual({ sessionId, seq: second.seq, snapshotId: second.id });
    expect((await run(door, bySeq.id, 'cat file')).outputText).toBe('second\n');

    const problem = await expectProblem(door, 'snapshot_not_found', gatewayRoutes.fork, { params, body: { seq: 2 } });
    expect(problem.detail).toContain(`taken at ${first.seq}, ${second.seq}.`);
    await expectProblem(door, 'snapshot_not_found', gatewayRoutes.fork, { params, body: { snapshotId: 'snap_x' } });
    await expectProblem(door, 'invalid_request', gatewayRoutes.fork, { params, body: { seq: 2, snapshotId: 'x' } });
    await expectCall(door, 200, gatewayRoutes.interrupt, { params });
  });

  it('is the same one where it is asked for again, and a refused one leaves its id free', async () => {
    const { id: sessionId } = await createSession(door);
    const request = { params: { sessionId }, body: { id: `${sessionId}-b` } };
    const [one, other] = await Promise.all([1, 2].map(() => call(door, gatewayRoutes.fork, request)));
    expect([one?.response.status, other?.response.status]).toContain(201);
    expect(other?.body).toEqual(one?.body);
    expect(one?.response.headers.get('location')).toBe(`/v1/sessions/${sessionId}-b`);
    await expectCall(door, 200, gatewayRoutes.fork, request);
    const another = { ...request, body: { ...request.body, metadata: { a: 'b' } } };
    await expectProblem(door, 'session_conflict', gatewayRoutes.fork, another);
    await expectProblem(door, 'session_conflict', gatewayRoutes.createSession, { body: request.body });
    await expectProblem(door, 'session_conflict', gatewayRoutes.fork, { ...request, body: { id: sessionId } });

    const byKey = { params: { sessionId }, headers: { 'idempotency-key': `${sessionId}-key` } };
    const keyed = await expectCall<Session>(door, 201, gatewayRoutes.fork, byKey);
    expect(await expectCall<Session>(door, 200, gatewayRoutes.fork, byKey)).toEqual(keyed);
    await expectProblem(door, 'idempotency_key_reused', gatewayRoutes.fork, { ...byKey, body: { seq: 1 } });

    const nowhere = { params: { sessionId: 'not-there' }, body: { id: `${sessionId}-c` } };
    await expectProblem(door, 'session_not_found', gatewayRoutes.fork, nowhere);
    await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, {
      params: { sessionId: `${sessionId}-c` },
    });
    await createSession(door, { id: `${sessionId}-c` });
  });

  it('of a session that sleeps wakes nobody, and one of a session that never ran is empty', async () => {
    const { id: sessionId } = await createSession(door);
    const fresh = await fork(door, sessionId);
    expect(fresh).toMatchObject({ status: 'idle', lastSeq: 0, forkedFrom: { seq: 0 } });
    expect((await run(door, fresh.id, 'ls; echo end')).outputText).toBe('end\n');
    await run(door, sessionId, 'echo kept > file');
    await sleep(door, sessionId);
    const { id } = await fork(door, sessionId);
    expect(sandboxProcess(sessionId)).toBeUndefined();
    expect((await run(door, id, 'cat file')).outputText).toBe('kept\n');
    expect(sandboxProcess(sessionId)).toBeUndefined();
  });

  it('of a session whose time is over is none, and leaves its id free', async () => {
    const { id: sessionId } = await createSession(door);
    await run(door, sessionId, 'echo kept > file');
    const kept = await fork(door, sessionId);
    const params = { sessionId };
    const body = { expiresAt: new Date(Date.now() + 5000).toISOString() };
    await expectCall(door, 200, gatewayRoutes.updateSession, { params, body });
    await eventually(async () => (await call(door, gatewayRoutes.getSession, { params })).response.status === 404);
    const id = `${sessionId}-late`;
    await expectProblem(door, 'session_not_found', gatewayRoutes.fork, { params, body: { id } });
    await createSession(door, { id });
    expect((await run(door, kept.id, 'cat file')).outputText).toBe('kept\n');
  });

  it('has a log of many pages to the letter', async () => {
    const { id: sessionId } = await createSession(door, { agent: 'scripted', permissionMode: 'bypass' });
    const burst = [{ burst: { count: 7, textBytes: 60_000, everyMs: 0 } }];
    for (let n = 0; n < 6; n++) await readAll(await chat(door, sessionId, script(JSON.stringify(burst))));
    const before = await logOf(door, sessionId);
    const { id } = await fork(door, sessionId);
    expect(await logOf(door, id)).toEqual(before.map((event) => ({ ...event, sessionId: id })));
    await readAll(
      await chat(door, id, script(JSON.stringify([{ emit: { type: 'usage', inputTokens: 1, outputTokens: 1 } }]))),
    );
    expect((await logOf(door, id)).length).toBeGreaterThan(before.length);
  });

  it('is one of 64 at most', async () => {
    const { id: sessionId } = await createSession(door);
    const forks: Session[] = [];
    for (let n = 0; n < 64; n++) forks.push(await fork(door, sessionId));
    const params = { sessionId };
    const problem = await expectProblem(door, 'fork_limit_reached', gatewayRoutes.fork, { params });
    expect(problem.detail).toContain('64');
    await remove(door, forks[0]?.id as string);
    await fork(door, sessionId);
  });
});

describe('what a fork and its session share', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-fork-'));
  let stack: Stack;
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer();
    stack = await startStack({ folder, onWorkers: addAborter, vars: issuer.vars });
  });
  afterAll(async () => {
    await stack?.close();
    await issuer?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = async (sessionId: string) => (await run(stack, sessionId, 'cat file; wc -c < ballast')).outputText;

  /** A session with a large file, of which a fork was forked once more. */
  async function chain(): Promise<[string, string, string]> {
    const { id: first } = await createSession(stack);
    await run(stack, first, 'echo first > file; head -c 9M /dev/urandom > ballast');
    const { id: second } = await fork(stack, first);
    await run(stack, second, 'echo second > file; head -c 9M /dev/urandom > more');
    const { id: third } = await fork(stack, second);
    return [first, second, third];
  }

  it('is stored once', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'head -c 9M /dev/urandom > ballast');
    await sleep(stack, sessionId);
    const before = await stored(stack);
    const { id } = await fork(stack, sessionId);
    expect(await stored(stack)).toEqual(before);
    expect((await run(stack, id, 'wc -c < ballast')).outputText).toBe('9437184\n');
    await remove(stack, sessionId);
    await remove(stack, id);
    await eventually(async () => (await stored(stack)).length === 0);
  });

  it.each([
    ['the first first', [0, 1, 2]],
    ['the last first', [2, 1, 0]],
    ['the middle first', [1, 0, 2]],
  ])('stays while one of them needs it, and goes with the last: %s', async (_, order) => {
    const ids = await chain();
    const said = ['first\n9437184\n', 'second\n9437184\n', 'second\n9437184\n'];
    const left = new Set([0, 1, 2]);
    for (const index of order) {
      await remove(stack, ids[index] as string);
      left.delete(index);
      // Each begins with what is stored, and nothing else.
      for (const other of left) {
        await sleep(stack, ids[other] as string);
        expect(await read(ids[other] as string)).toBe(said[other]);
      }
    }
    await eventually(async () => (await stored(stack)).length === 0);
  });

  it('goes where neither needs it any more, before either is deleted', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'head -c 17M /dev/urandom > ballast');
    await sleep(stack, sessionId);
    const { id } = await fork(stack, sessionId);
    // The first holds the agent's notes, too.
    const [, ...shared] = await stored(stack, 1024 * 1024);
    expect(shared).not.toEqual([]);
    await run(stack, sessionId, 'rm ballast; echo small > file');
    expect(await stored(stack)).toEqual(expect.arrayContaining(shared));
    await run(stack, id, 'rm ballast; echo small > file');
    await eventually(async () => {
      const now = await stored(stack);
      return !shared.some((key) => now.includes(key));
    });
    await remove(stack, sessionId);
    await remove(stack, id);
    expect(await stored(stack)).toEqual([]);
  });

  it('is whole wherever the objects end in the middle of a fork or a delete', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo first > file; head -c 1M /dev/urandom > ballast');
    const { id: snapshotId, seq } = await snapshot(stack, sessionId);
    const events = await logOf(stack, sessionId);
    /** Has all objects end after so many milliseconds, again and again, until it is done. */
    async function disturbed<T>(afterMs: number, work: () => Promise<T | undefined>): Promise<T> {
      const done = eventually(async () => work());
      for (let n = 1; n <= 3; n++) {
        await new Promise((resolve) => setTimeout(resolve, afterMs * n));
        await abortOrchestrators(stack.workers).catch(() => undefined);
      }
      return done;
    }
    for (let n = 0; n < 9; n++) {
      const request = { params: { sessionId }, body: { id: `disturbed-${n}`, snapshotId } };
      const made = await disturbed(n * 2, async () => {
        const { response, body } = await call(stack, gatewayRoutes.fork, request);
        return response.ok ? (body as Session) : undefined;
      });
      expect(made).toMatchObject({ lastSeq: seq, forkedFrom: { seq } });
      expect(await logOf(stack, made.id)).toEqual(
        events.slice(0, seq).map((event) => ({ ...event, sessionId: made.id })),
      );
      if (n % 4 === 0) expect(await read(made.id)).toBe('first\n1048576\n');
      await disturbed(n, async () => {
        const params = { sessionId: made.id };
        return (await call(stack, gatewayRoutes.deleteSession, { params })).response.ok || undefined;
      });
      expect((await run(stack, sessionId, 'cat file')).outputText).toBe('first\n');
    }
    await remove(stack, sessionId);
    await eventually(async () => (await stored(stack)).length === 0);
  });

  /** Whether an object has noted that this session is to be forked from another. */
  function isNoted(id: string): boolean {
    return globSync(join(folder, 'data/**/*.sqlite')).some((path) => {
      const database = new DatabaseSync(path, { readOnly: true });
      try {
        return database.prepare('SELECT 1 FROM origin, session WHERE session.id = ?').get(id) !== undefined;
      } catch {
        return false; // Of another kind of object.
      } finally {
        database.close();
      }
    });
  }

  /** A fork that has begun and waits for the disk of its session to be saved. */
  async function begin(signal?: AbortSignal) {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo first > file; head -c 60M /dev/urandom > ballast');
    const id = `${sessionId}-b`;
    const begun = call(stack, gatewayRoutes.fork, { params: { sessionId }, body: { id }, ...(signal && { signal }) });
    await eventually(async () => isNoted(id));
    await expectProblem(stack, 'session_not_found', gatewayRoutes.getSession, { params: { sessionId: id } });
    return { sessionId, id, begun };
  }

  it('comes to be by itself where it was begun and nobody asks again', async () => {
    const asked = new AbortController();
    const { sessionId, id, begun } = await begin(asked.signal);
    asked.abort();
    await expect(begun).rejects.toThrow();
    await abortOrchestrators(stack.workers).catch(() => undefined);
    const made = await eventually(async () => {
      const { response, body } = await call(stack, gatewayRoutes.getSession, { params: { sessionId: id } });
      return response.ok && (body as Session);
    });
    expect(made.forkedFrom?.sessionId).toBe(sessionId);
    expect((await run(stack, id, 'cat file; wc -c < ballast')).outputText).toBe('first\n62914560\n');
    await remove(stack, sessionId);
    await remove(stack, id);
    await eventually(async () => (await stored(stack)).length === 0);
  });

  it('leaves nothing where the session is deleted before it is there, and where it is deleted itself', async () => {
    const one = await begin();
    await remove(stack, one.sessionId);
    const refused = await one.begun;
    expect(refused.body).toMatchObject({ code: 'session_not_found' });
    await createSession(stack, { id: one.id });
    const other = await begin();
    await remove(stack, other.id);
    expect((await other.begun).response.ok).toBe(false);
    await expectProblem(stack, 'session_deleted', gatewayRoutes.createSession, { body: { id: other.id } });
    expect((await run(stack, other.sessionId, 'cat file')).outputText).toBe('first\n');
    await remove(stack, other.sessionId);
    await eventually(async () => (await stored(stack)).length === 0);
  });

  it('is out of reach of another account', async () => {
    const { id: sessionId } = await createSession(stack);
    const stranger = { url: stack.url, apiKey: await issuer.token({ sub: 'other', scope: 'sessions:write' }) };
    await expectProblem(stranger, 'session_not_found', gatewayRoutes.fork, { params: { sessionId } });
    await remove(stack, sessionId);
  });

  it('goes with a session, also where its records do not know of it', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo x > file');
    await sleep(stack, sessionId);
    const [key] = await stored(stack);
    await (await bucketOf(stack)).put(`${key?.split('/')[0]}/4711`, 'left behind');
    await remove(stack, sessionId);
    expect(await stored(stack)).toEqual([]);
  });
});
