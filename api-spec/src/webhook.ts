import { z } from '@hono/zod-openapi';
import { page } from './page.ts';
import { WebhookEventId, WebhookEventType } from './webhook-event.ts';

export const WebhookId = z
  .string()
  .min(1)
  .max(64)
  .openapi({ description: 'The webhook.', example: 'wh_5x3vz6f7a2b4c6d8e9f1g2h3i4' });

const url = z
  .string()
  .max(2048)
  .refine((text) => URL.canParse(text), 'Not a URL')
  .openapi({
    description:
      'Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.',
    example: 'https://hooks.example.com/sandgate',
  });

const events = z
  .array(WebhookEventType)
  .min(1)
  .max(WebhookEventType.options.length)
  .refine((given) => new Set(given).size === given.length, 'Names one twice')
  .openapi({ description: 'What it is told of.', example: ['permission.requested', 'turn.completed'] });

const description = z
  .string()
  .max(255)
  .openapi({ description: 'A description of your own.', example: 'tells the reviewers' });

const status = z.enum(['enabled', 'disabled']).openapi({
  description: 'What is disabled is sent nothing, and misses what happens meanwhile.',
  example: 'enabled',
});

export const CreateWebhook = z
  .strictObject({ url, events, description: description.optional() })
  .openapi('CreateWebhook', {
    description: 'A new webhook: it is told of what happens from now on.',
    example: { url: 'https://hooks.example.com/sandgate', events: ['permission.requested', 'turn.completed'] },
  });
export type CreateWebhook = z.infer<typeof CreateWebhook>;

export const UpdateWebhook = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    status: status.optional(),
  })
  .openapi('UpdateWebhook', {
    description: 'What may change in a webhook. `events` is replaced as a whole.',
    example: { events: ['turn.completed'] },
  });
export type UpdateWebhook = z.infer<typeof UpdateWebhook>;

export const RotateWebhookSecret = z
  .strictObject({
    overlapSeconds: z.int().min(0).max(604_800).optional().openapi({
      description: 'How long the secret of before signs too, in seconds, up to a week; a day unless told.',
      example: 86_400,
    }),
  })
  .openapi('RotateWebhookSecret', {
    description: 'How a secret gives way to another.',
    example: { overlapSeconds: 3600 },
  });
export type RotateWebhookSecret = z.infer<typeof RotateWebhookSecret>;

const webhook = {
  id: WebhookId,
  url,
  events,
  description: description.optional(),
  status,
  disabledReason: z.enum(['asked', 'gone', 'failing']).optional().openapi({
    description:
      'Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.',
    example: 'gone',
  }),
  createdAt: z.iso.datetime().openapi({ description: 'When it was made.', example: '2026-11-22T20:34:00.000Z' }),
};

export const Webhook = z.object(webhook).openapi('Webhook', { description: 'A webhook, without its secret.' });
export type Webhook = z.infer<typeof Webhook>;

export const NewWebhook = z
  .object({
    ...webhook,
    secret: z.string().openapi({
      description: 'What its requests are signed with, by Standard Webhooks. Shown this once.',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }),
  })
  .openapi('NewWebhook', { description: 'A webhook with its secret.' });
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookPage = page('WebhookPage', Webhook);

const time = (text: string) => z.iso.datetime().openapi({ description: text, example: '2026-11-22T20:34:00.000Z' });

export const DeliveryAttempt = z
  .object({
    at: time('When it was made.'),
    statusCode: z.int().optional().openapi({ description: 'What the endpoint answered.', example: 500 }),
    error: z
      .string()
      .optional()
      .openapi({ description: 'Why there was no answer.', example: 'No answer within 10 s.' }),
  })
  .openapi('DeliveryAttempt', { description: 'One request to the endpoint.' });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const WebhookDelivery = z
  .object({
    id: WebhookEventId,
    type: z.string().openapi({ description: "The event's type.", example: 'turn.completed' }),
    status: z.enum(['pending', 'delivered', 'failed', 'cancelled']).openapi({
      description:
        '`delivered` was answered by 2xx; `failed` was given up; `cancelled` was not to be sent any more, as the webhook was disabled or the session deleted.',
      example: 'delivered',
    }),
    attempts: z.array(DeliveryAttempt).openapi({ description: 'The newest requests, 20 at most, in their order.' }),
    createdAt: time('When it happened.'),
    nextAttemptAt: time('When it is tried next, where it is pending.').optional(),
  })
  .openapi('WebhookDelivery', { description: 'An event for a webhook, and what became of it.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookDeliveryPage = page('WebhookDeliveryPage', WebhookDelivery);
