import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The size of SQLite's pages, in bytes: what fits into one takes one in any case. */
const pageBytes = 4096;

/** A text as a row of the log holds it: as it is, or deflated (RFC 1951), which leaves a disk a fraction to write. */
export interface StoredText {
  lines: string;
  deflated: ArrayBuffer | null;
}

/** A text as it is to be stored, and its size, in bytes of UTF-8. */
export function storedText(text: string): StoredText & { size: number } {
  const bytes = Buffer.from(text);
  const size = bytes.byteLength;
  if (size < pageBytes) return { lines: text, deflated: null, size };
  return { lines: '', deflated: exactly(deflateRawSync(bytes, { level: constants.Z_BEST_SPEED })), size };
}

export function textOf({ lines, deflated }: StoredText): string {
  return deflated ? inflateRawSync(deflated).toString() : lines;
}

/** The bytes in a buffer of their own. */
function exactly({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
