import { chmod, lstat, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { type ArchiveResult, ProblemError } from '@sandgate/api-spec';
import { createTarDecoder } from 'modern-tar';
import { maxBytes, tarBytes, tooLarge } from './archive-bytes.ts';
import { Staging } from './staging.ts';
import { stagingName } from './staging-name.ts';

/** How many files, links and directories an archive may hold. */
const maxEntries = 200_000;

/**
 * Unpacks an archive into a directory: first beside what is there, and where all of it has arrived and was found safe,
 * by renaming each part into its place. What is refused or cut off changes nothing.
 *
 * @throws {ProblemError} `invalid_request`, `payload_too_large`, `file_conflict`, or an error of `node:fs`.
 */
export async function unpack(directory: string, root: string, archive: Readable): Promise<ArchiveResult> {
  const place = join(directory, stagingName());
  await mkdir(place, { mode: 0o700 });
  try {
    const staging = new Staging(place, relative(root, directory).split('/').filter(Boolean).length);
    const result = await stage(staging, archive);
    const kept = await directoriesInCommon(place, directory);
    await merge(place, directory);
    for (const [path, { mode, mtime }] of staging.attributes())
      if (!kept.has(path)) {
        await chmod(join(directory, path), mode);
        await utimes(join(directory, path), mtime, mtime);
      }
    return result;
  } catch (error) {
    throw archiveProblem(error);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function stage(staging: Staging, archive: Readable): Promise<ArchiveResult> {
  const result = { entries: 0, bytes: 0 };
  const tar = Readable.toWeb(Readable.from(tarBytes(archive), { objectMode: false })) as ReadableStream<Uint8Array>;
  for await (const { header, body } of tar.pipeThrough(createTarDecoder({ strict: true }))) {
    result.entries += 1;
    result.bytes += header.size;
    if (result.entries > maxEntries) throw tooLarge(`to more than ${maxEntries} entries`);
    if (result.bytes > maxBytes) throw tooLarge(`to more than ${maxBytes / 1024 ** 3} GiB`);
    await staging.add(header, body);
  }
  return result;
}

/** The directories that are in both places. Where a directory meets something else, nothing has been moved yet. */
async function directoriesInCommon(from: string, to: string, path = ''): Promise<Set<string>> {
  const common = new Set<string>();
  for (const { name, isDirectory } of await namesIn(join(from, path))) {
    const there = await lstat(join(to, path, name)).catch(() => undefined);
    if (!there) continue;
    const below = join(path, name);
    if (isDirectory !== there.isDirectory())
      throw new ProblemError(
        'file_conflict',
        `"${below}" of the archive meets ${isDirectory ? 'no directory' : 'a directory'} in the workspace.`,
      );
    if (!isDirectory) continue;
    common.add(below);
    for (const deeper of await directoriesInCommon(from, to, below)) common.add(deeper);
  }
  return common;
}

async function merge(from: string, to: string): Promise<void> {
  for (const { name, isDirectory } of await namesIn(from)) {
    const there = isDirectory && (await lstat(join(to, name)).catch(() => undefined));
    if (there) await merge(join(from, name), join(to, name));
    else await rename(join(from, name), join(to, name));
  }
}

async function namesIn(directory: string): Promise<{ name: string; isDirectory: boolean }[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
}

/** What cannot be read as an archive is the sender's fault; the libraries that say so have no class for it. */
function archiveProblem(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const isDamaged = code === undefined ? (error as Error).constructor === Error : code.startsWith('Z_');
  return isDamaged ? new ProblemError('invalid_request', `The archive cannot be read: ${message}`) : error;
}
