/** SHA-256 over the parts, each bounded so that `['ab', 'c']` and `['a', 'bc']` differ. */
export async function digest(...parts: string[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts))));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
