import type { BigIntStats } from 'node:fs';
import { link, lstat, open, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ArchiveResult, type FileEntry, type FileList, ProblemError } from '@sandgate/api-spec';
import { requireMatch } from './condition.ts';
import { entryAt, etagOf } from './entry.ts';
import type { OpenFile } from './file-response.ts';
import { type ListOptions, listing } from './listing.ts';
import { pack } from './pack.ts';
import { invalidPath } from './path.ts';
import { fileProblem } from './problem.ts';
import { Root } from './root.ts';
import { stagingName } from './staging-name.ts';
import { unpack } from './unpack.ts';

/**
 * The files of the workspace, by paths that `relativePath` has passed. Links may lead anywhere within it; what leads
 * out of it is refused. All methods throw the `ProblemError`s of the file routes.
 */
export class Workspace {
  readonly #path: string;
  readonly #root: Root;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.#root = new Root(path);
  }

  list(path: string, options: ListOptions): Promise<FileList> {
    return this.#at(path, () => listing(this.#root, path, options));
  }

  /** What is at a path; a link at its end is not followed. */
  stat(path: string): Promise<FileEntry> {
    return this.#at(path, async () => entryAt(await this.#place(path), path));
  }

  /** Opens a regular file. Whoever asked for it closes it. */
  open(path: string): Promise<OpenFile> {
    return this.#at(path, async () => {
      const handle = await this.#root.open(await this.#root.follow(path));
      try {
        const stats = await handle.stat({ bigint: true });
        if (!stats.isFile()) throw new ProblemError('file_conflict', `"${path}" is not a regular file.`);
        return { handle, stats };
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /**
   * Creates or replaces a file as a whole: what was there is replaced once all has arrived, and not before. A link is
   * replaced itself; a file keeps its permission bits.
   */
  write(
    path: string,
    bytes: Readable,
    { ifMatch, createOnly = false }: { ifMatch?: string | undefined; createOnly?: boolean } = {},
  ): Promise<{ entry: FileEntry; isNew: boolean }> {
    if (path === '') throw new ProblemError('file_conflict', 'The workspace is a directory.');
    return this.#at(path, async () => {
      await this.#requireMatch(ifMatch, path);
      const target = join(await this.#root.makeDirectory(dirname(path)), basename(path));
      const before = await lstat(target).catch(() => undefined);
      if (before?.isDirectory()) throw new ProblemError('file_conflict', `"${path}" is a directory.`);
      if (before && createOnly) throw exists(path);
      const temporary = await arrived(target, bytes, before?.isFile() ? before.mode & 0o777 : 0o644);
      try {
        await this.#inTurn(async () => {
          await this.#requireMatch(ifMatch, path);
          await (createOnly ? create(temporary, target, path) : rename(temporary, target));
        });
      } finally {
        await rm(temporary, { force: true });
      }
      return { entry: await entryAt(target, path), isNew: before === undefined };
    });
  }

  /** Makes a directory and those above it. One that is there already is no conflict. */
  makeDirectory(path: string): Promise<{ entry: FileEntry; isNew: boolean }> {
    return this.#at(path, async () => {
      const before = await this.#end(path);
      if (before && !before.isDirectory()) throw new ProblemError('file_conflict', `"${path}" is not a directory.`);
      const entry = await entryAt(await this.#root.makeDirectory(path), path);
      return { entry, isNew: before === undefined };
    });
  }

  /** Renames a file, a link or a directory. */
  move(from: string, to: string, overwrite = false): Promise<FileEntry> {
    if (from === '' || to === '') throw invalidPath('The workspace itself cannot be moved');
    return this.#at(from, async () => {
      const source = await this.#place(from);
      await lstat(source);
      return this.#at(to, async () => {
        const target = join(await this.#root.makeDirectory(dirname(to)), basename(to));
        return this.#inTurn(async () => {
          const there = await lstat(target).catch(() => undefined);
          if (there && !overwrite) throw new ProblemError('file_conflict', `Something is at "${to}" already.`);
          await rename(source, target);
          return entryAt(target, to);
        });
      });
    });
  }

  /** Deletes a file, a link (never what it points to) or an empty directory, or a directory with all that it holds. */
  remove(path: string, { ifMatch, recursive = false }: { ifMatch?: string | undefined; recursive?: boolean } = {}) {
    if (path === '') throw invalidPath('The workspace itself cannot be deleted');
    return this.#at(path, async () => {
      const target = await this.#place(path);
      const isDirectory = (await lstat(target)).isDirectory();
      if (isDirectory && recursive && ifMatch === undefined) return rm(target, { recursive: true });
      await this.#inTurn(async () => {
        await this.#requireMatch(ifMatch, path);
        await (isDirectory ? rmdir(target) : unlink(target));
      });
    });
  }

  /** The bytes of a `tar` of a directory. */
  pack(path: string): Promise<ReadableStream<Uint8Array>> {
    return this.#at(path, async () => {
      const directory = await this.#root.follow(path);
      await this.#root.names(directory); // Refused before the answer begins.
      return pack(this.#root, directory);
    });
  }

  /** Unpacks an archive into a directory: all of it, or nothing. */
  unpack(path: string, archive: Readable): Promise<ArchiveResult> {
    return this.#at(path, async () => {
      const directory = path === '' ? await this.#root.follow('') : await this.#root.makeDirectory(path);
      return unpack(directory, await this.#root.follow(''), archive);
    });
  }

  /** Does what looks before it changes something, one after the other: of two callers who know the same, one is late. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#lastChange.then(change);
    this.#lastChange = done.catch(() => {});
    return done;
  }

  /** Where a path is: the links on the way followed, but not one at its end. */
  async #place(path: string): Promise<string> {
    return path === '' ? this.#root.follow('') : join(await this.#root.follow(dirname(path)), basename(path));
  }

  /** What a path leads to, or undefined where that is nothing. */
  async #end(path: string): Promise<BigIntStats | undefined> {
    try {
      return await stat(await this.#root.follow(path), { bigint: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #requireMatch(ifMatch: string | undefined, path: string): Promise<void> {
    if (ifMatch === undefined) return;
    const stats = await this.#end(path);
    requireMatch(ifMatch, stats?.isFile() ? etagOf(stats) : undefined);
  }

  async #at<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await fileProblem(error, path, this.#path);
    }
  }
}

const exists = (path: string) => new ProblemError('precondition_failed', `Something is at "${path}" already.`);

/** A link fails where something is, at whatever moment it came there; a rename would replace it. */
async function create(temporary: string, target: string, path: string): Promise<void> {
  await link(temporary, target).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? exists(path) : error;
  });
}

/** Has an upload arrive beside its target, and answers where. What fails leaves nothing. */
async function arrived(target: string, bytes: Readable, mode: number): Promise<string> {
  const temporary = join(dirname(target), stagingName());
  const file = await open(temporary, 'wx', mode);
  try {
    await file.chmod(mode); // Whatever the umask.
    await pipeline(bytes, file.createWriteStream());
    return temporary;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
