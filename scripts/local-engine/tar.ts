const BLOCK = 512;

export interface TarFile {
  name: string;
  content: Buffer;
}

/** Reads the one file of the archives that workerd sends. The format is ustar. */
export function readTarFile(archive: Buffer): TarFile {
  const text = (from: number, to: number) => archive.toString('latin1', from, to).replace(/\0.*$/s, '');
  const size = Number.parseInt(text(124, 136), 8);
  const isFile = archive.length >= BLOCK && (archive[156] === 0x30 || archive[156] === 0);
  if (!isFile || !Number.isFinite(size) || BLOCK + size > archive.length) throw new Error('not an archive of one file');
  return { name: text(0, 100), content: archive.subarray(BLOCK, BLOCK + size) };
}
