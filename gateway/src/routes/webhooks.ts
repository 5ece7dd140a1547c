import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes, ProblemError, type Webhook, type WebhookEvent } from '@sandgate/api-spec';
import type { Context } from 'hono';
import { actOf } from '../audit/act.ts';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { derivedId } from '../session-name.ts';
import { Courier } from '../webhooks/courier.ts';
import { DeliveryStore } from '../webhooks/delivery-store.ts';
import { refusalOf } from '../webhooks/destination.ts';
import { mintSecret, sealSecret } from '../webhooks/secret.ts';
import { WebhookStore } from '../webhooks/webhook-store.ts';
import { cursorBehind, positionOf } from './list-cursor.ts';

/** How long a secret that is rotated signs too unless told, in seconds. */
const overlapSeconds = 86_400;

export function webhookRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.createWebhook, async (c) => {
    const body = c.req.valid('json');
    requireDestination(c.env, body.url);
    const { accountId } = c.get('caller');
    const request = c.req.valid('header')['idempotency-key'] ?? crypto.randomUUID();
    const id = await derivedId('wh', accountId, request);
    const webhook: Webhook = { id, ...body, status: 'enabled', createdAt: new Date().toISOString() };
    const { secret, sealed } = await newSecret(c.env, id, request);
    await storeOf(c).add(webhook, sealed, Number(c.env.ACCOUNT_WEBHOOK_LIMIT), actOf(c));
    return c.json({ ...webhook, secret }, 201);
  });

  app.openapi(gatewayRoutes.listWebhooks, async (c) => {
    const { after, limit = 100 } = c.req.valid('query');
    const found = await storeOf(c).list(after === undefined ? undefined : positionOf(after), limit + 1);
    return c.json(pageOf(found, limit), 200);
  });

  app.openapi(gatewayRoutes.getWebhook, async (c) => {
    return c.json(await storeOf(c).get(c.req.valid('param').webhookId), 200);
  });

  app.openapi(gatewayRoutes.updateWebhook, async (c) => {
    const { webhookId } = c.req.valid('param');
    const change = c.req.valid('json');
    if (change.url !== undefined) requireDestination(c.env, change.url);
    const webhooks = storeOf(c);
    await webhooks.update(webhookId, change, actOf(c));
    return c.json(await webhooks.get(webhookId), 200);
  });

  app.openapi(gatewayRoutes.deleteWebhook, async (c) => {
    await storeOf(c).delete(c.req.valid('param').webhookId, actOf(c));
    return c.body(null, 204);
  });

  app.openapi(gatewayRoutes.rotateWebhookSecret, async (c) => {
    const { webhookId } = c.req.valid('param');
    const { overlapSeconds: overlap = overlapSeconds } = c.req.valid('json') ?? {};
    const request = c.req.valid('header')['idempotency-key'] ?? crypto.randomUUID();
    const webhooks = storeOf(c);
    const webhook = await webhooks.get(webhookId);
    const { secret, sealed } = await newSecret(c.env, webhookId, request);
    const othersEndAt = new Date(Date.now() + overlap * 1000).toISOString();
    await webhooks.addSecret(webhookId, sealed, othersEndAt, actOf(c));
    return c.json({ ...webhook, secret }, 201);
  });

  app.openapi(gatewayRoutes.testWebhook, async (c) => {
    const { webhookId } = c.req.valid('param');
    const event: WebhookEvent = {
      id: await derivedId('evt', crypto.randomUUID()),
      type: 'webhook.test',
      createdAt: new Date().toISOString(),
      data: { webhookId },
    };
    return c.json(await courierOf(c).test(webhookId, event), 200);
  });

  app.openapi(gatewayRoutes.listWebhookDeliveries, async (c) => {
    const { webhookId } = c.req.valid('param');
    const { after, limit = 100 } = c.req.valid('query');
    const { accountId } = c.get('caller');
    await storeOf(c).get(webhookId);
    const deliveries = new DeliveryStore(c.env.DB, accountId);
    const found = await deliveries.list(webhookId, after === undefined ? undefined : positionOf(after), limit + 1);
    return c.json(pageOf(found, limit), 200);
  });

  app.openapi(gatewayRoutes.redeliverWebhook, async (c) => {
    const { webhookId, deliveryId } = c.req.valid('param');
    await storeOf(c).get(webhookId);
    return c.json(await courierOf(c).bringAgain(webhookId, deliveryId), 200);
  });
}

const storeOf = (c: Context<GatewayEnv>) => new WebhookStore(c.env.DB, c.get('caller').accountId);
const courierOf = (c: Context<GatewayEnv>) => new Courier(c.env, c.get('caller').accountId);

/** A page of what is sorted by creation, where one more than its limit was asked for. */
function pageOf<T extends { id: string; createdAt: string }>(found: T[], limit: number) {
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const hasMore = found.length > limit;
  return { data, hasMore, nextCursor: hasMore && last ? cursorBehind(last) : null };
}

/** @param request what the secret's id follows from: a repeat makes no other. */
async function newSecret(env: Env, webhookId: string, request: string) {
  const secret = mintSecret();
  const sealed = {
    id: await derivedId('secret', webhookId, request),
    sealed: await sealSecret(env.SANDBOX_MASTER_SECRET, webhookId, secret),
    createdAt: new Date().toISOString(),
  };
  return { secret, sealed };
}

/** @throws ProblemError where events are not sent there. */
function requireDestination(env: Env, url: string): void {
  const message = refusalOf(url, env.WEBHOOK_LOOPBACK === '1');
  if (message) throw new ProblemError('invalid_request', `url: ${message}`, { errors: [{ path: 'url', message }] });
}
