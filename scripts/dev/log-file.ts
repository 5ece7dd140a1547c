import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** How much one file holds, in bytes, until it gives way to another. */
const mostBytes = 32 * 1024 * 1024;

/** A log in two files: the one that is written, and the one before it, which ends in `.1`. Only their owner reads them. */
export class LogFile {
  readonly #path: string;
  readonly #most: number;
  #file: number;
  #size: number;
  #isClosed = false;

  constructor(path: string, most = mostBytes) {
    this.#path = path;
    this.#most = most;
    this.#file = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  write(line: string): void {
    if (this.#isClosed) return; // A last word of workerd, on its way as it ended.
    const bytes = Buffer.from(`${line}\n`);
    if (this.#size > 0 && this.#size + bytes.length > this.#most) this.#turn();
    writeSync(this.#file, bytes);
    this.#size += bytes.length;
  }

  close(): void {
    this.#isClosed = true;
    closeSync(this.#file);
  }

  #turn(): void {
    closeSync(this.#file);
    renameSync(this.#path, `${this.#path}.1`);
    this.#file = openSync(this.#path, 'a', 0o600);
    this.#size = 0;
  }
}
