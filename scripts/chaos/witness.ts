import { execFileSync } from 'node:child_process';
import { chmodSync, constants, mkdirSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Statement {
  tag: string;
  step: number;
  /** Drawn by the kernel when the command ran: two runs have two. */
  nonce: string;
}

/**
 * Hears from the commands themselves that they ran: through a named pipe in the image, which all sandboxes see and we
 * read. When a command's `write` returns, its line is in a buffer of the host's kernel (one of less than 4096 bytes
 * arrives whole, POSIX PIPE_BUF): whichever process is killed next, engine and sandbox and gateway, takes nothing back.
 * A file in the workspace would die with the sandbox, and the log is what is on trial.
 */
export class Witness {
  readonly statements: Statement[] = [];
  #close = () => {};

  /** Puts the pipe into the image. */
  listen(image: string): void {
    mkdirSync(join(image, 'app'), { recursive: true });
    const path = join(image, 'app/witness');
    execFileSync('mkfifo', [path]);
    chmodSync(path, 0o666); // The tools are another user.
    // Also for writing, so that it never ends: a sandbox must not wait for us, nor meet a pipe that nobody reads.
    const input = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
    createInterface(input).on('line', (line) => {
      const [tag = '', step, nonce = ''] = line.split(' ');
      this.statements.push({ tag, step: Number(step), nonce });
    });
    this.#close = () => input.destroy();
  }

  close(): void {
    this.#close();
  }
}
