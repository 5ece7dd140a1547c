import { type RouteConfig, z } from '@hono/zod-openapi';
import { WebhookEvent, webhookMeanings } from '../webhook-event.ts';

const headers = z.object({
  'webhook-id': z.string().openapi({
    description: 'The id of the event. One that you have seen is a repeat: answer 2xx, and do nothing.',
    example: 'evt_5x3vz6f7a2b4c6d8e9f1g2h3i4',
  }),
  'webhook-timestamp': z.string().openapi({
    description: 'When this request was made, in Unix seconds. Refuse what is older than some minutes.',
    example: '1795379640',
  }),
  'webhook-signature': z.string().openapi({
    description:
      'Signatures with spaces between, one for each secret that is valid: `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`.',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  }),
});

/** What an endpoint is asked, by Standard Webhooks (https://www.standardwebhooks.com). */
export const webhookEvents = WebhookEvent.options.map((schema): RouteConfig => {
  const type = schema.shape.type.value;
  return {
    operationId: `on${type.replaceAll(/(^|[._])(\w)/g, (_, _before, letter) => letter.toUpperCase())}`,
    method: 'post',
    path: type,
    tags: ['Webhooks'],
    security: [],
    summary: type,
    description: webhookMeanings[type],
    request: { headers, body: { required: true, content: { 'application/json': { schema } } } },
    responses: {
      '2XX': { description: 'It arrived. Anything else, a redirect too, and it comes again.' },
      410: { description: 'Nobody is here any more: the webhook is disabled.' },
    },
  };
});
