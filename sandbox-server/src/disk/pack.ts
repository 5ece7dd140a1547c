import { createHash } from 'node:crypto';
import { type DiskFrame, diskFrameLimit } from '@sandgate/api-spec';
import { type Chunk, isStored, type Manifest, type StoredChunk } from './manifest.ts';

/** A pack of less is small: many of them, as one a turn would be, are put together. In bytes. */
const smallPack = 1024 * 1024;
const smallPacksKept = 32;

export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

/** The packs of a tree: those of the last save that are worth keeping, and those that are being filled. */
export class Packs {
  readonly #stored = new Map<string, StoredChunk>();
  readonly #kept: ReadonlySet<number>;
  #number: number;
  #filling: Uint8Array[] = [];
  #size = 0;

  /** @param first the number of the first new pack. */
  constructor(last: Manifest, first: number) {
    this.#kept = worthKeeping(last);
    this.#number = first;
    for (const chunk of chunksOf(last)) if (this.#kept.has(chunk[1])) this.#stored.set(chunk[0], chunk);
  }

  /** Whether all of these bytes stay where they are. */
  keeps(chunks: readonly Chunk[]): boolean {
    return chunks.every((chunk) => !isStored(chunk) || this.#kept.has(chunk[1]));
  }

  /** Puts bytes into a pack, unless they are in one. Answers also the pack that had no room for them. */
  add(bytes: Uint8Array): { chunk: StoredChunk; full?: DiskFrame | undefined } {
    const digest = digestOf(bytes);
    const known = this.#stored.get(digest);
    if (known) return { chunk: known };
    const full = this.#size + bytes.byteLength > diskFrameLimit ? this.flush() : undefined;
    const chunk: StoredChunk = [digest, this.#number, this.#size, bytes.byteLength];
    this.#filling.push(bytes);
    this.#size += bytes.byteLength;
    this.#stored.set(digest, chunk);
    return { chunk, full };
  }

  /** The pack that is being filled, if there is anything in it. */
  flush(): DiskFrame | undefined {
    if (this.#size === 0) return undefined;
    const bytes = Buffer.concat(this.#filling);
    const frame: DiskFrame = { head: { type: 'pack', number: this.#number, length: bytes.byteLength }, bytes };
    this.#number += 1;
    this.#filling = [];
    this.#size = 0;
    return frame;
  }
}

function chunksOf(manifest: Manifest): StoredChunk[] {
  return manifest.flatMap((entry) => (entry.type === 'file' ? entry.chunks.filter(isStored) : []));
}

/**
 * The packs that a new save may refer to. One of which half is not needed any more is not worth its space, nor are many
 * small ones: what is needed of them is on the disk, and goes into new packs.
 */
function worthKeeping(manifest: Manifest): Set<number> {
  const extents = new Map<number, Map<number, number>>();
  for (const [, pack, at, length] of chunksOf(manifest)) {
    const known = extents.get(pack) ?? new Map<number, number>();
    extents.set(pack, known.set(at, length));
  }
  const packs = [...extents].map(([number, chunks]) => ({
    number,
    needed: [...chunks.values()].reduce((sum, length) => sum + length, 0),
    // At least: what lies behind the last needed piece is not known.
    size: [...chunks].reduce((size, [at, length]) => Math.max(size, at + length), 0),
  }));
  const small = packs.filter(({ size }) => size < smallPack);
  const tooMany = small.length > smallPacksKept;
  return new Set(
    packs
      .filter(({ needed, size }) => needed * 2 >= size && !(tooMany && size < smallPack))
      .map(({ number }) => number),
  );
}
