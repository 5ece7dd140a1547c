import type { Writable } from 'node:stream';
import { endProcessGroup } from './process-group.ts';
import { spawnAsTools, type ToolsUser } from './user.ts';

/**
 * Writes beside the file and renames, so that a reader sees it whole. `-C` refuses what is there already, so that no
 * link and no pipe can be put in the way.
 */
const receive = `set -C; temporary="$1.$$.part"
cd -- "$2" && mkdir -p -- "\${1%/*}" && cat > "$temporary" && mv -f -- "$temporary" "$1" || { rm -f -- "$temporary"; exit 1; }`;

const finishMs = 5_000;

/**
 * A file of the workspace, written as the tools' user: the server itself has no rights there.
 *
 * @param path relative to the workspace, with at least one directory, such as `.sandgate/messages.json`.
 */
export class ToolsFile {
  readonly #source: Writable;
  readonly #groupId: number | undefined;
  readonly #written: Promise<boolean>;

  constructor(user: ToolsUser, path: string) {
    const child = spawnAsTools(
      user,
      '/bin/sh',
      ['-c', receive, 'sh', path, user.workspace],
      ['pipe', 'ignore', 'ignore'],
    );
    this.#groupId = child.pid;
    this.#source = child.stdin as Writable;
    this.#source.on('error', () => {}); // Told by the exit code.
    this.#written = new Promise((resolve) => {
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    });
  }

  write(chunk: Uint8Array): void {
    this.#source.write(chunk);
  }

  /** Whether it is there now. Takes five seconds at most. */
  async end(): Promise<boolean> {
    this.#source.end();
    const giveUp = setTimeout(() => this.#groupId && void endProcessGroup(this.#groupId), finishMs);
    try {
      return await this.#written;
    } finally {
      clearTimeout(giveUp);
    }
  }
}
