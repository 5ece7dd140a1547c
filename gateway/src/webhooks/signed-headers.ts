import { Webhook } from 'standardwebhooks';

/**
 * The headers of Standard Webhooks for a request that is made now. Signed with each secret, so that a receiver may know
 * any of them while one gives way to another.
 */
export function signedHeaders(id: string, body: string, secrets: readonly string[], now: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}
