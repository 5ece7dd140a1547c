import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Duplex, Readable } from 'node:stream';
import { encodeArguments, FD, heldCommand } from './bubblewrap.ts';
import type { Limits } from './cgroup.ts';
import { MOUNT_DISK, mountArguments, type OwnDisk } from './disk.ts';
import { type Identity, idMap } from './identity.ts';
import type { Bind } from './stage.ts';

const MOST_DESCRIPTORS = 16_384;
const LARGEST_FILE = 2 * 1024 ** 3;

/** Programs are looked up here and nowhere else; bwrap's children inherit nothing of it (`--clearenv`). */
export const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin' };

/**
 * Per process, whatever else limits the sandbox: no core files on the host, descriptors, and the size of a file. The
 * unit of the last is 512 bytes.
 */
export const RLIMITS = `ulimit -c 0
ulimit -n ${MOST_DESCRIPTORS} || :
ulimit -f ${LARGEST_FILE / 512}`;

/**
 * As root: in a private mount namespace, set the stage (see stage.ts); become the sandbox's user; make a user namespace;
 * say "up"; and wait until the engine has written the id maps. If the engine dies meanwhile, `read` fails, and so does
 * everything.
 */
const STAGE = `set -e
umask 022
user=$1
shift
if [ "$1" = disk ]; then
  shift
  ${MOUNT_DISK}
fi
while [ "$1" != -- ]; do
  mount --bind "$1" "$2"
  shift 2
done
shift
${RLIMITS}
exec setpriv --reuid "$user" --regid "$user" --clear-groups -- unshare --user -- /bin/sh -c '
  echo up >&${FD.ready}
  read -r go <&${FD.go} || exit 125
  exec ${FD.ready}>&- ${FD.go}<&-
  exec bwrap --args ${FD.args} -- "$@"' sh "$@"`;

const PLAIN = `${RLIMITS}
echo up >&${FD.ready}
read -r go <&${FD.go} || exit 125
exec ${FD.ready}>&- ${FD.go}<&-
exec bwrap --args ${FD.args} -- "$@"`;

export interface Launch {
  command: string[];
  /** bwrap's arguments. */
  args: string[];
  seccomp: Buffer;
  /** Found in the arguments of every process of this engine. */
  token: string;
  /** Two users (root only), or without it one. */
  identity: Identity | undefined;
  /** What is mounted on the stage; only with an identity. */
  binds: readonly Bind[];
  /** Mounted before them. */
  ownDisk: OwnDisk | undefined;
  /** Called before anything of the sandbox runs, to put the process into its control groups. */
  confine: (pid: number) => void;
}

export interface Launched {
  /** The outer bwrap. It ends when the sandbox does, with the server's exit code. */
  process: ChildProcess;
  /** Process 1 of the sandbox, by its number out here: killing it kills all of them. */
  init: number;
  /** Resolves when all is set up inside, and nothing runs there but what waits for `release`. */
  held: Promise<unknown>;
  /** Lets the server start. */
  release: () => void;
}

export async function launch(options: Launch): Promise<Launched> {
  const { identity, binds, ownDisk } = options;
  const command = heldCommand(options.command, options.token);
  const [program, ...args] = identity
    ? [
        'unshare',
        '--mount',
        '--',
        '/bin/sh',
        '-c',
        STAGE,
        'sh',
        String(identity.server),
        ...(ownDisk ? ['disk', ...mountArguments(ownDisk, identity)] : []),
        ...binds.flat(),
        '--',
        ...command,
      ]
    : ['/bin/sh', '-c', PLAIN, 'sh', ...command];
  const child = spawn(program as string, args, {
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const pipe = (descriptor: number) => child.stdio[descriptor] as Duplex;
  for (const descriptor of Object.values(FD)) pipe(descriptor).on('error', () => {});

  try {
    const failed = failure(child);
    await Promise.race([firstLine(pipe(FD.ready)), failed]);
    if (identity) {
      writeFileSync(`/proc/${child.pid}/uid_map`, idMap(identity));
      writeFileSync(`/proc/${child.pid}/gid_map`, idMap(identity));
    }
    options.confine(child.pid as number);
    pipe(FD.args).end(encodeArguments(options.args));
    pipe(FD.seccomp).end(options.seccomp);
    pipe(FD.go).end('go\n');
    const status = JSON.parse(await Promise.race([firstLine(pipe(FD.status)), failed]));
    return {
      process: child,
      init: Number(status['child-pid']),
      held: Promise.race([firstLine(pipe(FD.release)), failed]),
      release: () => pipe(FD.release).end('go\n'),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Where there are no control groups: limits per process. */
export function limitProcess(pid: number, limits: Limits): void {
  // Not RLIMIT_AS: V8 reserves far more address space than it ever uses.
  const args = ['--pid', String(pid), `--data=${2 * limits.memoryBytes}`, '--core=0'];
  const { status, stderr } = spawnSync('prlimit', args, { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`prlimit failed: ${stderr}`);
}

/**
 * Where there are no control groups: a command that holds itself, and all that it starts, to a number of processes. Set
 * inside, where Linux counts those of this user namespace (since 5.14; older kernels count all of the user's). Set
 * before the namespace is made, it would also bound the user's processes outside, and so one sandbox by another.
 */
export function withProcessLimit(command: readonly string[], limits: Limits): string[] {
  return ['/usr/bin/prlimit', `--nproc=${limits.processes}`, '--', ...command];
}

/** Rejects when the child ends before it is up, with what it said: that is bwrap's own message. */
function failure(child: ChildProcess): Promise<never> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (said.length < 4096) said += chunk;
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`cannot start a sandbox: ${error.message}`)));
    child.once('close', (code, signal) => {
      reject(new Error(`the sandbox did not start (${signal ?? `exit ${code}`}): ${said.trim() || 'no message'}`));
    });
  });
  failed.catch(() => {});
  return failed;
}

/** bwrap writes its status in pieces, so a chunk is not a line. */
export function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0) return;
      stream.off('data', read);
      resolve(text.slice(0, end));
    };
    stream.on('data', read);
  });
}
