import type { EgressRule, EgressShown } from '@sandgate/api-spec';

/** A host that may be reached, as it is kept: the headers that are added encrypted, and only their names in the clear. */
export interface SealedRule {
  host: string;
  headerNames: string[];
  /** AES-GCM (NIST SP 800-38D): 12 bytes of nonce, then the ciphertext and its tag, in base64. */
  sealed?: string;
}

const nonceSize = 12;
const encoder = new TextEncoder();

/** Encrypts the headers of rules for one session. What is kept of another session, or for another host, does not open. */
export function sealRules(
  masterSecret: string | undefined,
  sessionName: string,
  rules: readonly EgressRule[],
): Promise<SealedRule[]> {
  return Promise.all(
    rules.map(async ({ host, headers = {} }) => {
      const headerNames = Object.keys(headers);
      if (headerNames.length === 0) return { host, headerNames };
      const iv = crypto.getRandomValues(new Uint8Array(nonceSize));
      const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(host) };
      const key = await sealingKey(masterSecret, sessionName);
      const ciphertext = await crypto.subtle.encrypt(algorithm, key, encoder.encode(JSON.stringify(headers)));
      return { host, headerNames, sealed: Buffer.concat([iv, new Uint8Array(ciphertext)]).toString('base64') };
    }),
  );
}

/** @throws where the headers were encrypted under another secret, for another session, or were changed. */
export async function openRule(
  masterSecret: string | undefined,
  sessionName: string,
  { host, sealed }: SealedRule,
): Promise<Record<string, string>> {
  if (sealed === undefined) return {};
  const bytes = Buffer.from(sealed, 'base64');
  const iv = bytes.subarray(0, nonceSize);
  const key = await sealingKey(masterSecret, sessionName);
  const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(host) };
  const plain = await crypto.subtle.decrypt(algorithm, key, bytes.subarray(nonceSize));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** All of them as they were given, to be sealed for a session that takes them over. @throws as `openRule`. */
export function openRules(
  masterSecret: string | undefined,
  sessionName: string,
  rules: readonly SealedRule[],
): Promise<EgressRule[]> {
  return Promise.all(
    rules.map(async (rule) => ({ host: rule.host, headers: await openRule(masterSecret, sessionName, rule) })),
  );
}

export function shownRules(rules: readonly SealedRule[]): EgressShown {
  return { allow: rules.map(({ host, headerNames }) => ({ host, headerNames })) };
}

/** HKDF (RFC 5869) of the master secret, for this use and this session alone. */
async function sealingKey(masterSecret: string | undefined, sessionName: string): Promise<CryptoKey> {
  if (!masterSecret) throw new Error('SANDBOX_MASTER_SECRET is not set; set it with `wrangler secret put`.');
  const secret = await crypto.subtle.importKey('raw', encoder.encode(masterSecret), 'HKDF', false, ['deriveKey']);
  const salt = encoder.encode(sessionName);
  const info = encoder.encode('sandgate egress headers');
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
