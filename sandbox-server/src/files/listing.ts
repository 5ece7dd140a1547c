import { join, relative } from 'node:path';
import type { FileEntry, FileList } from '@sandgate/api-spec';
import { entryAt } from './entry.ts';
import { invalidPath } from './path.ts';
import type { Root } from './root.ts';

/** How much text a page may hold, in bytes: long paths make it shorter than its limit. */
const pageBytes = 1024 * 1024;

export interface ListOptions {
  recursive?: boolean | undefined;
  limit?: number | undefined;
  /** The path of the entry behind which to go on; it need not be there any more. */
  after?: string | undefined;
}

/** A page of what is in a directory: each directory before what is in it, and the rest by name. */
export async function listing(root: Root, path: string, options: ListOptions): Promise<FileList> {
  const { recursive = false, limit = 100, after } = options;
  const cursor = after === undefined ? [] : below(path, after);
  const data: FileEntry[] = [];
  let bytes = 0;
  for await (const entry of walk(root, await root.follow(path), path, recursive, cursor)) {
    if (data.length === limit || bytes > pageBytes)
      return { data, nextCursor: data.at(-1)?.path ?? null, hasMore: true };
    data.push(entry);
    bytes += Buffer.byteLength(JSON.stringify(entry));
  }
  return { data, nextCursor: null, hasMore: false };
}

/** Only directories on the way to the cursor are read again, whatever was listed before. */
async function* walk(
  root: Root,
  real: string,
  path: string,
  recursive: boolean,
  [first, ...rest]: string[],
): AsyncGenerator<FileEntry> {
  for (const name of await root.names(real)) {
    if (first !== undefined && name < first) continue;
    // Gone since, or a name that is not UTF-8 and so has no path of ours.
    const entry = await entryAt(join(real, name), join(path, name)).catch(() => undefined);
    if (!entry) continue;
    if (name !== first) yield entry;
    if (!recursive || entry.type !== 'directory') continue;
    try {
      yield* walk(root, join(real, name), entry.path, recursive, name === first ? rest : []);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
}

/** A directory that may not be read, or is gone or another thing since, is listed and not entered. */
function isUnreadable(error: unknown): boolean {
  return ['EACCES', 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function below(path: string, after: string): string[] {
  const segments = relative(join('/', path), join('/', after)).split('/');
  if (segments[0] === '' || segments[0] === '..') throw invalidPath('The cursor is of another directory');
  return segments;
}
