import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditEntry,
  accessScopes,
  gatewayRoutes,
  type NewKey,
  type NewWebhook,
  type Session,
  type SessionToken,
} from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { createSession, type Door, eventually, expectCall, expectProblem } from './door.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-audit-'));
let issuer: Issuer;
let stack: Stack;
beforeAll(async () => {
  issuer = await startIssuer();
  stack = await startStack({ folder, engine: testEngine, vars: issuer.vars });
});
afterAll(async () => {
  await stack?.close();
  await issuer?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const { createKey, rotateKey, revokeKey, listAudit, deleteSession, updateSession } = gatewayRoutes;
const { createSessionToken, revokeSessionTokens, fork } = gatewayRoutes;
const { createWebhook, updateWebhook, deleteWebhook, rotateWebhookSecret } = gatewayRoutes;

type Page = { data: AuditEntry[]; hasMore: boolean; nextCursor: string | null };
const audit = (door: Door, query: Record<string, string> = {}) => expectCall<Page>(door, 200, listAudit, { query });

/** An account of its own, as an identity of the issuer. */
async function account(sub: string): Promise<Door> {
  return { url: stack.url, apiKey: await issuer.token({ sub, scope: accessScopes.join(' ') }) };
}

const makeKey = (door: Door, scopes: readonly string[] = ['sessions:read']) =>
  expectCall<NewKey>(door, 201, createKey, { body: { name: 'a name that is nobody else’s', scopes } });

/** What was done to it, the oldest first, once there is so much. */
const history = (door: Door, targetId: string, count: number) =>
  eventually(async () => {
    const { data } = await audit(door, { targetId });
    return data.length >= count && data.toReversed();
  });

describe('the audit log', () => {
  it('says who made, rotated and revoked a key, in which request, and nothing secret', async () => {
    const ada = await account('ada');
    const key = await makeKey(ada);
    const next = await expectCall<NewKey>(ada, 201, rotateKey, { params: { keyId: key.id } });
    await expectCall(ada, 204, revokeKey, { params: { keyId: key.id } });
    await expectCall(ada, 204, revokeKey, { params: { keyId: key.id } });
    const { data } = await audit(ada);
    expect(data.map(({ action, target }) => [action, target.id]).toReversed()).toEqual([
      ['createKey', key.id],
      ['rotateKey', key.id],
      ['revokeKey', key.id],
    ]);
    for (const entry of data) {
      expect(entry).toMatchObject({ outcome: 'succeeded', target: { type: 'key' } });
      expect(entry.actor).toMatchObject({ type: 'identity', subject: 'ada' });
      expect(entry.requestId).toMatch(/^req_/);
    }
    for (const secret of [key.key, next.key, key.name]) expect(JSON.stringify(data)).not.toContain(secret);
  });

  it('says what was done to a session, also in its end, by the names of what was set', async () => {
    const bob = await account('bob');
    const admin = await makeKey(bob, accessScopes);
    const door = { url: stack.url, apiKey: admin.key };
    const { id } = await createSession(door, { metadata: { secret: 'planted-77' } });
    const params = { sessionId: id };
    await expectCall(door, 200, updateSession, { params, body: { permissionMode: 'bypass' } });
    await expectCall(door, 201, createSessionToken, { params, body: { scopes: ['sessions:read'] } });
    await expectCall(door, 204, revokeSessionTokens, { params });
    const forked = await expectCall<Session>(door, 201, fork, { params });
    await expectCall(door, 204, deleteSession, { params });
    await expectCall(door, 204, deleteSession, { params });
    const entries = await history(bob, id, 5);
    expect(entries.map(({ action, fields }) => (fields ? [action, fields] : action))).toEqual([
      ['createSession', ['metadata']],
      ['updateSession', ['permissionMode']],
      'createSessionToken',
      'revokeSessionTokens',
      'deleteSession',
    ]);
    for (const { actor } of entries) expect(actor).toEqual({ type: 'key', id: admin.id });
    expect((await history(bob, forked.id, 1)).map(({ action }) => action)).toEqual(['fork']);
    expect(JSON.stringify(await audit(bob))).not.toContain('planted-77');
  });

  it('says what was done to a webhook, and nothing of where it leads', async () => {
    const door = await account('hal');
    const options = {
      body: { url: 'https://planted-78.example.org/', events: ['turn.completed'] },
      headers: { 'idempotency-key': 'once' },
    };
    const { id, secret } = await expectCall<NewWebhook>(door, 201, createWebhook, options);
    await expectProblem(door, 'webhook_secret_shown_already', createWebhook, options);
    const params = { webhookId: id };
    await expectCall(door, 200, updateWebhook, { params, body: { description: 'planted-79', status: 'disabled' } });
    const rotated = await expectCall<NewWebhook>(door, 201, rotateWebhookSecret, { params });
    await expectCall(door, 204, deleteWebhook, { params });
    await expectProblem(door, 'webhook_not_found', deleteWebhook, { params });
    const entries = await history(door, id, 5);
    expect(entries.map(({ action, fields, code }) => [action, fields ?? code])).toEqual([
      ['createWebhook', undefined],
      ['updateWebhook', ['description', 'status']],
      ['rotateWebhookSecret', undefined],
      ['deleteWebhook', undefined],
      ['deleteWebhook', 'webhook_not_found'],
    ]);
    for (const { actor, target } of entries) {
      expect(actor).toMatchObject({ type: 'identity', subject: 'hal' });
      expect(target).toEqual({ type: 'webhook', id });
    }
    for (const planted of [secret, rotated.secret, 'planted-7']) expect(JSON.stringify(entries)).not.toContain(planted);
  });

  it('tells a token of a session from a key', async () => {
    const door = await account('ida');
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    const { token } = await expectCall<SessionToken>(door, 201, createSessionToken, {
      params,
      body: { scopes: ['sessions:read'] },
    });
    await expectProblem({ ...door, apiKey: token }, 'insufficient_scope', deleteSession, { params });
    const [refused] = await eventually(async () => {
      const { data } = await audit(door, { action: 'deleteSession' });
      return data.length > 0 && data;
    });
    expect(refused).toMatchObject({ actor: { type: 'sessionToken', id: sessionId }, outcome: 'refused' });
  });

  it('says that a session came to its end by itself', async () => {
    const door = await account('cleo');
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const { id } = await createSession(door, { expiresAt });
    const [, ended] = await history(door, id, 2);
    expect(ended).toMatchObject({ action: 'expireSession', actor: { type: 'gateway' } });
  });

  it('says who was refused, so often as to fill nothing, in his own account', async () => {
    const dora = await account('dora');
    const weak = await makeKey(dora);
    const door = { url: stack.url, apiKey: weak.key };
    const { id: sessionId } = await createSession(dora);
    const eve = await account('eve');
    await expectProblem(eve, 'session_not_found', deleteSession, { params: { sessionId } });
    for (let time = 0; time < 25; time += 1)
      await expectProblem(door, 'insufficient_scope', revokeKey, { params: { keyId: weak.id } });
    const refused = await eventually(async () => {
      const { data } = await audit(dora, { actorId: weak.id });
      return data.length >= 20 && data;
    });
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({
      action: 'revokeKey',
      actor: { type: 'key', id: weak.id },
      target: { type: 'key', id: weak.id },
      outcome: 'refused',
      code: 'insufficient_scope',
    });
    const [of] = await history(eve, sessionId, 1);
    expect(of).toMatchObject({ action: 'deleteSession', outcome: 'refused', code: 'session_not_found' });
    expect((await audit(dora, { action: 'deleteSession' })).data).toEqual([]);
  });

  it('keeps no credential that was put where an id belongs', async () => {
    const door = await account('fay');
    const { key } = await makeKey(door);
    await expectProblem(door, 'key_not_found', revokeKey, { params: { keyId: key } });
    await expectProblem(door, 'session_not_found', deleteSession, { params: { sessionId: key } });
    const { data } = await eventually(async () => {
      const page = await audit(door);
      return page.data.length === 3 && page;
    });
    expect(JSON.stringify(data)).not.toContain(key);
  });

  it('is read in pages, by time, and with its own scope only', async () => {
    const door = await account('gil');
    const keys = [await makeKey(door), await makeKey(door), await makeKey(door, ['audit:read'])];
    const first = await audit(door, { limit: '2' });
    const second = await audit(door, { limit: '2', after: first.nextCursor as string });
    expect([...first.data, ...second.data].map(({ target }) => target.id)).toEqual(
      keys.map(({ id }) => id).toReversed(),
    );
    expect(second.hasMore).toBe(false);
    const { at } = first.data[1] as AuditEntry;
    expect((await audit(door, { since: at })).data).toEqual(first.data);
    expect((await audit(door, { until: at })).data).toEqual(second.data);
    await expectProblem(door, 'invalid_request', listAudit, { query: { after: 'x' } });
    await expectProblem({ ...door, apiKey: keys[0]?.key as string }, 'insufficient_scope', listAudit);
    await expectCall({ ...door, apiKey: keys[2]?.key as string }, 200, listAudit);
  });

  it('begins with the key that is configured', async () => {
    const { id } = await makeKey(stack); // With the first request: it makes two.
    const [made, configured] = (await audit(stack, { action: 'createKey' })).data.slice(-2);
    expect(made).toMatchObject({ actor: { type: 'key', id: configured?.target.id }, target: { id } });
    expect(configured).toMatchObject({ actor: { type: 'gateway' }, requestId: made?.requestId });
  });

  it('is only added to: what is there is neither changed nor taken away', async () => {
    await audit(stack);
    const database = await stack.workers.getD1Database('DB');
    for (const sql of ["UPDATE audit SET action = 'x'", 'DELETE FROM audit'])
      await expect(database.prepare(sql).run()).rejects.toThrow('append-only');
    await database
      .prepare(
        `INSERT INTO audit (id, account_id, at, action, actor_type, target_type)
         VALUES ('audit_old', 'acct_first', '2020-01-01T00:00:00.000Z', 'createKey', 'gateway', 'key')`,
      )
      .run();
    const ids = (await audit(stack, { limit: '1000' })).data.map(({ id }) => id);
    expect(ids).not.toContain('audit_old');
    await makeKey(stack); // What is too old leaves with the next entry.
    const left = await database.prepare("SELECT 1 FROM audit WHERE id = 'audit_old'").all();
    expect(left.results).toEqual([]);
  });
});
