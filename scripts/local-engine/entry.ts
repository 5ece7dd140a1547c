import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { encodeArguments, entryArguments, FD } from './bubblewrap.ts';
import { ENVIRONMENT, firstLine, RLIMITS } from './launcher.ts';

/** A further program in a sandbox that runs. */
export interface EntryRequest {
  command: string[];
  environment: Record<string, string>;
  /** As the tools' user, or as the server's. */
  as: 'server' | 'tools';
  workingDirectory: string;
}

export interface Entered {
  /** Its streams, and its end with the program's exit code. */
  process: ChildProcess;
  /** Its number inside. */
  pid: number;
}

export interface Entry extends EntryRequest {
  users: 'two' | 'one';
  /** Process 1 of the sandbox, by its number out here. */
  init: number;
  seccomp: Buffer;
  /** Called before it enters, to put it into the sandbox's control groups. */
  confine: (pid: number) => void;
}

/**
 * To enter namespaces is not to be confined: nsenter alone would leave a process in there with every capability and no
 * filter, for the sandbox to take over. So what enters is another bwrap, over the file system that it finds: it drops
 * the capabilities, sets no_new_privs and installs the same filter before anything of the sandbox runs. Until then the
 * process has more power than the sandbox, and for that very reason nobody inside may look into it.
 */
const SCRIPT = `${RLIMITS}
init=$1
credentials=$2
shift 2
echo up >&${FD.ready}
read -r go <&${FD.go} || exit 125
exec ${FD.go}<&-
exec nsenter --target "$init" $credentials --user --mount --pid --net --ipc --uts --cgroup -- bwrap --args ${FD.args} -- "$@"`;

/** It says its number, which only the inside knows. */
const INSIDE = `echo $$ >&${FD.ready}; exec "$@" ${FD.ready}>&-`;
const AS_TOOLS = ['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups', '--'];

export async function enter(entry: Entry): Promise<Entered> {
  const { command, environment, users, workingDirectory, init, seccomp } = entry;
  const becomesTools = entry.as === 'tools' && users === 'two';
  const inside = ['/bin/sh', '-c', INSIDE, 'sh', ...command];
  // Where a user has made the namespace, nobody in it may set groups: it is entered as who one is, its user 0.
  const credentials = users === 'one' ? '--preserve-credentials' : '';
  const args = [String(init), credentials, ...(becomesTools ? AS_TOOLS : []), ...inside];
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...args], {
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = (descriptor: number) => child.stdio[descriptor] as Duplex;
  for (const descriptor of [0, FD.args, FD.ready, FD.go, FD.seccomp]) pipe(descriptor).on('error', () => {});
  // A short program may be over before its number was read here: what it said is read to the end first.
  const readToEnd = new Promise((resolve) => pipe(FD.ready).once('end', resolve).once('close', resolve));
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', async (code) => {
      await readToEnd;
      reject(new Error(`the sandbox could not be entered (exit ${code})`));
    });
  });
  ended.catch(() => {});
  try {
    const lines = firstLine(pipe(FD.ready));
    await Promise.race([lines, ended]);
    entry.confine(child.pid as number);
    pipe(FD.args).end(encodeArguments(entryArguments({ users, environment, workingDirectory })));
    pipe(FD.seccomp).end(seccomp);
    pipe(FD.go).end('go\n');
    const pid = Number(await Promise.race([firstLine(pipe(FD.ready)), ended]));
    return { process: child, pid };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
