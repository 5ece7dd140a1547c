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
  const open = [''];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (isStaging(path)) continue;
    const stats = statsOf(root, path);
    if (!stats || (path !== '' && ignored.leavesOut(path, stats.isDirectory()))) continue;
    yield { path, stats };
    if (!stats.isDirectory()) continue;
    // One by one: as arguments of a call they may be too many.
    for (const name of namesIn(root, path, stats)) open.push(path === '' ? name : `${path}/${name}`);
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

function namesIn(root: string, path: string, stats: BigIntStats): string[] {
  try {
    const names = allowed(at(root, path), stats, 0o500n, (directory) => readdirSync(directory, { encoding: 'buffer' }));
    return names
      .map((name) => name.toString('latin1'))
      .toSorted()
      .toReversed();
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** An owner may read what is its own, though it has to give itself the right first, and takes it back. */
export function allowed<T>(path: Buffer, stats: BigIntStats, wanted: bigint, work: (path: Buffer) => T): T {
  if ((stats.mode & wanted) === wanted || process.getuid?.() !== Number(stats.uid)) return work(path);
  chmodSync(path, Number((stats.mode | wanted) & 0o7777n));
  try {
    return work(path);
  } finally {
    chmodSync(path, Number(stats.mode & 0o7777n));
  }
}

export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}
