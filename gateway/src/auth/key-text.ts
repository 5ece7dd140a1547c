import { crc32 } from './crc32.ts';

const prefix = 'sg_live_';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** As many digits as 256 bits and 32 bits need in base 62. */
const secretLength = 43;
const checksumLength = 6;
const form = new RegExp(`^${prefix}[0-9A-Za-z]{${secretLength + checksumLength}}$`);

/** A new key: 256 random bits and their checksum, by which a key in a log or a repository can be found and a typo told. */
export function mintKey(): string {
  const bits = crypto.getRandomValues(new Uint8Array(32));
  const secret = base62(
    bits.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
    secretLength,
  );
  return prefix + secret + checksum(secret);
}

/** Whether the text says of itself that it is a key of ours. */
export function claimsToBeKey(text: string): boolean {
  return text.startsWith(prefix);
}

/** Whether it can be one: the form and the checksum are right. Says nothing of whether it opens anything. */
export function isKeyText(text: string): boolean {
  const secret = text.slice(prefix.length, -checksumLength);
  return form.test(text) && text.endsWith(checksum(secret));
}

function checksum(secret: string): string {
  return base62(BigInt(crc32(new TextEncoder().encode(secret))), checksumLength);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = alphabet.charAt(Number(rest % 62n)) + text;
  return text;
}
