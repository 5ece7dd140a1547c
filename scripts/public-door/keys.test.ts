import { type Account, accessScopes, gatewayRoutes, type Key, type NewKey } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import {
  call,
  createSession,
  type Door,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  readAll,
  readUntil,
  run,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const { createKey, listKeys, getKey, rotateKey, revokeKey, getAccount, listSessions } = gatewayRoutes;

const withKey = (apiKey: string): Door => ({ url: door.url, apiKey });

function makeKey(body: object = {}, as: Door = door): Promise<NewKey> {
  return expectCall(as, 201, createKey, { body: { name: 'a test', scopes: ['sessions:read'], ...body } });
}

const isRefused = async (key: string) =>
  (await fetch(`${door.url}/v1/sessions`, { headers: bearer(key) })).status === 401;

async function reasonOf(apiKey: string): Promise<string | undefined> {
  return (await expectProblem(withKey(apiKey), 'unauthorized', listSessions)).reason;
}

describe('a key', () => {
  it('is shown once, and opens what its scopes say', async () => {
    const { key, ...made } = await makeKey();
    expect(key).toMatch(/^sg_live_[0-9A-Za-z]{49}$/);
    expect(await expectCall(door, 200, getKey, { params: { keyId: made.id } })).toEqual(made);
    await expectCall(withKey(key), 200, listSessions);
    await expectProblem(withKey(key), 'insufficient_scope', gatewayRoutes.createSession, { body: {} });
    const page = await expectCall<{ data: Key[] }>(door, 200, listKeys);
    expect(page.data.map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(page)).not.toContain(key);
  });

  it('says when it was last used', async () => {
    const { id, key, lastUsedAt } = await makeKey();
    expect(lastUsedAt).toBeUndefined();
    await expectCall(withKey(key), 200, listSessions);
    await eventually(async () => (await expectCall<Key>(door, 200, getKey, { params: { keyId: id } })).lastUsedAt);
  });

  it('makes none that may do more than itself, and rotates none that may', async () => {
    const admin = withKey((await makeKey({ scopes: ['keys:admin', 'sessions:read'] })).key);
    const less = await makeKey({ scopes: ['sessions:read'] }, admin);
    await expectCall(admin, 201, rotateKey, { params: { keyId: less.id } });
    const more = await makeKey({ scopes: ['files:read'] });
    const options = { body: { name: 'more', scopes: ['files:read'] } };
    await expectProblem(admin, 'insufficient_scope', createKey, options);
    await expectProblem(admin, 'insufficient_scope', rotateKey, { params: { keyId: more.id } });
    await expectCall(withKey(more.key), 404, gatewayRoutes.listFiles, { params: { sessionId: 'nobody' } });
  });

  it('is made once for an idempotency key', async () => {
    const options = {
      body: { name: 'once', scopes: ['sessions:read'] },
      headers: { 'idempotency-key': crypto.randomUUID() },
    };
    const { id } = await expectCall<NewKey>(door, 201, createKey, options);
    const problem = await expectProblem(door, 'key_shown_already', createKey, options);
    expect(problem.link).toBe(`/v1/keys/${id}`);
  });

  it('ends when it is revoked, within five seconds', async () => {
    const { id, key } = await makeKey();
    await expectCall(withKey(key), 200, listSessions);
    await expectCall(door, 204, revokeKey, { params: { keyId: id } });
    const revokedAt = Date.now();
    let lastTakenAt = revokedAt;
    await eventually(async () => {
      const askedAt = Date.now();
      if (await isRefused(key)) return true;
      lastTakenAt = askedAt;
      return false;
    });
    expect(lastTakenAt - revokedAt).toBeLessThan(5000);
    expect(await reasonOf(key)).toBe('revoked');
    await expectProblem(door, 'key_not_found', getKey, { params: { keyId: id } });
    await expectCall(door, 204, revokeKey, { params: { keyId: id } });
  });

  it('ends at its time', async () => {
    const time = Date.now() + 5000;
    const { key } = await makeKey({ expiresAt: new Date(time).toISOString() });
    await eventually(() => isRefused(key));
    expect(Date.now()).toBeGreaterThanOrEqual(time); // And not before.
    expect(await reasonOf(key)).toBe('expired');
  });

  it('takes with it what is streamed to it, and no other stream', async () => {
    const [{ id: keyId, key }, { key: other }] = [await makeKey(), await makeKey()];
    const { id: sessionId } = await createSession(door);
    const follow = async (apiKey: string) =>
      (
        await call(withKey(apiKey), gatewayRoutes.getEvents, {
          params: { sessionId },
          headers: { accept: 'text/event-stream' },
        })
      ).response;
    const [own, others] = [await follow(key), await follow(other)];
    await expectCall(door, 204, revokeKey, { params: { keyId } });
    await readAll(own);
    await run(door, sessionId, 'echo still there');
    const events = eventsOf(others);
    expect(await readUntil(events, 'complete')).not.toEqual([]);
    await events.return(undefined);
  });

  it('gives way to another when it is rotated, and stays for as long as was asked', async () => {
    const old = await makeKey();
    const rotated = await expectCall<NewKey>(door, 201, rotateKey, {
      params: { keyId: old.id },
      body: { overlapSeconds: 600 },
    });
    expect(rotated).toMatchObject({ name: old.name, scopes: old.scopes });
    for (const { key } of [old, rotated]) await expectCall(withKey(key), 200, listSessions);
    const { expiresAt = '' } = await expectCall<Key>(door, 200, getKey, { params: { keyId: old.id } });
    expect(Date.parse(expiresAt) - Date.parse(rotated.createdAt)).toBeGreaterThan(599_000);

    await expectCall(door, 201, rotateKey, { params: { keyId: old.id }, body: { overlapSeconds: 0 } });
    await eventually(() => isRefused(old.key));
    expect(await reasonOf(old.key)).toBe('expired');
  });

  it('that is none is refused with a reason', async () => {
    const { key } = await makeKey();
    const last = key.endsWith('0') ? '1' : '0';
    expect(await reasonOf(key.slice(0, -1) + last)).toBe('malformed');
    expect(await reasonOf('anything-else-of-some-length')).toBe('unknown');
    const response = await fetch(`${door.url}/v1/sessions`);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthorized', reason: 'missing' });
  });

  it('tells by WWW-Authenticate what is wrong with it (RFC 6750, section 3.1)', async () => {
    const { key } = await makeKey();
    const unknown = await fetch(`${door.url}/v1/sessions`, { headers: bearer('anything-else-of-some-length') });
    expect(unknown.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    const lacking = await fetch(`${door.url}/v1/keys`, { headers: bearer(key) });
    expect(lacking.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="keys:admin"');
  });

  it('that is configured may do everything', async () => {
    const [first] = (await expectCall<{ data: Key[] }>(door, 200, listKeys, { query: { limit: '1000' } })).data.slice(
      -1,
    );
    expect(first).toMatchObject({ name: 'configured', scopes: accessScopes });
  });
});

describe('the list of keys', () => {
  it('is paged, the newest first', async () => {
    const made = [await makeKey(), await makeKey()].map(({ id }) => id);
    type List = { data: Key[]; nextCursor: string };
    const first = await expectCall<List>(door, 200, listKeys, { query: { limit: '1' } });
    const second = await expectCall<List>(door, 200, listKeys, { query: { limit: '1', after: first.nextCursor } });
    const all = await expectCall<List>(door, 200, listKeys);
    expect([...first.data, ...second.data].map(({ id }) => id)).toHaveLength(2);
    expect(all.data.map(({ id }) => id)).toEqual(expect.arrayContaining(made));
    await expectProblem(door, 'invalid_request', listKeys, { query: { after: 'x' } });
  });
});

describe('a bad request for a key', () => {
  it('names the field', async () => {
    const refused = async (body: object, path: string) => {
      const problem = await expectProblem(door, 'invalid_request', createKey, { body });
      expect(problem.errors?.map((error) => error.path)).toContain(path);
    };
    const scopes = ['sessions:read'];
    await refused({ scopes }, 'name');
    await refused({ name: 'x', scopes: [] }, 'scopes');
    await refused({ name: 'x', scopes: ['all'] }, 'scopes.0');
    await refused({ name: 'x', scopes: [...scopes, ...scopes] }, 'scopes');
    await refused({ name: 'x', scopes, expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt');
  });
});

it('the account says what it may have, and what it has', async () => {
  await createSession(door);
  await makeKey();
  const after = await expectCall<Account>(door, 200, getAccount);
  // Others delete theirs meanwhile.
  expect(after.usage.sessions).toBeGreaterThan(0);
  expect(after.usage.keys).toBeGreaterThan(0);
  expect(after.limits.keys).toBe(100);
});

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}
