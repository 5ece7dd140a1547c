import { digest } from './digest.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648, section 6, in lower case and without padding: what a DNS label can hold. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/**
 * The name of a session's Orchestrator and of its sandbox. A whole digest of account and id, never cut: whatever the id
 * holds, two sessions share no name, it is a DNS label (RFC 1035, section 2.3.4: at most 63 octets), and another
 * account's id leads to another object.
 */
export async function sessionName(accountId: string, sessionId: string): Promise<string> {
  return `sb-${base32(await digest('session', accountId, sessionId))}`;
}

/** An id that stands for its parts, as an idempotency key makes it: 130 bits of their digest. */
export async function derivedId(prefix: string, ...parts: string[]): Promise<string> {
  return `${prefix}_${base32(await digest(prefix, ...parts)).slice(0, 26)}`;
}
