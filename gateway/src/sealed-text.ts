const nonceSize = 12;
const encoder = new TextEncoder();

/** What a secret is for, and whose it is: it opens for nothing and nobody else. */
export interface SealedFor {
  use: string;
  owner: string;
}

/** Encrypts a text by AES-GCM (NIST SP 800-38D): 12 bytes of nonce, then the ciphertext and its tag, in base64. */
export async function sealText(masterSecret: string | undefined, whose: SealedFor, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceSize));
  const key = await sealingKey(masterSecret, whose);
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encoder.encode(text));
  return Buffer.concat([iv, new Uint8Array(ciphertext)]).toString('base64');
}

/** @throws where it was encrypted under another secret, for somebody else, or was changed. */
export async function openText(masterSecret: string | undefined, whose: SealedFor, sealed: string): Promise<string> {
  const bytes = Buffer.from(sealed, 'base64');
  const iv = bytes.subarray(0, nonceSize);
  const key = await sealingKey(masterSecret, whose);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.subarray(nonceSize));
  return new TextDecoder().decode(plain);
}

/** HKDF (RFC 5869) of the master secret, for this use and this owner alone. */
async function sealingKey(masterSecret: string | undefined, { use, owner }: SealedFor): Promise<CryptoKey> {
  if (!masterSecret) throw new Error('SANDBOX_MASTER_SECRET is not set; set it with `wrangler secret put`.');
  const secret = await crypto.subtle.importKey('raw', encoder.encode(masterSecret), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(owner), info: encoder.encode(`sandgate ${use}`) };
  return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
