import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileEntry, ProblemError } from '@sandgate/api-spec';
import { invalidPath } from './path.ts';
import { fileProblem } from './problem.ts';

/**
 * The files of the workspace, by paths that `relativePath` has passed. Links may lead anywhere within it; what leads
 * out of it is refused. All methods throw the `ProblemError`s of the file routes.
 */
export class Workspace {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** What a directory holds, by name. */
  async list(path: string): Promise<FileEntry[]> {
    return this.#at(path, async () => {
      const directory = await this.#follow(path);
      const names = (await readdir(directory)).sort();
      // Gone since, or a name that is not UTF-8 and so has no path of ours.
      const entries = names.map((name) => describe(join(directory, name), join(path, name)).catch(() => []));
      return (await Promise.all(entries)).flat();
    });
  }

  /** The bytes of a regular file, how many they are, and since when. Whoever does not read them destroys the stream. */
  async read(path: string): Promise<{ size: number; modifiedAt: Date; bytes: Readable }> {
    return this.#at(path, async () => {
      // Not to wait for a writer if it is a pipe, nor to follow a link put there this moment.
      const file = await open(
        await this.#follow(path),
        constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
      );
      try {
        await this.#requireInside(await readlink(`/proc/self/fd/${file.fd}`));
        const stats = await file.stat();
        if (!stats.isFile()) throw new ProblemError('file_conflict', `"${path}" is not a regular file.`);
        // No further than the size that is told: the file may grow meanwhile.
        const bytes = file.createReadStream({ end: Math.max(0, stats.size - 1) });
        return { size: stats.size, modifiedAt: stats.mtime, bytes };
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  /**
   * Creates or replaces a file as a whole: what was there is replaced once all has arrived, and not before. A link is
   * replaced itself; a file keeps its permission bits.
   */
  async write(path: string, bytes: Readable): Promise<{ entry: FileEntry; isNew: boolean }> {
    if (path === '') throw new ProblemError('file_conflict', 'The workspace is a directory.');
    return this.#at(path, async () => {
      const directory = await this.#makeDirectory(dirname(path));
      const target = join(directory, basename(path));
      const before = await lstat(target).catch(() => undefined);
      if (before?.isDirectory()) throw new ProblemError('file_conflict', `"${path}" is a directory.`);
      await replace(target, bytes, before?.isFile() ? before.mode & 0o777 : 0o644);
      const [entry] = await describe(target, path);
      return { entry: entry as FileEntry, isNew: before === undefined };
    });
  }

  /** Deletes a file, a link (never what it points to) or an empty directory. */
  async remove(path: string): Promise<void> {
    if (path === '') throw invalidPath('The workspace itself cannot be deleted');
    return this.#at(path, async () => {
      const parent = await this.#follow(dirname(path));
      const target = join(parent, basename(path));
      const stats = await lstat(target);
      await (stats.isDirectory() ? rmdir(target) : unlink(target));
    });
  }

  async #at<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** Where a path really is, all links followed. */
  async #follow(path: string): Promise<string> {
    const real = await realpath(join(this.#root, path));
    await this.#requireInside(real);
    return real;
  }

  async #requireInside(real: string): Promise<void> {
    const root = await realpath(this.#root);
    if (real !== root && !real.startsWith(root === sep ? sep : root + sep))
      throw invalidPath('Leads out of the workspace');
  }

  /** Follows what is there, and makes the rest below it: a link is never a way to make directories elsewhere. */
  async #makeDirectory(path: string): Promise<string> {
    let directory = await this.#follow('');
    for (const [index, name] of path.split('/').entries()) {
      const next = join(directory, name);
      await mkdir(next).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      directory = await this.#follow(
        path
          .split('/')
          .slice(0, index + 1)
          .join('/'),
      );
    }
    return directory;
  }
}

async function replace(target: string, bytes: Readable, mode: number): Promise<void> {
  const temporary = join(dirname(target), `.${randomBytes(8).toString('hex')}.part`);
  const file: FileHandle = await open(temporary, 'wx', mode);
  try {
    await file.chmod(mode); // Whatever the umask.
    await pipeline(bytes, file.createWriteStream());
    await rename(temporary, target);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

/** None, or one: a name may be gone by the time it is looked at. */
async function describe(real: string, path: string): Promise<FileEntry[]> {
  const stats = await lstat(real);
  const { size, mode, mtime } = stats;
  return [{ path, type: typeOf(stats), size, mode: mode & 0o7777, modifiedAt: mtime.toISOString() }];
}

function typeOf(stats: Stats): FileEntry['type'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}
