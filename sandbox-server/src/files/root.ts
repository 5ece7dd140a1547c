import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { invalidPath } from './path.ts';

/** The directory that paths are relative to. Links may lead anywhere within it; what leads out of it is refused. */
export class Root {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Where a path really is, all links followed. */
  async follow(path: string): Promise<string> {
    return this.#inside(join(this.#path, path));
  }

  /** Opens what `follow` found, to be read. Not to wait for a writer if it is a pipe, nor to follow a link put there this moment. */
  async open(real: string, flags = 0): Promise<FileHandle> {
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    const handle = await open(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | flags);
    try {
      await this.#requireInside(await readlink(throughDescriptor(handle)));
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The names in a directory, sorted. One that is not UTF-8 leads nowhere. */
  async names(real: string): Promise<string[]> {
    const handle = await this.open(real, constants.O_DIRECTORY);
    try {
      return (await readdir(throughDescriptor(handle))).sort();
    } finally {
      await handle.close();
    }
  }

  /** Follows what is there, and makes the rest below it: a link is never a way to make directories elsewhere. */
  async makeDirectory(path: string): Promise<string> {
    let directory = await this.follow('');
    for (const name of path.split('/')) {
      directory = join(directory, name);
      await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      // Only where there is a link: to follow the whole path at each of its names takes minutes where it has thousands.
      if ((await lstat(directory)).isSymbolicLink()) directory = await this.#inside(directory);
    }
    return this.#inside(directory); // Nothing that was passed has become a link since.
  }

  async #inside(place: string): Promise<string> {
    const real = await realpath(place);
    await this.#requireInside(real);
    return real;
  }

  async #requireInside(real: string): Promise<void> {
    const root = await realpath(this.#path);
    if (real !== root && !real.startsWith(root === sep ? sep : root + sep))
      throw invalidPath('Leads out of the workspace');
  }
}

/** What is open, wherever it has been moved to since. */
const throughDescriptor = ({ fd }: FileHandle) => `/proc/self/fd/${fd}`;
