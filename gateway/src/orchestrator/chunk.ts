import { type Entry, frameText } from './entry.ts';

/** Events of one turn, or of none, that are shown together: the same bytes for the log and for each reader of all of them. */
export interface Chunk {
  readonly turnId: string | undefined;
  /** The frames of the public stream. */
  readonly bytes: Uint8Array;
  /** The number of the last event that has one, if any. */
  readonly lastSeq: number | undefined;
  /** Whether its turn ends with it. */
  readonly isEnd: boolean;
  readonly entries: readonly Entry[];
}

/** The most text, in UTF-16 units of at most 3 bytes: a row of the log, which has a chunk, holds 2 MB (Durable Objects, limits). */
const chunkSize = 500_000;

const encoder = new TextEncoder();

export function chunkOf(entries: readonly Entry[]): Chunk {
  const last = entries.at(-1);
  return {
    turnId: last?.turnId,
    bytes: encoder.encode(entries.map(frameText).join('')),
    lastSeq: lastSeq(entries),
    isEnd: last?.type === 'complete',
    entries,
  };
}

/** All of these, which are of one turn or of none. */
export function chunksOf(entries: readonly Entry[]): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let size = 0;
  for (const [index, { json }] of entries.entries()) {
    if (index > start && size + json.length > chunkSize) {
      chunks.push(chunkOf(entries.slice(start, index)));
      start = index;
      size = 0;
    }
    size += json.length;
  }
  if (start < entries.length) chunks.push(chunkOf(start === 0 ? entries : entries.slice(start)));
  return chunks;
}

export function lastSeq(entries: readonly Entry[]): number | undefined {
  return entries.findLast((entry) => entry.seq !== undefined)?.seq;
}
