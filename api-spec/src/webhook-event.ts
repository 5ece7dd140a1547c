import { z } from '@hono/zod-openapi';
import { PermissionRequest, StopReason } from './agent-event.ts';
import { SessionId } from './session.ts';
import { TurnId } from './turn.ts';

export const WebhookEventId = z.string().min(1).max(64).openapi({
  description: 'The event, also as `webhook-id`: the same for each endpoint and however often it comes.',
  example: 'evt_5x3vz6f7a2b4c6d8e9f1g2h3i4',
});

/** What an endpoint is told of. Of what was said it learns nothing here: who may know that reads it with a key. */
export const webhookMeanings = {
  'permission.requested':
    'The agent asks a person. `GET /v1/requests` says what is asked, and `POST …/resume` answers it.',
  'turn.completed': 'A turn is over: once for each turn.',
  'session.expired': 'A session came to its `expiresAt`, and is deleted.',
  'webhook.test': 'Nothing happened: somebody asked for a test.',
} as const;

const event = <const T extends keyof typeof webhookMeanings, S extends z.ZodRawShape>(type: T, name: string, data: S) =>
  z
    .object({
      id: WebhookEventId,
      type: z.literal(type).openapi({ description: 'What happened.', example: type }),
      createdAt: z.iso.datetime().openapi({ description: 'When it happened.', example: '2026-11-22T20:34:00.000Z' }),
      data: z.object(data).openapi(`${name}Data`, { description: 'What it happened to.' }),
    })
    .openapi(name, { description: webhookMeanings[type] });

const { requestId, kind, tool, expiresAt } = PermissionRequest.shape;

/** What can be subscribed to. */
const subscribed = [
  event('permission.requested', 'WebhookPermissionRequested', {
    sessionId: SessionId,
    turnId: TurnId,
    requestId,
    kind,
    tool,
    expiresAt,
  }),
  event('turn.completed', 'WebhookTurnCompleted', { sessionId: SessionId, turnId: TurnId, stopReason: StopReason }),
  event('session.expired', 'WebhookSessionExpired', { sessionId: SessionId }),
] as const;

const test = event('webhook.test', 'WebhookTest', {
  webhookId: z.string().openapi({ description: 'The webhook.', example: 'wh_5x3vz6f7a2b4c6d8e9f1g2h3i4' }),
});

const types = subscribed.map(({ shape }) => shape.type.value);
export const WebhookEventType = z
  .enum(types as [(typeof types)[number], ...typeof types])
  .openapi('WebhookEventType', { description: 'What a webhook is told of.', example: 'turn.completed' });
export type WebhookEventType = z.infer<typeof WebhookEventType>;

/** The body of a request to an endpoint. */
export const WebhookEvent = z
  .discriminatedUnion('type', [...subscribed, test])
  .openapi('WebhookEvent', { description: 'What an endpoint is sent. Ignore types that you do not know.' });
export type WebhookEvent = z.infer<typeof WebhookEvent>;
