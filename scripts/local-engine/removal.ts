import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Removes a folder with all that is in it, whatever rights its maker has left to its owner. Absent is removed. */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // Without root, what is in a directory that may not be written to stays there. It takes names that are not UTF-8, too.
    execFileSync('chmod', ['-R', 'u+rwx', '--', path], { stdio: 'ignore' });
    rmSync(path, { recursive: true, force: true });
  }
}
