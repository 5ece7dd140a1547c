import { gatewayRoutes, Problem } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { createSession, expectCall, expectProblem, script } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const routes = Object.values(gatewayRoutes).filter(({ path }) => path.startsWith('/v1'));
const params = { sessionId: 'nobody', turnId: 'none', snapshotId: 'snap_none', path: 'x' };

const bodies: Record<string, unknown> = {
  chat: script('true'),
  updateSession: {},
  resume: { requestId: 'x', decision: 'deny' },
  interrupt: {},
  createSessionToken: { scopes: ['sessions:read'] },
  changeFiles: { operation: 'mkdir', path: 'x' },
};

describe('without a valid key', () => {
  it.each(routes)('$operationId is a 401 problem', async (route) => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      `Basic ${door.apiKey}`,
      `Bearer ${door.apiKey}x`,
      door.apiKey,
    ]) {
      const problem = await expectProblem(door, 'unauthorized', route, { params, headers: { authorization } });
      expect(problem.status).toBe(401);
    }
  });
});

describe('an unknown session', () => {
  it.each(routes.filter(({ path }) => path.includes('{sessionId}')))('$operationId is a 404 problem', async (route) => {
    const body = bodies[route.operationId];
    const problem = await expectProblem(door, 'session_not_found', route, {
      params,
      ...(body !== undefined && { body }),
    });
    expect(problem.status).toBe(404);
  });
});

describe('a bad request', () => {
  it('names the field', async () => {
    const { id: sessionId } = await createSession(door);
    const refused = async (route: (typeof routes)[number], body: unknown, path: string) => {
      const problem = await expectProblem(door, 'invalid_request', route, { params: { sessionId }, body });
      expect(problem.errors?.map((error) => error.path)).toContain(path);
    };
    await refused(gatewayRoutes.chat, {}, 'messages');
    await refused(gatewayRoutes.chat, { messages: [] }, 'messages');
    await refused(gatewayRoutes.chat, { messages: [{ role: 'assistant', content: 'x' }] }, 'messages.0.role');
    await refused(gatewayRoutes.chat, { ...script('x'), onBusy: 'wait' }, 'onBusy');
    await refused(gatewayRoutes.resume, { requestId: 'x', decision: 'maybe' }, 'decision');
    await refused(gatewayRoutes.createSession, { id: 'a/b' }, 'id');
    await refused(gatewayRoutes.createSession, { id: '..' }, 'id');
    await refused(gatewayRoutes.createSession, { agent: 'gpt' }, 'agent');
    await refused(gatewayRoutes.createSession, { env: { 'A-B': 'x' } }, 'env.A-B');
    await refused(gatewayRoutes.updateSession, { idleTimeoutSeconds: 1 }, 'idleTimeoutSeconds');
  });

  it('that is no JSON says so, whatever is wrong with it', async () => {
    const { id: sessionId } = await createSession(door);
    const as = (body: string, type: string) => ({ params: { sessionId }, body, headers: { 'content-type': type } });
    await expectProblem(door, 'malformed_json', gatewayRoutes.chat, as('{"messages": [', 'application/json'));
    await expectProblem(door, 'unsupported_media_type', gatewayRoutes.chat, as('{}', 'text/plain'));
    await expectProblem(
      door,
      'payload_too_large',
      gatewayRoutes.chat,
      as(`"${'x'.repeat(2_000_000)}"`, 'application/json'),
    );
  });

  it('to nowhere, or with another method, is a problem too', async () => {
    const ask = (method: string, path: string) =>
      fetch(`${door.url}${path}`, { method, headers: { authorization: `Bearer ${door.apiKey}` } });
    for (const [method, path, status] of [
      ['GET', '/nowhere', 404],
      ['GET', '/v1/nowhere', 404],
      ['PUT', '/v1/sessions', 405],
      ['DELETE', '/v1/sessions/x/chat', 405],
    ] as const) {
      const response = await ask(method, path);
      expect(response.status).toBe(status);
      expect(Problem.parse(await response.json()).status).toBe(status);
    }
    expect((await ask('PUT', '/v1/sessions')).headers.get('allow')).toMatch(/^(?=.*GET)(?=.*POST)/);
  });

  it('under a name that is not ours is refused (DNS rebinding)', async () => {
    const { request } = await import('node:http');
    const { port } = new URL(door.url);
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/health', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('a session’s id', () => {
  it('is taken once: the same body finds it, another is refused', async () => {
    const body = { id: `own-${crypto.randomUUID()}`, metadata: { a: '1' } };
    const options = { params: { sessionId: body.id } };
    await expectCall(door, 201, gatewayRoutes.createSession, { body });
    await expectCall(door, 200, gatewayRoutes.createSession, { body: { metadata: { a: '1' }, id: body.id } });
    await expectProblem(door, 'session_conflict', gatewayRoutes.createSession, { body: { ...body, metadata: {} } });
    await expectCall(door, 204, gatewayRoutes.deleteSession, options);
    await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, options);
    await expectCall(door, 204, gatewayRoutes.deleteSession, options);
    await expectProblem(door, 'session_deleted', gatewayRoutes.createSession, { body });
  });

  it('follows from the idempotency key where none is given', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const first = await expectCall<{ id: string }>(door, 201, gatewayRoutes.createSession, {
      body: { metadata: {} },
      headers,
    });
    const again = await expectCall<{ id: string }>(door, 200, gatewayRoutes.createSession, {
      body: { metadata: {} },
      headers,
    });
    expect(again.id).toBe(first.id);
    await expectProblem(door, 'idempotency_key_reused', gatewayRoutes.createSession, { body: {}, headers });
  });
});

describe('the list of sessions', () => {
  it('is paged, the newest first, and filtered by metadata', async () => {
    const project = crypto.randomUUID();
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await createSession(door, { metadata: { project } })).id);
    const query = { 'metadata[project]': project, limit: '2' };
    type List = { data: { id: string }[]; nextCursor: string | null; hasMore: boolean };
    const first = await expectCall<List>(door, 200, gatewayRoutes.listSessions, { query });
    const rest = await expectCall<List>(door, 200, gatewayRoutes.listSessions, {
      query: { ...query, after: first.nextCursor ?? '' },
    });
    expect(first.hasMore).toBe(true);
    expect(rest).toMatchObject({ hasMore: false, nextCursor: null });
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids.reverse());
    await expectProblem(door, 'invalid_request', gatewayRoutes.listSessions, { query: { after: 'x' } });
    const waiting = { 'metadata[project]': project, status: 'waiting' };
    expect(await expectCall(door, 200, gatewayRoutes.listSessions, { query: waiting })).toMatchObject({ data: [] });
  });
});
