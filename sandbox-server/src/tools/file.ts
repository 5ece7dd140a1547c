import type { ChildProcess } from 'node:child_process';
import { errorFields, log } from '../logger.ts';
import { endProcessGroup } from './process-group.ts';
import { spawnAsTools, type ToolsUser } from './user.ts';

/**
 * Writes beside the file and renames, so that a reader sees it whole. `-C` refuses what is there already, so that no
 * link and no pipe can be put in the way. Then, where `$3` says how many the directory may hold, the oldest go.
 */
const receive = `set -C; temporary="$1.$$.part"
cd -- "$2" && mkdir -p -- "\${1%/*}" && cat > "$temporary" && mv -f -- "$temporary" "$1" || { rm -f -- "$temporary"; exit 1; }
[ -z "$3" ] || { cd -- "\${1%/*}" && ls -t | tail -n "+$(($3 + 1))" | while IFS= read -r old; do rm -f -- "$old"; done; }
exit 0`;

const finishMs = 5_000;

/**
 * A file of the workspace, written as the tools' user: the server itself has no rights there. Never throws: a file
 * that could not be written is told by `end`, whatever came in the way.
 *
 * @param path relative to the workspace, with at least one directory, such as `.sandgate/messages.json`.
 * @param keep how many files that directory may hold, this one among them; any number unless told.
 */
export class ToolsFile {
  readonly #child: ChildProcess | undefined;
  readonly #written: Promise<boolean>;

  constructor(user: ToolsUser, path: string, keep?: number) {
    const child = start(user, path, keep);
    this.#child = child;
    child?.stdin?.on('error', () => {}); // Told by the exit code.
    this.#written = new Promise((resolve) => {
      if (!child) return resolve(false);
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    });
  }

  write(chunk: Uint8Array): void {
    this.#child?.stdin?.write(chunk);
  }

  /** Whether it is there now. Takes five seconds at most. */
  async end(): Promise<boolean> {
    this.#child?.stdin?.end();
    const groupId = this.#child?.pid;
    const giveUp = setTimeout(() => {
      if (groupId !== undefined) endProcessGroup(groupId).catch((error) => log('not_killed', errorFields(error)));
    }, finishMs);
    try {
      return await this.#written;
    } finally {
      clearTimeout(giveUp);
    }
  }
}

/** Nothing where no process can be had: the session's variables may be such that none ever starts. */
function start(user: ToolsUser, path: string, keep: number | undefined): ChildProcess | undefined {
  const args = ['-c', receive, 'sh', path, user.workspace, keep?.toString() ?? ''];
  try {
    return spawnAsTools(user, '/bin/sh', args, ['pipe', 'ignore', 'ignore']);
  } catch (error) {
    // Not the message: it may quote the value of a variable.
    log('file_not_begun', { path, reason: (error as NodeJS.ErrnoException).code });
    return undefined;
  }
}
