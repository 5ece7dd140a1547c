import type { BigIntStats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createTarPacker, type TarHeader, type TarPackController } from 'modern-tar';
import type { Root } from './root.ts';

/** The `tar` of a directory as it is read: names relative to it, each directory before what is in it. */
export function pack(root: Root, directory: string): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker();
  addAll(root, controller, directory, '')
    .then(() => controller.finalize())
    .catch((error: unknown) => {
      controller.error(error); // The answer breaks off: half an archive shall not look whole.
      if (!(error instanceof DOMException)) console.error(error); // A reader who left.
    });
  return readable;
}

async function addAll(root: Root, controller: TarPackController, real: string, prefix: string): Promise<void> {
  for (const name of await root.names(real)) {
    const place = join(real, name);
    const stats = await lstat(place, { bigint: true }).catch(unlessGone);
    if (stats?.isDirectory()) {
      await controller.add(header(`${prefix}${name}/`, 'directory', stats)).close();
      await addAll(root, controller, place, `${prefix}${name}/`);
    } else if (stats?.isSymbolicLink()) {
      const linkname = await readlink(place);
      await controller.add({ ...header(prefix + name, 'symlink', stats), linkname }).close();
    } else if (stats?.isFile()) await addFile(root, controller, place, prefix + name);
  }
}

async function addFile(root: Root, controller: TarPackController, place: string, name: string): Promise<void> {
  const handle = await root.open(place).catch(unlessGone);
  if (!handle) return;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) return;
    const writer = controller.add({ ...header(name, 'file', stats), size: Number(stats.size) }).getWriter();
    const bytes = handle.createReadStream({ end: Math.max(0, Number(stats.size) - 1), autoClose: false });
    if (stats.size > 0n) for await (const chunk of bytes) await writer.write(chunk);
    await writer.close();
  } finally {
    await handle.close();
  }
}

/** Times to the nanosecond, and such as the plain header cannot say, by a record of pax. */
function header(name: string, type: 'file' | 'directory' | 'symlink', { mode, mtimeNs }: BigIntStats): TarHeader {
  const seconds = Number(mtimeNs / 1_000_000_000n);
  const mtime = new Date(Math.min(Math.max(0, seconds), 8 ** 11 - 1) * 1000);
  return { name, type, size: 0, mode: Number(mode) & 0o777, mtime, pax: { mtime: decimal(mtimeNs) } };
}

function decimal(ns: bigint): string {
  const digits = String(ns < 0n ? -ns : ns).padStart(10, '0');
  return `${ns < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** What was deleted meanwhile is not in the archive, nor is what has a name that is not UTF-8. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
