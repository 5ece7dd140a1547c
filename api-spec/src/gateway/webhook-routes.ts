import { createRoute, z } from '@hono/zod-openapi';
import { limit } from '../page.ts';
import { json, jsonBody, refusals } from '../route-parts.ts';
import {
  CreateWebhook,
  NewWebhook,
  RotateWebhookSecret,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookId,
  WebhookPage,
} from '../webhook.ts';
import { WebhookEventId } from '../webhook-event.ts';
import { idempotencyHeader, ofAccount, requires, withJson } from './route-parts.ts';

const tags = ['Webhooks'];
const security = requires('webhooks:admin');
const params = z.object({ webhookId: WebhookId });
const deliveryParams = params.extend({ deliveryId: WebhookEventId });
const query = z.object({
  after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
  limit,
});
const ofWebhook = [...ofAccount, 'webhook_not_found'] as const;

export const webhookRoutes = {
  createWebhook: createRoute({
    operationId: 'createWebhook',
    method: 'post',
    path: '/v1/webhooks',
    tags,
    security,
    summary: 'Make a webhook',
    description:
      'From now on the URL is told of these events, signed by Standard Webhooks. The answer shows the secret, and nothing does ever again: where the answer was lost, a repeat with the same Idempotency-Key is 409, and the secret of the webhook that it links to is to be rotated.',
    request: { headers: idempotencyHeader, body: jsonBody(CreateWebhook) },
    responses: {
      201: json(NewWebhook, 'The webhook.'),
      ...refusals(...ofAccount, ...withJson, 'webhook_limit_reached', 'webhook_secret_shown_already'),
    },
  }),
  listWebhooks: createRoute({
    operationId: 'listWebhooks',
    method: 'get',
    path: '/v1/webhooks',
    tags,
    security,
    summary: 'List the webhooks',
    description: 'Lists the webhooks of the account, the newest first.',
    request: { query },
    responses: { 200: json(WebhookPage, 'A page of webhooks.'), ...refusals(...ofAccount) },
  }),
  getWebhook: createRoute({
    operationId: 'getWebhook',
    method: 'get',
    path: '/v1/webhooks/{webhookId}',
    tags,
    security,
    summary: 'Get a webhook',
    description: 'Answers what is known of a webhook: never its secret.',
    request: { params },
    responses: { 200: json(Webhook, 'The webhook.'), ...refusals(...ofWebhook) },
  }),
  updateWebhook: createRoute({
    operationId: 'updateWebhook',
    method: 'patch',
    path: '/v1/webhooks/{webhookId}',
    tags,
    security,
    summary: 'Change a webhook',
    description:
      'Changes what is given. What is disabled is sent nothing more, and enabled again it is told of what happens from then on; what was pending can be redelivered.',
    request: { params, body: jsonBody(UpdateWebhook) },
    responses: { 200: json(Webhook, 'The webhook.'), ...refusals(...ofWebhook, ...withJson) },
  }),
  deleteWebhook: createRoute({
    operationId: 'deleteWebhook',
    method: 'delete',
    path: '/v1/webhooks/{webhookId}',
    tags,
    security,
    summary: 'Delete a webhook',
    description: 'Sends nothing more, and forgets the webhook and its deliveries.',
    request: { params },
    responses: { 204: { description: 'The webhook is gone.' }, ...refusals(...ofWebhook) },
  }),
  rotateWebhookSecret: createRoute({
    operationId: 'rotateWebhookSecret',
    method: 'post',
    path: '/v1/webhooks/{webhookId}/rotate',
    tags,
    security,
    summary: "Rotate a webhook's secret",
    description:
      'Makes another secret. Until the overlap is over requests are signed with both, so that a receiver may know either. A webhook has five at a time at most.',
    request: {
      params,
      headers: idempotencyHeader,
      body: { content: { 'application/json': { schema: RotateWebhookSecret } } },
    },
    responses: {
      201: json(NewWebhook, 'The webhook, with its new secret.'),
      ...refusals(...ofWebhook, ...withJson, 'webhook_secret_limit_reached', 'webhook_secret_shown_already'),
    },
  }),
  testWebhook: createRoute({
    operationId: 'testWebhook',
    method: 'post',
    path: '/v1/webhooks/{webhookId}/test',
    tags,
    security,
    summary: 'Test a webhook',
    description:
      'Sends a `webhook.test` now, once, also where the webhook is disabled, and answers what became of it: `delivered` or `failed`.',
    request: { params },
    responses: { 200: json(WebhookDelivery, 'What became of it.'), ...refusals(...ofWebhook) },
  }),
  listWebhookDeliveries: createRoute({
    operationId: 'listWebhookDeliveries',
    method: 'get',
    path: '/v1/webhooks/{webhookId}/deliveries',
    tags,
    security,
    summary: 'List the deliveries',
    description: 'The events for the webhook, the newest first, and what became of each. Kept for a week.',
    request: { params, query },
    responses: { 200: json(WebhookDeliveryPage, 'A page of deliveries.'), ...refusals(...ofWebhook) },
  }),
  redeliverWebhook: createRoute({
    operationId: 'redeliverWebhook',
    method: 'post',
    path: '/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
    tags,
    security,
    summary: 'Deliver an event again',
    description:
      'Sends the event now, once, with the same `webhook-id`, whatever became of it before, and answers what became of it.',
    request: { params: deliveryParams },
    responses: {
      200: json(WebhookDelivery, 'What became of it.'),
      ...refusals(...ofWebhook, 'webhook_delivery_not_found'),
    },
  }),
};
