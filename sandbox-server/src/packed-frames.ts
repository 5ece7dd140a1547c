/** How large a chunk becomes, in bytes, but for one that holds a single frame. */
const chunkBytes = 256 * 1024;

/** How large the first is at least, in bytes: of a turn that is over little more than its end is kept. */
const firstChunkBytes = 1024;

/** What a follower has not seen yet, as much of it as is sent at once. */
export interface Segment {
  bytes: Uint8Array;
  /** The cursor of its last frame. */
  cursor: number;
}

/** A frame as it goes over the wire. */
interface PackedFrame {
  cursor: number;
  isFact: boolean;
  bytes: Buffer;
}

/** Frames one behind the other, and where each is. */
interface Chunk {
  bytes: Buffer;
  cursors: number[];
  /** Where they end, in bytes. */
  ends: number[];
  areFacts: boolean[];
}

/**
 * Frames by their rising cursors, encoded once for all followers, and many in one piece of memory: with a buffer for
 * each, small ones take several times their bytes. What was added is never moved or overwritten, so that it is sent from
 * where it lies.
 */
export class PackedFrames {
  readonly #chunks: Chunk[] = [];
  #size = 0;

  /** @returns its length, in bytes. */
  add(cursor: number, isFact: boolean, frame: string | Uint8Array): number {
    const size = Buffer.byteLength(frame);
    const { bytes, cursors, ends, areFacts } = this.#chunkFor(size);
    const begin = ends.at(-1) ?? 0;
    if (typeof frame === 'string') bytes.write(frame, begin);
    else bytes.set(frame, begin);
    cursors.push(cursor);
    ends.push(begin + size);
    areFacts.push(isFact);
    this.#size += size;
    return size;
  }

  /** Frames after a cursor, up to the one that makes them as large as asked, or fewer; `undefined` if there are none. */
  read(after: number, size: number): Segment | undefined {
    const chunks = this.#chunks;
    const index = firstWhere(chunks.length, (n) => (chunks[n]?.cursors.at(-1) ?? 0) > after);
    const chunk = chunks[index];
    if (!chunk) return undefined;
    const { bytes, cursors, ends } = chunk;
    const first = firstWhere(cursors.length, (n) => (cursors[n] ?? 0) > after);
    const begin = ends[first - 1] ?? 0;
    const last = firstWhere(ends.length - 1, (n) => (ends[n] ?? 0) >= begin + size);
    return { bytes: bytes.subarray(begin, ends[last]), cursor: cursors[last] ?? 0 };
  }

  *[Symbol.iterator](): Generator<PackedFrame> {
    for (const { bytes, cursors, ends, areFacts } of this.#chunks)
      for (const [index, cursor] of cursors.entries())
        yield {
          cursor,
          isFact: areFacts[index] ?? false,
          bytes: bytes.subarray(ends[index - 1] ?? 0, ends[index]),
        };
  }

  #chunkFor(size: number): Chunk {
    const newest = this.#chunks.at(-1);
    if (newest && newest.bytes.length - (newest.ends.at(-1) ?? 0) >= size) return newest;
    // As large again as all that is there, so that little takes little.
    const room = Math.max(size, Math.min(chunkBytes, Math.max(firstChunkBytes, this.#size)));
    const chunk = { bytes: Buffer.allocUnsafeSlow(room), cursors: [], ends: [], areFacts: [] };
    this.#chunks.push(chunk);
    return chunk;
  }
}

/** The first of so many numbers from 0 that is such, as all behind it are; their count where none is. */
function firstWhere(count: number, isSuch: (n: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSuch(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
