import { type FileEntry, gatewayRoutes, Problem, type SessionSummary, type Turn } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import {
  chat,
  createSession,
  endOf,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  only,
  readUntil,
  run,
  script,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

describe('a session that is deleted', () => {
  it('ends what runs and tells its readers, and is gone', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const params = { sessionId };
    const events = eventsOf(await chat(door, sessionId, script('echo secret > left.txt; echo up; sleep 300')));
    await readUntil(events, 'tool.delta');
    const deleting = expectCall(door, 204, gatewayRoutes.deleteSession, { params });
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    expect((await events.next()).done).toBe(true);
    await expectProblem(door, 'session_not_found', gatewayRoutes.chat, { params, body: script('echo late') });
    await deleting;
    await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, { params });
    await expectProblem(door, 'session_not_found', gatewayRoutes.listFiles, { params });
    await expectProblem(door, 'session_not_found', gatewayRoutes.getEvents, { params });
    await expectCall(door, 204, gatewayRoutes.deleteSession, { params });
    const { data } = await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions);
    expect(data.map(({ id }) => id)).not.toContain(sessionId);
    const { id: fresh } = await createSession(door);
    expect((await run(door, fresh, 'ls; echo end')).outputText).toBe('end\n');
  });
});

describe('the variables of a session', () => {
  it.each([
    ['hold no NUL', { GREETING: 'good\0day' }, 'env.GREETING'],
    ['are not too much', Object.fromEntries(['A', 'B', 'C'].map((name) => [name, 'x'.repeat(30_000)])), 'env'],
  ])('%s', async (_, env, path) => {
    const problem = await expectProblem(door, 'invalid_request', gatewayRoutes.createSession, { body: { env } });
    expect(problem.errors?.map((error) => error.path)).toEqual([path]);
  });

  it('may be as much as is allowed', async () => {
    const env = Object.fromEntries(['A', 'B'].map((name) => [name, 'x'.repeat(30_000)]));
    const { id } = await createSession(door, { env });
    expect((await run(door, id, 'echo -n "$A$B" | wc -c')).outputText).toBe('60000\n');
  });
});

describe('a file with a line break in its name', () => {
  it('is written, listed and read', async () => {
    const { id: sessionId } = await createSession(door);
    const url = `${door.url}/v1/sessions/${sessionId}/files/a%0Ab`;
    const authorization = `Bearer ${door.apiKey}`;
    const headers = { authorization, 'content-type': 'application/octet-stream' };
    const written = await fetch(url, { method: 'PUT', headers, body: 'odd' });
    expect(written.ok, await written.text()).toBe(true);
    expect(await (await fetch(url, { headers: { authorization } })).text()).toBe('odd');
    const { data } = await expectCall<{ data: FileEntry[] }>(door, 200, gatewayRoutes.listFiles, {
      params: { sessionId },
    });
    expect(data).toMatchObject([{ path: 'a\nb', size: 3 }]);
    expect((await run(door, sessionId, "cat $'a\\nb'")).outputText).toBe('odd');
  });
});

describe('the list of sessions', () => {
  it('goes on behind an id of 80 CJK characters', async () => {
    const project = crypto.randomUUID();
    const ids = [1, 2].map((n) => `${'界'.repeat(80)}${n}${project.slice(0, 8)}`);
    for (const id of ids) await createSession(door, { id, metadata: { project } });
    const query = { 'metadata[project]': project, limit: '1' };
    type List = { data: SessionSummary[]; nextCursor: string | null };
    const first = await expectCall<List>(door, 200, gatewayRoutes.listSessions, { query });
    const rest = await expectCall<List>(door, 200, gatewayRoutes.listSessions, {
      query: { ...query, after: first.nextCursor ?? '' },
    });
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids.reverse());
    expect(rest.nextCursor).toBeNull();
  });

  it('takes as many filters as metadata can have, and no more', async () => {
    const filters = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`metadata[k${n}]`, 'v']));
    expect(await expectCall(door, 200, gatewayRoutes.listSessions, { query: filters(16) })).toMatchObject({ data: [] });
    const problem = await expectProblem(door, 'invalid_request', gatewayRoutes.listSessions, { query: filters(17) });
    expect(problem.status).toBe(400);
  });
});

