import { link, lstat, lutimes, mkdir, open, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError } from '@sandgate/api-spec';
import type { TarHeader } from 'modern-tar';
import { fileTime } from '../file-time.ts';
import { relativePath } from './path.ts';

interface Attributes {
  mode: number;
  /** As `fileTime` has it. */
  mtime: string;
}

/**
 * A directory that an archive is unpacked into before anything else sees it. All that is below it came from the
 * archive, and each directory is one that was made here: no path leads through a link.
 */
export class Staging {
  readonly #place: string;
  readonly #depth: number;
  /** Those that the archive only implies have no attributes. */
  readonly #directories = new Map<string, Attributes | undefined>([['', undefined]]);

  /** @param depth how many directories the workspace is above: no link leads up further. */
  constructor(place: string, depth: number) {
    this.#place = place;
    this.#depth = depth;
  }

  /** @throws {ProblemError} `invalid_request` for what is not safe. */
  async add(header: TarHeader, body: ReadableStream<Uint8Array>): Promise<void> {
    const path = pathIn(header.name);
    const attributes = { mode: (header.mode ?? 0o644) & 0o777, mtime: timeOf(header) };
    if (header.type === 'directory') {
      await body.cancel();
      await this.#makeDirectory(path);
      this.#directories.set(path, attributes);
      return;
    }
    if (this.#directories.has(path)) throw unsafe(path, 'is a directory of the archive');
    await this.#makeDirectory(parentOf(path));
    const place = join(this.#place, path);
    await rm(place, { force: true }); // The later one counts.
    if (header.type === 'file') return this.#write(place, header, body, attributes);
    await body.cancel();
    if (header.type === 'link') return link(await this.#fileAt(path, header.linkname), place);
    if (header.type !== 'symlink') throw unsafe(path, `is a ${header.type}, not a file, a directory or a link`);
    await symlink(this.#targetOf(path, header.linkname), place);
    await lutimes(place, attributes.mtime, attributes.mtime);
  }

  /** The directories that the archive tells of, with what holds others after those. */
  attributes(): [string, Attributes][] {
    const told = [...this.#directories].filter((entry): entry is [string, Attributes] => entry[1] !== undefined);
    return told.filter(([path]) => path !== '').sort(([a], [b]) => (a < b ? 1 : -1));
  }

  async #write(place: string, header: TarHeader, body: ReadableStream<Uint8Array>, { mode, mtime }: Attributes) {
    if (Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse')))
      throw unsafe(header.name, 'is a sparse file, which is not taken: pack without --sparse');
    const file = await open(place, 'wx', 0o600);
    try {
      await file.writeFile(body);
      await file.chmod(mode);
      await file.utimes(mtime, mtime);
    } finally {
      await file.close();
    }
  }

  async #makeDirectory(path: string): Promise<void> {
    if (this.#directories.has(path)) return;
    await this.#makeDirectory(parentOf(path));
    await mkdir(join(this.#place, path), { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? unsafe(path, 'is no directory of the archive') : error;
    });
    this.#directories.set(path, undefined);
  }

  /** What a hard link is to: a file of the archive that came before. */
  async #fileAt(path: string, linkname = ''): Promise<string> {
    const target = pathIn(linkname);
    const place = join(this.#place, target);
    const isFile = this.#directories.has(parentOf(target)) && (await lstat(place).catch(() => undefined))?.isFile();
    if (!isFile) throw unsafe(path, 'is a hard link to no file of the archive');
    return place;
  }

  /**
   * Where a symbolic link may lead: up no further than the workspace, and then only down. What is below are directories,
   * or links of which the same is true.
   */
  #targetOf(path: string, linkname = ''): string {
    const names = linkname.split('/').filter((name) => name !== '' && name !== '.');
    const up = names.findIndex((name) => name !== '..');
    const ups = up === -1 ? names.length : up;
    const depth = this.#depth + path.split('/').length - 1;
    const leadsOut = linkname === '' || linkname.startsWith('/') || ups > depth || names.lastIndexOf('..') >= ups;
    if (leadsOut || linkname.includes('\0')) throw unsafe(path, `is a link that may lead out: "${linkname}"`);
    return linkname;
  }
}

const unsafe = (path: string, why: string) =>
  new ProblemError('invalid_request', `"${path}" ${why}: nothing was unpacked.`);

const parentOf = (path: string) => (dirname(path) === '.' ? '' : dirname(path));

function pathIn(name: string): string {
  try {
    return relativePath(name);
  } catch (error) {
    throw error instanceof ProblemError ? unsafe(name, `is no path of the workspace (${error.message})`) : error;
  }
}

/** Of what the record of pax says, nine digits behind the point: there are no more. */
const decimal = /^(-?)(\d{1,12})(?:\.(\d{1,9})\d*)?$/;

/** When it was last written, as Node takes it. */
function timeOf({ mtime = new Date(), pax }: TarHeader): string {
  const [told, sign = '', seconds = '', fraction = ''] = decimal.exec(pax?.mtime ?? '') ?? [];
  return fileTime(BigInt(told === undefined ? mtime.getTime() * 1e6 : sign + seconds + fraction.padEnd(9, '0')));
}
