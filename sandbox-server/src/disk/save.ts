import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { type DiskFrame, diskFrameLimit, type ProblemCode } from '@sandgate/api-spec';
import { type Chunk, type Entry, encodeManifest, type FileEntry, isStored, type Manifest } from './manifest.ts';
import { Packs } from './pack.ts';
import { at, type Found, isGone, opened, walk } from './walk.ts';

/** The size of a piece of a file, in bytes: what is written again where a byte of it has changed. */
const chunkSize = 1024 * 1024;
const zeros = Buffer.alloc(chunkSize);

/** What was changed so shortly before it was looked at may have changed since without a trace, in nanoseconds. */
const unsettled = 50_000_000n;

export interface SaveOptions {
  last: Manifest;
  /** The number of the first new pack. */
  firstPack: number;
  byteLimit: number;
  entryLimit: number;
}

/** Saves a tree: packs with what is new since the last manifest, then the manifest. Holds one pack in memory. */
export function* saveTree(root: string, options: SaveOptions): Generator<DiskFrame> {
  const began = BigInt(Date.now()) * 1_000_000n;
  const packs = new Packs(options.last, options.firstPack);
  const before = new Map(options.last.map((entry) => [entry.path, entry]));
  const linked = new Map<bigint, string>();
  const manifest: Entry[] = [];
  let bytes = 0;
  for (const found of walk(root)) {
    const first = found.stats.isFile() && found.stats.nlink > 1n ? linked.get(found.stats.ino) : undefined;
    if (first !== undefined) manifest.push({ type: 'link', path: found.path, target: first });
    else if (found.stats.isFile()) {
      const known = before.get(found.path);
      const file = known?.type === 'file' ? unchanged(known, found, packs) : undefined;
      const entry = file ?? (yield* readFile(root, found, packs, began));
      if (!entry) continue;
      if (found.stats.nlink > 1n) linked.set(found.stats.ino, found.path);
      bytes += entry.chunks.filter(isStored).reduce((sum, [, , , length]) => sum + length, 0);
      manifest.push(entry);
    } else manifest.push(...other(root, found));
    const over = excess(manifest.length, bytes, options);
    if (over) return yield problem('disk_too_large', over);
  }
  const rest = packs.flush();
  if (rest) yield rest;
  yield* manifestFrames(manifest);
  const used = manifest.flatMap((entry) => (entry.type === 'file' ? entry.chunks.filter(isStored) : []));
  const numbers = [...new Set(used.map(([, pack]) => pack))].toSorted((a, b) => a - b);
  yield { head: { type: 'end', packs: numbers, entries: manifest.length, bytes }, bytes: new Uint8Array() };
}

export function problem(code: ProblemCode, detail: string): DiskFrame {
  return { head: { type: 'problem', code, detail }, bytes: new Uint8Array() };
}

function excess(entries: number, bytes: number, { entryLimit, byteLimit }: SaveOptions): string | undefined {
  if (entries > entryLimit) return `The disk holds more than ${entryLimit} files, directories and links.`;
  if (bytes > byteLimit) return `The files on the disk are more than ${byteLimit} bytes.`;
  return undefined;
}

/** Not its content: whoever writes to a file changes at least the time of that. */
const identityOf = ({ stats }: Found) => `${stats.dev}:${stats.ino}:${stats.ctimeNs}`;

function unchanged(known: FileEntry, found: Found, packs: Packs): FileEntry | undefined {
  const { size, mtimeNs } = found.stats;
  const isSame = known.identity === identityOf(found) && known.size === Number(size);
  return isSame && known.modified === String(mtimeNs) && packs.keeps(known.chunks) ? known : undefined;
}

function* readFile(
  root: string,
  found: Found,
  packs: Packs,
  began: bigint,
): Generator<DiskFrame, FileEntry | undefined> {
  const { path, stats } = found;
  const real = at(root, path);
  const shut = opened(real, stats, 0o400n);
  let file: number;
  try {
    // Not to wait for a writer if it is a pipe by now, nor to follow a link put there this moment.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    file = openSync(real, flags);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  } finally {
    shut();
  }
  try {
    if (!fstatSync(file).isFile()) return undefined;
    const chunks: Chunk[] = [];
    let size = 0;
    // No further than it was long: it may grow for ever.
    while (size < Number(stats.size)) {
      const bytes = Buffer.allocUnsafe(Math.min(chunkSize, Number(stats.size) - size));
      const length = readFully(file, bytes);
      if (length === 0) break;
      size += length;
      const piece = bytes.subarray(0, length);
      if (piece.equals(zeros.subarray(0, length))) {
        chunks.push(length);
        continue;
      }
      const { chunk, full } = packs.add(piece);
      if (full) yield full;
      chunks.push(chunk);
    }
    const identity = stats.ctimeNs + unsettled < began && stats.mode & 0o400n ? { identity: identityOf(found) } : {};
    return { type: 'file', path, mode: modeOf(found), modified: String(stats.mtimeNs), size, chunks, ...identity };
  } finally {
    closeSync(file);
  }
}

function readFully(file: number, bytes: Buffer): number {
  let length = 0;
  while (length < bytes.byteLength) {
    const read = readSync(file, bytes, length, bytes.byteLength - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Sockets, pipes and devices are left out: nothing of them is on a disk. */
function other(root: string, found: Found): Entry[] {
  const { path, stats } = found;
  const modified = String(stats.mtimeNs);
  if (stats.isDirectory()) return [{ type: 'directory', path, mode: modeOf(found), modified }];
  if (!stats.isSymbolicLink()) return [];
  try {
    const target = readlinkSync(at(root, path), { encoding: 'buffer' }).toString('latin1');
    return [{ type: 'symlink', path, modified, target }];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

const modeOf = ({ stats }: Found) => Number(stats.mode & 0o7777n);

function* manifestFrames(manifest: Manifest): Generator<DiskFrame> {
  const whole = encodeManifest(manifest);
  for (let start = 0; start < whole.byteLength; start += diskFrameLimit) {
    const bytes = whole.subarray(start, start + diskFrameLimit);
    yield { head: { type: 'manifest', length: bytes.byteLength }, bytes };
  }
}