describe('a body without a content type', () => {
  it('is refused, also where it comes in chunks', async () => {
    const { id } = await createSession(door);
    const response = await fetch(`${door.url}/v1/sessions/${id}/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${door.apiKey}` },
      body: new Blob([JSON.stringify(script('true'))]).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(415);
    expect(Problem.parse(await response.json()).code).toBe('unsupported_media_type');
  });
});

describe('a full queue', () => {
  it('takes no more, but for one that clears it', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const headers = { prefer: 'respond-async' };
    const start = (more: object = {}) => ({
      params: { sessionId },
      body: { ...script('echo now'), ...more },
      headers,
    });
    await expectCall(door, 202, gatewayRoutes.chat, { ...start(), body: script('sleep 300') });
    for (let n = 0; n < 16; n++) await expectCall(door, 202, gatewayRoutes.chat, start());
    expect(await expectProblem(door, 'queue_full', gatewayRoutes.chat, start())).toMatchObject({ status: 429 });
    const urgent = await expectCall<Turn>(door, 202, gatewayRoutes.chat, start({ onBusy: 'interrupt' }));
    expect(await endOf(door, urgent)).toMatchObject({
      status: 'complete',
      stopReason: 'end_turn',
      outputText: 'now\n',
    });
    const { data } = await expectCall<{ data: Turn[] }>(door, 200, gatewayRoutes.listTurns, {
      params: { sessionId },
    });
    expect(data.map(({ stopReason }) => stopReason)).toEqual([...Array(17).fill('interrupted'), 'end_turn']);
  });
});

describe('the list', () => {
  /** The session as the list shows it. */
  async function listed(sessionId: string, project: string): Promise<SessionSummary | undefined> {
    const query = { 'metadata[project]': project };
    const { data } = await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions, { query });
    return data.find(({ id }) => id === sessionId);
  }

  it('follows a session from change to change, until it is gone', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass', metadata: { project: first } });
    expect(await listed(sessionId, first)).toMatchObject({ status: 'idle' });
    const params = { sessionId };
    await expectCall(door, 200, gatewayRoutes.updateSession, { params, body: { metadata: { project: second } } });
    expect(await listed(sessionId, first)).toBeUndefined();
    expect(await listed(sessionId, second)).toMatchObject({ metadata: { project: second } });

    const events = eventsOf(await chat(door, sessionId, script('echo up; sleep 300')));
    await readUntil(events, 'tool.delta');
    await eventually(async () => (await listed(sessionId, second))?.status === 'running');
    await expectCall(door, 200, gatewayRoutes.interrupt, { params });
    await eventually(async () => (await listed(sessionId, second))?.status === 'idle');
    await expectCall(door, 204, gatewayRoutes.deleteSession, { params });
    expect(await listed(sessionId, second)).toBeUndefined();
  });
});

describe('a deadline', () => {
  /** A cold start of a sandbox may take longer than the deadlines here. */
  const warm = (sessionId: string) => expectCall(door, 200, gatewayRoutes.listFiles, { params: { sessionId } });

  it('ends the turn that works for too long', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    await warm(sessionId);
    const body = { ...script('echo up; sleep 300; echo late'), deadlineSeconds: 4 };
    const events = await readUntil(eventsOf(await chat(door, sessionId, body)), 'complete');
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'deadline' }]);
    expect(only(events, 'tool.result')[0]?.output).not.toContain('late');
  });

  it('stands still while the turn waits for a person', async () => {
    const { id: sessionId } = await createSession(door);
    await warm(sessionId);
    const body = { ...script('echo allowed'), deadlineSeconds: 6 };
    const events = eventsOf(await chat(door, sessionId, body));
    const [request] = only(await readUntil(events, 'permission.requested'), 'permission.requested');
    const asked = Date.now();
    // Longer than the deadline, by the server's own clock: another session's deadline passes meanwhile.
    const { id: other } = await createSession(door, { permissionMode: 'bypass' });
    await readUntil(eventsOf(await chat(door, other, { ...script('sleep 300'), deadlineSeconds: 7 })), 'complete');
    expect(Date.now() - asked).toBeGreaterThan(6000);
    const answer = { requestId: request?.requestId, decision: 'allow' };
    await expectCall(door, 200, gatewayRoutes.resume, { params: { sessionId }, body: answer });
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
  });
});
