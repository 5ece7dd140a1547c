import { release } from 'node:os';
import { DENIED, FILTERED, numberOn } from '../local-engine/syscalls.ts';
import type { Caller } from './caller.ts';

/**
 * Who tries. The `agent` is a script that the shell agent runs through the public door, as the tools' user. The
 * `server` is hostile code in the server's own place, with the three capabilities that it has. `exec` is the same, but
 * started in a running container: what enters has to be confined like what was there.
 */
export type Actor = 'agent' | 'server' | 'exec';

/** One attempt to get out, or at what is somebody else's. */
export interface Try {
  name: string;
  /** A shell script. It knows all that an attacker could: see `knowledge` in world.ts. It says `escaped` when it did. */
  script: string;
  actors: readonly Actor[];
  /**
   * What its caller asks of `GET …/files` meanwhile, over and over, and once more when the script has ended: a path as
   * it stands in the URL. Bytes from outside of the workspace must not come.
   */
  file?: string;
  /**
   * What its caller does meanwhile, over and over, and once more when the script has ended; or only then. `host` does the
   * same where the script is run without isolation.
   */
  ask?: { caller: (caller: Caller, sessionId: string) => Promise<string>; host?: string; once?: boolean };
  /** What is expected to stop it. */
  stoppedBy: string;
  /** What its output has to show: a try that merely failed for another reason proves nothing. */
  evidence: RegExp;
  /**
   * Run without isolation, the same script has to get through; that shows that the try can fail. Where it cannot be run
   * so, this says why.
   */
  withoutControl?: string;
  /** What has to be had on a machine for this to be promised at all. */
  needs?: Need;
}

/** Two users in a sandbox; limits for all of its processes together, or for their number; a bound on its disk. */
export type Need = 'two users' | 'group limits' | 'process limit' | 'disk limit';

/** What an engine says of itself. */
export interface Promises {
  mode: string;
  limits: string;
  disk: string;
}

export function isPromised(need: Need | undefined, { mode, limits, disk }: Promises): boolean {
  if (need === 'two users') return mode === 'root';
  if (need === 'group limits') return limits !== 'prlimit';
  if (need === 'process limit') return limits !== 'prlimit' || countsByNamespace();
  return need !== 'disk limit' || disk !== 'none';
}

/** Older kernels hold RLIMIT_NPROC against all processes of a user, whatever their namespace. */
function countsByNamespace(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

export interface TryClass {
  title: string;
  tries: readonly Try[];
}

export const ALL: readonly Actor[] = ['agent', 'server', 'exec'];

/** Defined in front of each script. What it prints is no part of any script, so that an error message cannot show it. */
export const PRELUDE = `escaped() { printf '%s%s: %s\\n' ESC APED "$*"; }
exec 2>&1
`;

/** A bare system call by its name: no wrapper of libc is in the way. `args` is Perl. */
export function systemCall(name: string, args: string, before = ''): string {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const numbers = DENIED[name] ?? FILTERED[name as keyof typeof FILTERED];
  const number = numbers && numberOn(architecture, numbers);
  if (number === undefined || number === null) throw new Error(`no system call ${name} on ${architecture}`);
  return `perl -e '${before} my $r = syscall(${number}, ${args}); print $r >= 0 ? "ESC" . "APED: ${name} gave $r\\n" : "${name}: $!\\n"'`;
}

/** What seccomp answers. */
export const NOT_PERMITTED = /Operation not permitted/;
