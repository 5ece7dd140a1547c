import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditEntry,
  gatewayRoutes,
  type NewWebhook,
  type SessionSummary,
  type Turn,
  type Webhook,
  type WebhookDelivery,
} from '@sandgate/api-spec';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../dev/free-port.ts';
import { type Stack, type StackOptions, startStack } from '../dev/stack.ts';
import { createSession, type Door, eventually, expectCall, expectProblem, run, script } from './door.ts';
import { Internet } from './internet.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { Listener } from './listener.ts';
import { Receiver, verify } from './receiver.ts';
import { testEngine } from './test-engine.ts';

const { createWebhook, getWebhook, listWebhooks, updateWebhook, deleteWebhook, rotateWebhookSecret } = gatewayRoutes;
const { testWebhook, listWebhookDeliveries, redeliverWebhook, listAudit } = gatewayRoutes;
const all = ['permission.requested', 'turn.completed', 'session.expired'];

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sandgate-webhooks-'));
let issuer: Issuer;
let stack: Stack;
let receiver: Receiver;
const internet = new Internet();
let accounts = 0;

const begin = (options: Partial<StackOptions> = {}) =>
  startStack({
    folder,
    engine: testEngine,
    ...options,
    vars: { ...issuer.vars, WEBHOOK_RETRY_SECONDS: '1,1', ...options.vars },
  });

beforeAll(async () => {
  issuer = await startIssuer();
  stack = await begin();
});
afterAll(async () => {
  await stack?.close();
  await issuer?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver[Symbol.asyncDispose]());

/** The door of an account of its own: what is told to one test is told to no other. */
async function account(): Promise<Door> {
  const scope = 'sessions:read sessions:write turns:write requests:write webhooks:admin audit:read';
  return {
    url: stack.url,
    apiKey: await issuer.token({ sub: `account-${++accounts}`, scope, exp: Math.floor(Date.now() / 1000) + 3600 }),
  };
}

const make = (door: Door, body: object = {}) =>
  expectCall<NewWebhook>(door, 201, createWebhook, { body: { url: receiver.url, events: all, ...body } });
const of = ({ id: webhookId }: Webhook) => ({ params: { webhookId } });
const deliveries = async (door: Door, webhook: Webhook) =>
  (await expectCall<{ data: WebhookDelivery[] }>(door, 200, listWebhookDeliveries, of(webhook))).data;
const current = (door: Door, webhook: Webhook) => expectCall<Webhook>(door, 200, getWebhook, of(webhook));
/** The one delivery there is, once it is no longer pending. */
const settledDelivery = (door: Door, webhook: Webhook) =>
  eventually(async () => (await deliveries(door, webhook)).find(({ status }) => status !== 'pending'), 30_000);

async function turnIn(door: Door): Promise<Turn> {
  const { id } = await createSession(door);
  return run(door, id, 'echo done');
}

/** Soon, and later than any machine takes to hear of it. */
const soon = () => new Date(Date.now() + 4000).toISOString();

/** Has a session expire, which needs no sandbox, and answers its id once that has happened. */
async function expire(door: Door): Promise<string> {
  const { id } = await createSession(door, { expiresAt: soon() });
  await eventually(async () => {
    const { data } = await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions);
    return data.every((session) => session.id !== id);
  }, 30_000);
  return id;
}

