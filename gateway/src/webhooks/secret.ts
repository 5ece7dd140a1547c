import type { SealedFor } from '../sealed-text.ts';

/** A new secret, by Standard Webhooks: `whsec_` and the base64 of 24 to 64 random bytes. */
export function mintSecret(): string {
  return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
}

/** For whom the secrets of a webhook are sealed. */
export function sealedFor(webhookId: string): SealedFor {
  return { use: 'webhook secret', owner: webhookId };
}
