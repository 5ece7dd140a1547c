import {
  chmodSync,
  closeSync,
  constants,
  ftruncateSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import type { DiskFrame } from '@sandgate/api-spec';
import { fileTime } from '../file-time.ts';
import { decodeManifest, type Entry, type FileEntry, isStored, type Manifest, type StoredChunk } from './manifest.ts';
import { digestOf } from './pack.ts';
import { at } from './walk.ts';

/** Where a piece goes. */
interface Place {
  file: FileEntry;
  position: number;
}

/**
 * Puts a tree in the place of what is there: the manifest first, then its packs in any order. Holds one pack in memory.
 *
 * @throws where a piece is missing, or is not what its digest says.
 */
export async function restoreTree(root: string, frames: AsyncIterable<DiskFrame>): Promise<void> {
  const parts: Uint8Array[] = [];
  let restore: Restore | undefined;
  for await (const { head, bytes } of frames) {
    if (head.type === 'manifest') parts.push(bytes);
    else if (head.type === 'pack') {
      restore ??= new Restore(root, decodeManifest(Buffer.concat(parts)));
      restore.unpack(head.number, bytes);
    } else throw new Error(`A restore holds no "${head.type}".`);
  }
  restore ??= new Restore(root, decodeManifest(Buffer.concat(parts)));
  restore.finish();
}

class Restore {
  readonly #root: string;
  readonly #manifest: Manifest;
  /** What is still to come: by pack and digest, its piece and where that goes. */
  readonly #awaited = new Map<number, Map<string, { chunk: StoredChunk; places: Place[] }>>();

  constructor(root: string, manifest: Manifest) {
    this.#root = root;
    this.#manifest = manifest;
    requireInside(manifest);
    empty(root);
    for (const entry of manifest) this.#make(entry);
  }

  unpack(number: number, bytes: Uint8Array): void {
    for (const [digest, { chunk, places }] of this.#awaited.get(number) ?? []) {
      const [, , start, length] = chunk;
      const piece = bytes.subarray(start, start + length);
      if (piece.byteLength !== length || digestOf(piece) !== digest)
        throw new Error(`The pack ${number} does not hold what it should.`);
      for (const { file, position } of places) this.#write(file, piece, position);
    }
    this.#awaited.delete(number);
  }

  /** Modes and times last: writing changes them. What is in a directory comes before it. */
  finish(): void {
    if (this.#awaited.size > 0) throw new Error(`${this.#awaited.size} packs are missing.`);
    for (const entry of this.#manifest)
      if (entry.type === 'link') linkSync(at(this.#root, entry.target), at(this.#root, entry.path));
    for (const entry of this.#manifest.toReversed()) {
      const path = at(this.#root, entry.path);
      if (entry.type === 'link') continue;
      const time = fileTime(BigInt(entry.modified));
      if (entry.type === 'symlink') lutimesSync(path, time, time);
      else {
        chmodSync(path, entry.mode);
        utimesSync(path, time, time);
      }
    }
  }

  #make(entry: Entry): void {
    const path = at(this.#root, entry.path);
    if (entry.type === 'directory' && entry.path !== '') mkdirSync(path, { mode: 0o700 });
    else if (entry.type === 'symlink') symlinkSync(Buffer.from(entry.target, 'latin1'), path);
    else if (entry.type === 'file') {
      const file = openSync(
        path,
        constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
        0o600,
      );
      try {
        ftruncateSync(file, entry.size);
      } finally {
        closeSync(file);
      }
      this.#await(entry);
    }
  }

  #await(file: FileEntry): void {
    let position = 0;
    for (const chunk of file.chunks) {
      if (isStored(chunk)) {
        const [digest, pack] = chunk;
        const ofPack = this.#awaited.get(pack) ?? new Map();
        const known = ofPack.get(digest) ?? { chunk, places: [] };
        known.places.push({ file, position });
        this.#awaited.set(pack, ofPack.set(digest, known));
      }
      position += isStored(chunk) ? chunk[3] : chunk;
    }
  }

  #write({ path }: FileEntry, piece: Uint8Array, position: number): void {
    const file = openSync(at(this.#root, path), constants.O_WRONLY | constants.O_NOFOLLOW);
    try {
      for (let written = 0; written < piece.byteLength; )
        written += writeSync(file, piece, written, piece.byteLength - written, position + written);
    } finally {
      closeSync(file);
    }
  }
}

/** @throws where a path leads out of its tree: each is in a directory that comes before, and in no link. */
function requireInside(manifest: Manifest): void {
  const directories = new Set(['']);
  for (const { path, type } of manifest) {
    const names = path.split('/');
    const isInside = path === '' || names.every((name) => name !== '' && name !== '.' && name !== '..');
    if (!isInside || path.includes('\0') || !directories.has(names.slice(0, -1).join('/')))
      throw new Error('The manifest names a path that is none.');
    if (type === 'directory') directories.add(path);
  }
}

/** Also of directories that their owner may not write to, as an earlier restore may have left them. */
function empty(root: string, path = ''): void {
  for (const entry of readdirSync(at(root, path), { encoding: 'buffer', withFileTypes: true })) {
    const below = `${path === '' ? '' : `${path}/`}${entry.name.toString('latin1')}`;
    if (!entry.isDirectory()) {
      unlinkSync(at(root, below));
      continue;
    }
    chmodSync(at(root, below), 0o700);
    empty(root, below);
    rmdirSync(at(root, below));
  }
}
