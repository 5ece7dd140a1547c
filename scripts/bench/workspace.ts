import { execFile } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** How large a workspace is: so many files, of so many bytes each. */
export interface Size {
  files: number;
  bytesEach: number;
}

export const nameOf = ({ files, bytesEach }: Size) =>
  `${((files * bytesEach) / 1e6).toLocaleString('en')} MB in ${files.toLocaleString('en')} files`;

/** Makes its files, a hundred in a directory. Of random bytes: nothing can be packed, and no two are the same. */
export function fill(directory: string, { files, bytesEach }: Size): void {
  const bytes = Buffer.allocUnsafe(bytesEach);
  for (let file = 0; file < files; file += 1) {
    const folder = join(directory, `d${Math.floor(file / 100)}`);
    if (file % 100 === 0) mkdirSync(folder);
    writeFileSync(join(folder, `f${file}`), randomFillSync(bytes));
  }
}

/** How long a command takes, in milliseconds. */
export async function timed(command: string, ...args: string[]): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(command, args);
  return performance.now() - began;
}
