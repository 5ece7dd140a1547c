import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Chunk } from './chunk.ts';
import { frameText, textsOfFrames } from './entry.ts';

/** The size of SQLite's pages, in bytes: what fits into one takes one in any case. */
const pageBytes = 4096;

/**
 * The events of a row of the log: their JSON texts, one a line, or what is more than a page deflated (RFC 1951), which
 * leaves a disk a fraction to write: the frames as readers are sent them, or the lines where an earlier version wrote them.
 */
export interface StoredText {
  lines: string;
  deflated: ArrayBuffer | null;
}

export function storedText({ bytes, entries }: Pick<Chunk, 'bytes' | 'entries'>): StoredText {
  if (bytes.byteLength < pageBytes) return { lines: entries.map(({ json }) => json).join('\n'), deflated: null };
  return { lines: '', deflated: exactly(deflateRawSync(bytes, { level: constants.Z_BEST_SPEED })) };
}

/** How much it is, in bytes. */
export function sizeOf({ lines, deflated }: StoredText): number {
  return deflated ? inflateRawSync(deflated).byteLength : Buffer.byteLength(lines) + 1;
}

/** The JSON texts of the events. */
export function linesOf({ lines, deflated }: StoredText): string[] {
  const text = deflated ? inflateRawSync(deflated).toString() : lines;
  return isFramed(text.charCodeAt(0)) ? textsOfFrames(text) : text.split('\n');
}

/** The frames of the events, of which the first has this number. */
export function framesOf(stored: StoredText, firstSeq: number): Uint8Array {
  const inflated = stored.deflated && inflateRawSync(stored.deflated);
  if (inflated && isFramed(inflated[0])) return inflated;
  const lines = (inflated ? inflated.toString() : stored.lines).split('\n');
  return Buffer.from(lines.map((json, index) => frameText({ seq: firstSeq + index, json })).join(''));
}

/** A frame begins with its `id`, a line with its brace. */
const isFramed = (first: number | undefined) => first === 'i'.charCodeAt(0);

/** The bytes in a buffer of their own. */
function exactly({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
