import { gatewayRoutes, type NewKey, Problem, type SessionToken } from '@sandgate/api-spec';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, inject, it } from 'vitest';
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
  script,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const { createSessionToken, revokeSessionTokens, getSession } = gatewayRoutes;
const page = 'https://app.example.com';

let sessionId = '';
beforeAll(async () => {
  sessionId = (await createSession(door)).id;
});

async function tokenOf(id: string, body: object = {}): Promise<Door> {
  const { token } = await expectCall<SessionToken>(door, 201, createSessionToken, {
    params: { sessionId: id },
    body: { scopes: ['sessions:read'], ...body },
  });
  return { url: door.url, apiKey: token };
}

const params = () => ({ params: { sessionId } });

describe('a session token', () => {
  it('streams, answers and reads files, without the key of the account', async () => {
    const { id } = await createSession(door);
    const own = { params: { sessionId: id } };
    const user = await tokenOf(id, { scopes: ['sessions:read', 'turns:write', 'requests:write', 'files:read'] });
    const events = eventsOf(await chat(user, id, script('echo hello | tee hello.txt')));
    const [request] = only(await readUntil(events, 'permission.requested'), 'permission.requested');
    const body = { requestId: request?.requestId, decision: 'allow' };
    await expectCall(user, 200, gatewayRoutes.resume, { ...own, body });
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    const { response } = await call(user, gatewayRoutes.readFile, { params: { sessionId: id, path: 'hello.txt' } });
    expect(await response.text()).toBe('hello\n');
  });

  it('does not change the session, nor make tokens, and reaches nothing else of the account', async () => {
    const user = await tokenOf(sessionId, { scopes: ['sessions:read', 'turns:write'] });
    await expectCall(user, 200, getSession, params());
    const body = { permissionMode: 'bypass' };
    await expectProblem(user, 'insufficient_scope', gatewayRoutes.updateSession, { ...params(), body });
    await expectProblem(user, 'insufficient_scope', gatewayRoutes.deleteSession, params());
    await expectProblem(user, 'insufficient_scope', createSessionToken, {
      ...params(),
      body: { scopes: ['sessions:read'] },
    });
    await expectProblem(user, 'insufficient_scope', gatewayRoutes.listFiles, params());
    await expectProblem(user, 'insufficient_scope', gatewayRoutes.listSessions);
    const { id: other } = await createSession(door);
    await expectProblem(user, 'session_not_found', getSession, { params: { sessionId: other } });
  });

  it('may do no more than the key that makes it', async () => {
    const { key } = await expectCall<NewKey>(door, 201, gatewayRoutes.createKey, {
      body: { name: 'tokens', scopes: ['tokens:write', 'sessions:read'] },
    });
    const body = { scopes: ['sessions:read', 'files:read'] };
    await expectProblem({ ...door, apiKey: key }, 'insufficient_scope', createSessionToken, { ...params(), body });
  });

  it('ends when it is revoked, with what is streamed to it', async () => {
    const { id } = await createSession(door);
    const user = await tokenOf(id);
    const headers = { accept: 'text/event-stream' };
    const { response } = await call(user, gatewayRoutes.getEvents, { params: { sessionId: id }, headers });
    await expectCall(door, 204, revokeSessionTokens, { params: { sessionId: id } });
    await readAll(response);
    const problem = await expectProblem(user, 'unauthorized', getSession, { params: { sessionId: id } });
    expect(problem.reason).toBe('revoked');
    await expectCall(await tokenOf(id), 200, getSession, { params: { sessionId: id } });
  });

  it('ends at its time, with what is streamed to it', async () => {
    const user = await tokenOf(sessionId, { expiresInSeconds: 3 });
    const headers = { accept: 'text/event-stream' };
    const { response } = await call(user, gatewayRoutes.getEvents, { ...params(), headers });
    await readAll(response);
    expect((await expectProblem(user, 'unauthorized', getSession, params())).reason).toBe('expired');
  });

  it('ends with its session', async () => {
    const { id } = await createSession(door);
    const user = await tokenOf(id);
    await expectCall(door, 204, gatewayRoutes.deleteSession, { params: { sessionId: id } });
    await expectProblem(user, 'session_not_found', getSession, { params: { sessionId: id } });
  });

  it('that is forged or was changed is refused', async () => {
    const { apiKey: token } = await tokenOf(sessionId);
    const [header, payload = '', signature] = token.slice('sg_token_'.length).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
    const more = Buffer.from(JSON.stringify({ ...claims, scope: 'files:write' })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const [text, reason] of [
      [forged, 'wrong_signature'],
      [`${header}.${more}.${signature}`, 'wrong_signature'],
      [`${none}.${payload}.`, 'wrong_algorithm'],
      ['x', 'malformed'],
    ])
      expect(
        (await expectProblem({ ...door, apiKey: `sg_token_${text}` }, 'unauthorized', getSession, params())).reason,
      ).toBe(reason);
    // Without its prefix it is no key, and no token of an issuer.
    const bare = { ...door, apiKey: token.slice('sg_token_'.length) };
    expect((await expectProblem(bare, 'unauthorized', getSession, params())).reason).toBe('unknown');
  });
});

describe('in a browser', () => {
  const ask = (token: Door, origin: string, path = '') =>
    fetch(`${door.url}/v1/sessions/${sessionId}${path}`, {
      headers: { authorization: `Bearer ${token.apiKey}`, origin },
    });

  it('a page of an allowed origin may use it, and read refusals', async () => {
    const user = await tokenOf(sessionId, { allowedOrigins: [page] });
    for (const [path, status] of [
      ['', 200],
      ['/turns/none', 404],
    ] as const) {
      const response = await ask(user, page, path);
      expect(response.status).toBe(status);
      expect(response.headers.get('access-control-allow-origin')).toBe(page);
      expect(response.headers.get('access-control-expose-headers')).toContain('content-location');
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  it('a page of another origin may not, before anything is done; nor where none was named', async () => {
    for (const allowedOrigins of [[page], []]) {
      const user = await tokenOf(sessionId, { allowedOrigins });
      for (const origin of ['https://evil.example', `${page}.evil.example`, 'null', page.replace('https', 'http')]) {
        const response = await ask(user, origin);
        expect(Problem.parse(await response.json()).code).toBe('origin_not_allowed');
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
  });

  it('a key is shared with no page', async () => {
    const response = await ask(door, page);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('a page learns that its token is over', async () => {
    const user = await tokenOf(sessionId, { allowedOrigins: [page], expiresInSeconds: 1 });
    const refused = await eventually(async () => {
      const response = await ask(user, page);
      return response.status === 401 && response;
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('a preflight is answered where a token will do, and nowhere else', async () => {
    const preflight = (path: string, method: string) =>
      fetch(`${door.url}${path}`, {
        method: 'OPTIONS',
        headers: { origin: page, 'access-control-request-method': method },
      });
    const response = await preflight(`/v1/sessions/${sessionId}/chat`, 'POST');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization.*last-event-id/);
    for (const path of ['/v1/sessions', '/v1/keys', `/v1/sessions/${sessionId}/tokens`, '/v1/account'])
      expect((await preflight(path, 'POST')).ok).toBe(false);
  });
});
