const nonceSize = 12;
const encoder = new TextEncoder();

/** What a secret is encrypted for: it opens for nothing else. */
export interface SealedFor {
  masterSecret: string | undefined;
  /** Whose it is: the name of the session's objects, or the id of a webhook. */
  owner: string;
  /** What the key is derived for. */
  use: string;
  /** What is kept beside the secret in the clear, and belongs to it. */
  label?: string;
}

/** AES-GCM (NIST SP 800-38D): 12 bytes of nonce, then the ciphertext of the JSON and its tag, in base64. */
export async function seal(what: SealedFor, secrets: Record<string, string>): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceSize));
  const plain = encoder.encode(JSON.stringify(secrets));
  const ciphertext = await crypto.subtle.encrypt(algorithm(what, iv), await sealingKey(what), plain);
  return Buffer.concat([iv, new Uint8Array(ciphertext)]).toString('base64');
}

/** @throws where it was encrypted under another secret, for anything else, or was changed. */
export async function unseal(what: SealedFor, sealed: string): Promise<Record<string, string>> {
  const bytes = Buffer.from(sealed, 'base64');
  const iv = bytes.subarray(0, nonceSize);
  const plain = await crypto.subtle.decrypt(algorithm(what, iv), await sealingKey(what), bytes.subarray(nonceSize));
  return JSON.parse(new TextDecoder().decode(plain));
}

function algorithm({ label = '' }: SealedFor, iv: Uint8Array): SubtleCryptoEncryptAlgorithm {
  return { name: 'AES-GCM', iv, additionalData: encoder.encode(label) };
}

/** HKDF (RFC 5869) of the master secret, for this use and this owner alone. */
async function sealingKey({ masterSecret, owner, use }: SealedFor): Promise<CryptoKey> {
  if (!masterSecret) throw new Error('SANDBOX_MASTER_SECRET is not set; set it with `wrangler secret put`.');
  const secret = await crypto.subtle.importKey('raw', encoder.encode(masterSecret), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(owner), info: encoder.encode(use) };
  return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
