const BLOCK = 512;

interface TarFile {
  name: string;
  content: Buffer;
}

/** Reads an archive that holds exactly one small file, as workerd sends it; of any other it says undefined. */
export function readTarFile(archive: Buffer): TarFile | undefined {
  const text = (from: number, to: number) => archive.toString('latin1', from, to).replace(/\0.*$/s, '');
  const size = Number.parseInt(text(124, 136), 8);
  const isFile = archive.length >= BLOCK && (archive[156] === 0x30 || archive[156] === 0);
  if (!isFile || !Number.isFinite(size) || BLOCK + size > archive.length) return undefined;
  const next = BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  if (archive.length > next && archive[next] !== 0) return undefined;
  return { name: text(0, 100), content: archive.subarray(BLOCK, BLOCK + size) };
}
