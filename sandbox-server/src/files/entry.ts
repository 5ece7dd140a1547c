import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { FileEntry } from '@sandgate/api-spec';

/** What is at a place, a link not followed. */
export async function entryAt(real: string, path: string): Promise<FileEntry> {
  const stats = await lstat(real, { bigint: true });
  const type = typeOf(stats);
  return {
    path,
    type,
    size: Number(stats.size),
    mode: Number(stats.mode) & 0o7777,
    modifiedAt: timeOf(stats).toISOString(),
    ...(type === 'file' && { etag: etagOf(stats) }),
  };
}

/**
 * Strong (RFC 9110, section 8.8.3) as far as the clock of the file system tells two writes apart. The time of the last
 * change of status is nobody's to set, unlike that of the last write; and each upload makes an inode.
 */
export function etagOf({ ino, size, ctimeNs }: BigIntStats): string {
  return `"${[ino, size, ctimeNs].map((part) => part.toString(16)).join('-')}"`;
}

const [first, last] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')] as const;

/** When it was last written, within what RFC 3339 can say. */
export function timeOf({ mtimeMs }: BigIntStats): Date {
  return new Date(Math.min(Math.max(first, Number(mtimeMs)), last));
}

function typeOf(stats: BigIntStats): FileEntry['type'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}