describe('a webhook', () => {
  it('is told of a turn that is complete, signed, once, and of nothing that was said', async () => {
    const door = await account();
    const webhook = await make(door);
    expect(webhook.secret).toMatch(/^whsec_/);
    const { id: sessionId } = await createSession(door);
    const turn = await run(door, sessionId, 'echo planted-text');
    const [received] = await receiver.until('turn.completed');
    if (!received) throw new Error('nothing');
    expect(verify(received, webhook.secret)).toEqual({
      id: received.headers['webhook-id'],
      type: 'turn.completed',
      createdAt: turn.completedAt,
      data: { sessionId, turnId: turn.id, stopReason: 'end_turn' },
    });
    expect(received.headers['content-type']).toBe('application/json');
    expect(() => verify({ ...received, body: received.body.replace('end_turn', 'refusal') }, webhook.secret)).toThrow();
    expect(received.body).not.toContain('planted-text');
    expect(await settledDelivery(door, webhook)).toMatchObject({
      id: received.event.id,
      status: 'delivered',
      attempts: [{ statusCode: 200 }],
    });
    expect(receiver.received).toHaveLength(1);
  });

  it('is told of a request, which is listed and answered then, and of the end of a session', async () => {
    const door = await account();
    const webhook = await make(door);
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    await expectCall(door, 202, gatewayRoutes.chat, {
      params,
      body: script('echo secret-of-the-turn'),
      headers: { prefer: 'respond-async' },
    });
    const [asked] = await receiver.until('permission.requested');
    if (asked?.event.type !== 'permission.requested') throw new Error('another type');
    const { requestId, ...data } = asked.event.data;
    expect(data).toMatchObject({ sessionId, kind: 'permission', tool: 'shell' });
    expect(asked.body).not.toContain('secret-of-the-turn');
    const listed = await eventually(async () => {
      const page = await expectCall<{ data: object[] }>(door, 200, gatewayRoutes.listAccountRequests);
      return page.data[0];
    });
    expect(listed).toMatchObject({ sessionId, requestId, input: { script: 'echo secret-of-the-turn' } });
    await expectCall(door, 200, gatewayRoutes.resume, { params, body: { requestId, decision: 'allow' } });
    await receiver.until('turn.completed');
    await eventually(async () => (await deliveries(door, webhook))[0]?.status === 'delivered');
    const body = { expiresAt: soon() };
    await expectCall(door, 200, gatewayRoutes.updateSession, { params, body });
    const [expired] = await receiver.until('session.expired');
    if (!expired) throw new Error('nothing');
    expect(verify(expired, webhook.secret)).toMatchObject({ data: { sessionId } });
    await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, { params });
    await eventually(async () => (await deliveries(door, webhook)).every(({ status }) => status === 'delivered'));
    expect((await deliveries(door, webhook)).map(({ type }) => type)).toEqual([
      'session.expired',
      'turn.completed',
      'permission.requested',
    ]);
  });

  it('is told only of what it asked for, and of nothing that was before it', async () => {
    const door = await account();
    await expire(door);
    const [webhook, other] = [await make(door), await make(door, { events: ['turn.completed'] })];
    const second = await expire(door);
    const [received] = await receiver.until('session.expired');
    expect(received?.event.data).toEqual({ sessionId: second });
    await expectCall(door, 200, updateWebhook, { ...of(other), body: { events: ['session.expired'] } });
    await expire(door);
    await receiver.until('session.expired', 3);
    await eventually(async () => (await deliveries(door, other)).length === 1);
    expect(await deliveries(door, webhook)).toHaveLength(2);
  });

  it('gets the same event under the same id until it takes it', async () => {
    receiver.answers = [500, 302, 200];
    const door = await account();
    const webhook = await make(door);
    await expire(door);
    const received = await receiver.until('session.expired', 3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    for (const each of received) verify(each, webhook.secret);
    const delivery = await settledDelivery(door, webhook);
    expect(delivery).toMatchObject({ status: 'delivered' });
    expect(delivery.attempts.map(({ statusCode }) => statusCode)).toEqual([500, 302, 200]);
    expect(receiver.received).toHaveLength(3); // Nobody followed the redirect.
    expect(await current(door, webhook)).toMatchObject({ status: 'enabled' });
  });

  it('is disabled when an event was given up and none had arrived, and enabled again', async () => {
    receiver.answers = [503];
    const door = await account();
    const webhook = await make(door);
    await expire(door);
    const failed = await settledDelivery(door, webhook);
    expect(failed).toMatchObject({ status: 'failed', attempts: [{}, {}, {}] });
    await eventually(async () => (await current(door, webhook)).disabledReason === 'failing');
    await expire(door);
    receiver.answers = [200];
    const enabled = await expectCall<Webhook>(door, 200, updateWebhook, {
      ...of(webhook),
      body: { status: 'enabled' },
    });
    expect(enabled).not.toHaveProperty('disabledReason');
    const params = { webhookId: webhook.id, deliveryId: failed.id };
    const again = await expectCall<WebhookDelivery>(door, 200, redeliverWebhook, { params });
    expect(again).toMatchObject({ id: failed.id, status: 'delivered', attempts: [{}, {}, {}, { statusCode: 200 }] });
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(failed.id);
    const sessionId = await expire(door);
    // What happened while it was disabled is not told of.
    const told = (await receiver.until('session.expired', 5)).map(({ event }) => event.data);
    expect(told.at(-1)).toMatchObject({ sessionId });
    expect(await deliveries(door, webhook)).toHaveLength(2);
  });

  it('is disabled by a 410, and what is pending is sent no more', async () => {
    receiver.answers = [500, 410];
    const door = await account();
    const webhook = await make(door);
    await expire(door);
    await eventually(async () => (await current(door, webhook)).disabledReason === 'gone');
    expect((await settledDelivery(door, webhook)).status).not.toBe('delivered');
    await expire(door);
    const asked = await expectCall<Webhook>(door, 200, updateWebhook, { ...of(webhook), body: { status: 'disabled' } });
    expect(asked).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect(receiver.received).toHaveLength(2);
    const query = { targetId: webhook.id, action: 'updateWebhook' };
    const { data } = await expectCall<{ data: AuditEntry[] }>(door, 200, listAudit, { query });
    expect(data.map(({ actor, fields }) => [actor.type, fields])).toEqual([
      ['identity', ['status']],
      ['gateway', ['status']],
    ]);
  });

  it('is tested when it is asked for, also where it is disabled or nobody answers', async () => {
    const door = await account();
    const webhook = await make(door);
    await expectCall(door, 200, updateWebhook, { ...of(webhook), body: { status: 'disabled' } });
    const good = await expectCall<WebhookDelivery>(door, 200, testWebhook, of(webhook));
    expect(good).toMatchObject({ type: 'webhook.test', status: 'delivered', attempts: [{ statusCode: 200 }] });
    const [received] = receiver.of('webhook.test');
    expect(received && verify(received, webhook.secret)).toMatchObject({ data: { webhookId: webhook.id } });
    receiver.answers = [404];
    expect(await expectCall(door, 200, testWebhook, of(webhook))).toMatchObject({ status: 'failed' });
    receiver.answers = [0];
    const silent = await expectCall<WebhookDelivery>(door, 200, testWebhook, of(webhook));
    expect(silent.attempts).toEqual([{ at: expect.any(String), error: 'No answer within 10 s.' }]);
    expect(await deliveries(door, webhook)).toHaveLength(3);
  });

  it('that is deleted is sent nothing more', async () => {
    receiver.answers = [500];
    const door = await account();
    const [webhook, other] = [await make(door), await make(door)];
    await expire(door);
    await receiver.until('session.expired', 2);
    await expectCall(door, 204, deleteWebhook, of(webhook));
    const sent = receiver.to(webhook.secret).length;
    await expectProblem(door, 'webhook_not_found', deleteWebhook, of(webhook));
    await expectProblem(door, 'webhook_not_found', listWebhookDeliveries, of(webhook));
    const delivery = await settledDelivery(door, other);
    expect(delivery.attempts).toHaveLength(3);
    expect(receiver.to(other.secret)).toHaveLength(3);
    expect(receiver.to(webhook.secret).length).toBeLessThanOrEqual(sent + 1); // One may have been on its way.
  });

  it('is told nothing more of a session that is deleted', async () => {
    receiver.answers = [0]; // What it is told first, it hears for ten seconds.
    const door = await account();
    const webhook = await make(door);
    const { sessionId } = await turnIn(door);
    await receiver.until('turn.completed');
    await expectCall(door, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
    expect(await settledDelivery(door, webhook)).toMatchObject({ status: 'cancelled' });
    const delivery = await eventually(async () => {
      const [cancelled] = await deliveries(door, webhook);
      return cancelled?.attempts.length && cancelled;
    });
    expect(delivery).toMatchObject({ status: 'cancelled', attempts: [{ error: 'No answer within 10 s.' }] });
    expect(delivery).not.toHaveProperty('nextAttemptAt');
    expect(await current(door, webhook)).toMatchObject({ status: 'enabled' });
  });
});

describe('a secret', () => {
  it('signs together with the one before it for as long as that shall be good', async () => {
    const door = await account();
    const webhook = await make(door);
    const rotated = await expectCall<NewWebhook>(door, 201, rotateWebhookSecret, of(webhook));
    expect(rotated).toMatchObject({ id: webhook.id, secret: expect.stringMatching(/^whsec_/) });
    expect(rotated.secret).not.toBe(webhook.secret);
    await expectCall(door, 200, testWebhook, of(webhook));
    const [both] = receiver.of('webhook.test');
    for (const { secret } of [webhook, rotated]) expect(both && verify(both, secret)).toBeDefined();
    const body = { overlapSeconds: 0 };
    const last = await expectCall<NewWebhook>(door, 201, rotateWebhookSecret, { ...of(webhook), body });
    await expectCall(door, 200, testWebhook, of(webhook));
    const one = receiver.of('webhook.test')[1];
    if (!one) throw new Error('nothing');
    verify(one, last.secret);
    for (const { secret } of [webhook, rotated]) expect(() => verify(one, secret)).toThrow('No matching signature');
  });

  it('is shown once, made once for an idempotency key, and no file holds it', async () => {
    const door = await account();
    const options = {
      body: { url: receiver.url, events: all, description: 'mine' },
      headers: { 'idempotency-key': crypto.randomUUID() },
    };
    const { secret, ...webhook } = await expectCall<NewWebhook>(door, 201, createWebhook, options);
    const repeat = await expectProblem(door, 'webhook_secret_shown_already', createWebhook, options);
    expect(repeat.link).toBe(`/v1/webhooks/${webhook.id}`);
    expect(await current(door, webhook)).toEqual(webhook);
    const again = { ...of(webhook), headers: options.headers };
    await expectProblem(door, 'webhook_secret_shown_already', rotateWebhookSecret, again);
    const rotation = { ...of(webhook), headers: { 'idempotency-key': crypto.randomUUID() } };
    await expectCall(door, 201, rotateWebhookSecret, rotation);
    await expectProblem(door, 'webhook_secret_shown_already', rotateWebhookSecret, rotation);
    for (let count = 2; count < 5; count += 1) await expectCall(door, 201, rotateWebhookSecret, of(webhook));
    await expectProblem(door, 'webhook_secret_limit_reached', rotateWebhookSecret, of(webhook));
    await expectCall(door, 200, testWebhook, of(webhook));
    const [first] = receiver.of('webhook.test');
    expect(first && verify(first, secret)).toBeDefined(); // Nothing that was refused has ended it.
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (/sqlite/.test(name))
        expect(readFileSync(join(folder, name)).includes(secret.slice('whsec_'.length)), name).toBe(false);
  });
});

describe('another account', () => {
  it('finds none of it, and is told nothing', async () => {
    const [door, stranger] = [await account(), await account()];
    const webhook = await make(door);
    const asking = await createSession(door);
    await expectCall(door, 202, gatewayRoutes.chat, {
      params: { sessionId: asking.id },
      body: script('echo mine'),
      headers: { prefer: 'respond-async' },
    });
    const requestsOf = async (whose: Door) =>
      (await expectCall<{ data: unknown[] }>(whose, 200, gatewayRoutes.listAccountRequests)).data;
    await eventually(async () => (await requestsOf(door)).length === 1);
    expect(await requestsOf(stranger)).toEqual([]);
    await receiver.until('permission.requested');
    await expire(stranger);
    await expire(door);
    await receiver.until('session.expired');
    const delivery = await settledDelivery(door, webhook);
    const params = { webhookId: webhook.id, deliveryId: delivery.id };
    const before = receiver.received.length;
    const routes = [getWebhook, deleteWebhook, rotateWebhookSecret, testWebhook, listWebhookDeliveries];
    for (const route of [...routes, redeliverWebhook])
      await expectProblem(stranger, 'webhook_not_found', route, { params });
    await expectProblem(stranger, 'webhook_not_found', updateWebhook, { params, body: { status: 'disabled' } });
    expect(await expectCall(stranger, 200, listWebhooks)).toMatchObject({ data: [] });
    const missing = { params: { ...params, deliveryId: 'evt_none' } };
    await expectProblem(door, 'webhook_delivery_not_found', redeliverWebhook, missing);
    expect(receiver.received).toHaveLength(before);
    expect(await current(door, webhook)).toMatchObject({ status: 'enabled' });
  });

  it('may have twenty, in pages', async () => {
    const door = await account();
    for (let count = 0; count < 20; count += 1) await make(door);
    await expectProblem(door, 'webhook_limit_reached', createWebhook, { body: { url: receiver.url, events: all } });
    const ids = new Set<string>();
    for (let after: string | null = ''; after !== null; ) {
      const query: Record<string, string> = { limit: '7', ...(after && { after }) };
      const page: { data: Webhook[]; nextCursor: string | null } = await expectCall(door, 200, listWebhooks, { query });
      for (const { id } of page.data) ids.add(id);
      after = page.nextCursor;
    }
    expect(ids.size).toBe(20);
  });
});

describe('no request', () => {
  const listener = new Listener();
  beforeAll(() => listener.start());
  afterAll(() => listener.stop());

  it('goes to an address, or to a name that is none of the internet', async () => {
    const door = await account();
    const { address, port } = listener;
    const hosts = [`${address}:${port}`, `localhost:${port}`, '[::1]', '169.254.169.254', '2130706433', 'a.internal'];
    for (const url of [
      ...hosts.map((host) => `https://${host}/`),
      `http://${address}:${port}/`,
      'http://example.com/',
    ]) {
      const body = { url, events: all };
      const problem = await expectProblem(door, 'invalid_request', createWebhook, { body });
      expect(problem.errors).toMatchObject([{ path: 'url' }]);
      const webhook = await make(door);
      await expectProblem(door, 'invalid_request', updateWebhook, { ...of(webhook), body: { url } });
      await expectCall(door, 204, deleteWebhook, of(webhook));
    }
    expect(listener.heard).toBe('');
  });

  it('gets through the network service to this machine by a name that stands for it', async () => {
    const { OUTBOUND } = await stack.workers.getBindings<{ OUTBOUND: { fetch: typeof fetch } }>();
    for (const host of ['127.0.0.1', 'localhost', hostname()])
      await expect(OUTBOUND.fetch(`http://${host}:${listener.port}/`), host).rejects.toThrow();
    connect(listener.port, 'localhost').end('by another way');
    await eventually(async () => listener.heard !== '');
    expect(listener.heard).toBe('by another way');
    const door = await account();
    const webhook = await make(door, { url: 'https://nobody.example.com/' });
    const delivery = await expectCall<WebhookDelivery>(door, 200, testWebhook, of(webhook));
    expect(delivery).toMatchObject({
      status: 'failed',
      attempts: [{ error: expect.stringContaining('nothing public') }],
    });
  });
});

describe('a Queue that loses its messages', { timeout: 120_000 }, () => {
  it('is handed another, and the event arrives once', async () => {
    await stack.close();
    stack = await begin({ losesMessages: true });
    const door = await account();
    const webhook = await make(door);
    const sessionId = await expire(door);
    await eventually(async () => (await deliveries(door, webhook))[0]?.status === 'pending');
    await stack.close();
    stack = await begin({ onWorkers: internet.takePlace });
    const [received] = await receiver.until('session.expired');
    expect(received?.event.data).toEqual({ sessionId });
    const after = { ...door, url: stack.url };
    expect(await settledDelivery(after, webhook)).toMatchObject({ status: 'delivered', attempts: [{}] });
    expect(receiver.received).toHaveLength(1);
  });
});

describe('the receiver of docs/webhooks.md', () => {
  it('takes what is signed, once, and nothing else', async () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/webhooks.md'), 'utf8')) ?? [];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const door = await account();
    const webhook = await make(door, { url, events: ['turn.completed'] });
    const program = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      env: { ...process.env, WEBHOOK_SECRET: webhook.secret, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      program.stdout.on('data', (data) => (said += data));
      await eventually(() =>
        fetch(url, { method: 'POST', body: '{}' }).then(
          ({ status }) => status === 400,
          () => false,
        ),
      );
      const turn = await turnIn(door);
      const { id: deliveryId } = await settledDelivery(door, webhook);
      const params = { webhookId: webhook.id, deliveryId };
      const again = await expectCall<WebhookDelivery>(door, 200, redeliverWebhook, { params });
      expect(again.attempts.map(({ statusCode }) => statusCode)).toEqual([204, 204]);
      expect(said).toBe(`${turn.id} is over: end_turn\n`);
    } finally {
      program.kill('SIGKILL');
    }
  });
});

/** The stack that began last has another internet. */
describe('what leaves', () => {
  it('goes through the network service alone, and follows nothing', async () => {
    const door = await account();
    const webhook = await make(door, { url: 'https://hooks.example.com/redirect' });
    const delivery = await expectCall<WebhookDelivery>(door, 200, testWebhook, of(webhook));
    expect(delivery).toMatchObject({ status: 'failed', attempts: [{ statusCode: 302 }] });
    expect(internet.asked).toMatchObject([{ method: 'POST', url: 'https://hooks.example.com/redirect' }]);
    const [{ headers = {}, body = '' } = {}] = internet.asked;
    expect(new Verifier(webhook.secret).verify(body, headers)).toMatchObject({ type: 'webhook.test' });
  });
});
