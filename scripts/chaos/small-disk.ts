import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';

/** Room for the floods of a long run; in memory, and only what is used of it. */
const size = 4 * 1024 ** 3;

/** A file system of its own for a folder, in memory, that can be full at any time. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Answers undefined where this user may not mount anything. */
  static mount(folder: string): SmallDisk | undefined {
    const disk = new SmallDisk(folder);
    return disk.#mount(`size=${size},mode=0700`) ? disk : undefined;
  }

  /** Makes it no larger than what is on it. */
  fill(): void {
    const { bsize, blocks, bfree } = statfsSync(this.#folder);
    // More may have been written meanwhile, and then it cannot be that small.
    if (!this.#mount(`remount,size=${bsize * (blocks - bfree)}`)) this.fill();
  }

  empty(): void {
    this.#mount(`remount,size=${size}`);
  }

  unmount(): void {
    // Lazily: workerd has just been killed, and may still be going.
    spawnSync('umount', ['--lazy', this.#folder], { stdio: 'ignore' });
  }

  #mount(options: string): boolean {
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'sandgate-chaos', this.#folder], {
      stdio: 'ignore',
    });
    return status === 0;
  }
}
