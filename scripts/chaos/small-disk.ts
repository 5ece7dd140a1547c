import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const sizeMib = 256;

/** A file system of its own for a folder, in memory, small enough to be filled. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Answers undefined where this user may not mount anything. */
  static mount(folder: string): SmallDisk | undefined {
    const args = ['-t', 'tmpfs', '-o', `size=${sizeMib}m,mode=0700`, 'sandgate-chaos', folder];
    const { status } = spawnSync('mount', args, { stdio: 'ignore' });
    return status === 0 ? new SmallDisk(folder) : undefined;
  }

  /** Takes all that is left. */
  fill(): void {
    const file = openSync(this.#filler, 'w');
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    // Lazily: workerd has just been killed, and may still be going.
    spawnSync('umount', ['--lazy', this.#folder], { stdio: 'ignore' });
  }

  get #filler(): string {
    return join(this.#folder, 'filler');
  }
}
