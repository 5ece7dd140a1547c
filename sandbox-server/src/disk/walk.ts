import { type BigIntStats, chmodSync, lstatSync, readdirSync } from 'node:fs';
import { isStaging } from '../files/staging-name.ts';
import { IgnoreFile } from './ignore-file.ts';

/** Something in a tree. */
export interface Found {
  /** In the tree, a character for each byte; `''` is its root. */
  path: string;
  stats: BigIntStats;
}

/** Where a path of a tree is, in bytes. */
export function at(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(root), Buffer.from(path === '' ? '' : `/${path}`, 'latin1')]);
}

/** All that is in a tree and worth keeping: each directory before what is in it. What goes meanwhile is passed over. */
export function* walk(root: string): Generator<Found> {
  const ignored = IgnoreFile.in(root);
  /** What is still to be looked at, and which directories are to be shut again once all that is in them was. */
  const open: (string | Shut)[] = [''];
  try {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (typeof next !== 'string') next();
      else if (!isStaging(next)) {
        const stats = statsOf(root, next);
        if (!stats || (next !== '' && ignored.leavesOut(next, stats.isDirectory()))) continue;
        yield { path: next, stats };
        if (!stats.isDirectory()) continue;
        open.push(opened(at(root, next), stats, 0o500n));
        // One by one: as arguments of a call they may be too many.
        for (const name of namesIn(root, next)) open.push(next === '' ? name : `${next}/${name}`);
      }
    }
  } finally {
    for (const left of open.toReversed()) if (typeof left !== 'string') left();
  }
}

function statsOf(root: string, path: string): BigIntStats | undefined {
  try {
    return lstatSync(at(root, path), { bigint: true });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function namesIn(root: string, path: string): string[] {
  try {
    return readdirSync(at(root, path), { encoding: 'buffer' })
      .map((name) => name.toString('latin1'))
      .toSorted()
      .toReversed();
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Takes back a right. */
type Shut = () => void;

/** An owner may read what is its own, though it has to give itself the right first. */
export function opened(path: Buffer, stats: BigIntStats, wanted: bigint): Shut {
  if ((stats.mode & wanted) === wanted || process.getuid?.() !== Number(stats.uid)) return () => undefined;
  const setMode = (mode: bigint) => {
    try {
      chmodSync(path, Number(mode & 0o7777n));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  };
  setMode(stats.mode | wanted);
  return () => setMode(stats.mode);
}

export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}
