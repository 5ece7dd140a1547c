import { type SealedFor, seal, unseal } from '../seal.ts';

const sealedFor = (masterSecret: string | undefined, webhookId: string): SealedFor => ({
  ...{ masterSecret, owner: webhookId, use: 'sandgate webhook secret' },
});

/** A new secret, by Standard Webhooks: `whsec_` and the base64 of 24 to 64 random bytes. */
export function mintSecret(): string {
  return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
}

/** Encrypts a secret of one webhook. What is kept of another does not open. */
export function sealSecret(masterSecret: string | undefined, webhookId: string, secret: string): Promise<string> {
  return seal(sealedFor(masterSecret, webhookId), { secret });
}

/** @throws where it was encrypted under another secret, for another webhook, or was changed. */
export async function openSecret(masterSecret: string | undefined, webhookId: string, sealed: string): Promise<string> {
  const { secret } = await unseal(sealedFor(masterSecret, webhookId), sealed);
  return secret as string;
}
