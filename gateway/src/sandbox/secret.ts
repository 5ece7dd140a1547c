import { hex } from '../digest.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/**
 * The secret of one sandbox: an HMAC of its name, so that what leaks out of a sandbox opens no other.
 *
 * @throws where no master secret is configured: a sandbox without a secret would let its own tools answer for a person.
 */
export async function sandboxSecret(masterSecret: string | undefined, sandboxName: string): Promise<string> {
  if (!masterSecret) throw new Error('SANDBOX_MASTER_SECRET is not set; set it with `wrangler secret put`.');
  const key = await crypto.subtle.importKey('raw', encode(masterSecret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(sandboxName))));
}
