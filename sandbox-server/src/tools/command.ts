import type { ChildProcess } from 'node:child_process';
import { constants as access, accessSync } from 'node:fs';
import { constants as os } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessGroup } from './process-group.ts';
import { spawnAsTools, type ToolsUser, trusting } from './user.ts';

export type OutputStream = 'stdout' | 'stderr';

export interface CommandOptions {
  /** Kills the command and all of its process group. */
  signal: AbortSignal;
  timeoutSeconds: number;
  onOutput(stream: OutputStream, chunk: Buffer): void;
}

export interface CommandEnd {
  /** As a shell counts: 128 and the number of the signal, where one ended it. */
  exitCode: number;
  /** Why it was stopped before its end. */
  stoppedBy?: 'interrupt' | 'timeout';
}

/** How long output may still come after the shell itself has ended, from what it left in the background. */
const lingerMs = 1_000;

/**
 * The shell reads the script from descriptor 3: an argument may hold 128 KiB at most, standard input would be eaten by
 * the commands, and a file would have to be cleaned up. `eval` leaves no variable, and closes the descriptor first.
 */
const readScript = 'cd -- "$1" && shift && eval "exec 3<&-; $(cat <&3)"';

/**
 * Runs a script as the tools' user, in a process group of its own, to its end. What it left in the background lives
 * on; what was interrupted or took too long is killed with all of its group.
 *
 * @throws where the shell cannot be started at all.
 */
export async function runCommand(script: string, user: ToolsUser, options: CommandOptions): Promise<CommandEnd> {
  const shell = shellIn(user.env.PATH ?? '');
  const args = ['-c', readScript, basename(shell), user.workspace];
  const child = spawnAsTools(trusting(user), shell, args, ['ignore', 'pipe', 'pipe', 'pipe']);
  const exited = exitOf(child);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const [, stdout, stderr, source] = child.stdio as unknown as [null, Readable, Readable, Writable];
  stdout.on('data', (chunk: Buffer) => options.onOutput('stdout', chunk));
  stderr.on('data', (chunk: Buffer) => options.onOutput('stderr', chunk));
  source.on('error', () => {}); // A script that ends early does not read the rest of itself.
  source.end(script);

  const watch = new AbortController();
  const stopped = firstStop(options, watch.signal);
  try {
    const stoppedBy = await Promise.race([exited.then(() => undefined), stopped]);
    if (stoppedBy) await endProcessGroup(child.pid as number);
    const exitCode = await exited;
    const cut = await Promise.race([closed, sleep(lingerMs, undefined, { signal: watch.signal }), stopped]);
    if (cut && !stoppedBy) await endProcessGroup(child.pid as number);
    const cause = stoppedBy ?? cut;
    return { exitCode, ...(cause && { stoppedBy: cause }) };
  } finally {
    watch.abort();
    discardFurther(stdout);
    discardFurther(stderr);
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? os.signals[signal] : 0)));
  });
}

/** Never settles after `unwatch`. */
function firstStop({ signal, timeoutSeconds }: CommandOptions, unwatch: AbortSignal): Promise<'interrupt' | 'timeout'> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutSeconds * 1_000, 'timeout');
    unwatch.addEventListener('abort', () => clearTimeout(timer), { once: true });
    if (signal.aborted) resolve('interrupt');
    signal.addEventListener('abort', () => resolve('interrupt'), { once: true, signal: unwatch });
  });
}

/** A background process may still write: were the pipe closed, that would kill it. */
function discardFurther(output: Readable): void {
  output.removeAllListeners('data');
  output.resume();
}

function shellIn(path: string): string {
  for (const shell of ['bash', 'sh'])
    for (const directory of path.split(delimiter)) {
      const file = join(directory, shell);
      try {
        accessSync(file, access.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  return '/bin/sh';
}
