import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { spawnAsTools, type ToolsUser, trusting } from './user.ts';

/** A program that is spoken to over its standard input and output. */
export type Program = ChildProcessByStdio<Writable, Readable, null>;

const enter = 'cd -- "$1" && shift && exec "$@"';

/** Starts a program as the tools' user, in the workspace and in a process group of its own. */
export function startProgram(user: ToolsUser, command: string, args: readonly string[]): Program {
  const shellArgs = ['-c', enter, 'sh', user.workspace, command, ...args];
  const program = spawnAsTools(trusting(user), '/bin/sh', shellArgs, ['pipe', 'pipe', 'ignore']) as Program;
  program.stdin.on('error', () => {}); // Told by its end.
  return program;
}
