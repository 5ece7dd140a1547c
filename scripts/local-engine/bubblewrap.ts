import { directory, HOME, type Mount, systemMounts, WORKSPACE } from './mounts.ts';

/** Descriptors that bwrap inherits from the engine; the launcher opens them. */
export const FD = { args: 3, ready: 4, go: 5, status: 6, release: 7, seccomp: 8 } as const;

export interface SandboxArguments {
  /** Two users and a user namespace made by the engine (root), or one user and one made by bwrap. */
  users: 'two' | 'one';
  mounts: Mount[];
  environment: Record<string, string>;
  /** The quota of /tmp, and that of /dev/shm: they are memory. */
  tmpBytes: number;
  /** What else is kept in memory, to be bounded: each folder with a quota of its own. */
  inMemory?: { folders: readonly string[]; bytes: number } | undefined;
}

/**
 * The arguments of bwrap, everything but the command. They hold the environment, and with it secrets, so they travel
 * through a descriptor (`--args FD`) and never through an argv, which any user of the machine may read.
 */
export function bubblewrapArguments(options: SandboxArguments): string[] {
  return [
    ...namespaces(options.users),
    ...['--hostname', 'sandbox', '--die-with-parent', '--new-session', '--clearenv'],
    ...systemMounts(),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['/dev/shm', '/tmp'].flatMap((path) => [
      ...['--size', String(options.tmpBytes), '--perms', '1777', '--tmpfs', path],
    ]),
    ...directory('/var/tmp'),
    ...options.mounts.flatMap(({ source, target, writable }) => [writable ? '--bind' : '--ro-bind', source, target]),
    ...(options.inMemory?.folders ?? []).flatMap((path) => [
      ...['--size', String(options.inMemory?.bytes), '--perms', '0755', '--tmpfs', path],
    ]),
    // Last of the mounts: the root itself and /dev are tmpfs of the sandbox's, and nobody has to write there.
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', WORKSPACE],
    ...Object.entries(options.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--json-status-fd', String(FD.status), '--seccomp', String(FD.seccomp)],
  ];
}

/** For a further process in a sandbox that runs: no new view, but the same confinement. */
export function entryArguments(options: {
  users: 'two' | 'one';
  environment: Record<string, string>;
  workingDirectory: string;
}): string[] {
  return [
    ...['--dev-bind', '/', '/', '--die-with-parent', '--new-session', '--clearenv', ...capabilities(options.users)],
    ...['--chdir', options.workingDirectory],
    ...Object.entries(options.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', String(FD.seccomp)],
  ];
}

function namespaces(users: 'two' | 'one'): string[] {
  const fresh = ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'];
  if (users === 'one') {
    // As user 0: with any other, bwrap makes a second user namespace for /dev/pts, and the relays, which enter that of
    // the server, would have no power over the network namespace of the first.
    return ['--unshare-user', '--uid', '0', '--gid', '0', ...fresh, ...capabilities(users)];
  }
  return [...fresh, ...capabilities(users)];
}

function capabilities(users: 'two' | 'one'): string[] {
  if (users === 'one') return ['--cap-drop', 'ALL'];
  // The engine has made the user namespace. Of its powers the server keeps what it needs to start, and to end, a
  // process as the tools' user.
  const kept = ['CAP_SETUID', 'CAP_SETGID', 'CAP_KILL'].flatMap((capability) => ['--cap-add', capability]);
  return ['--cap-drop', 'ALL', ...kept];
}

/**
 * The command as bwrap runs it: it says that it is there, and waits for the engine's word. (bwrap's own `--block-fd` takes the engine's death for
 * the word.) The token is for guardian.ts and for the journal: by it they know this engine's bwrap from others.
 */
export function heldCommand(command: readonly string[], token: string): string[] {
  return [
    '/bin/sh',
    '-c',
    `echo held >&${FD.release}; read -r go <&${FD.release} && exec "$@" ${FD.release}<&-`,
    token,
    ...command,
  ];
}

/** As bwrap reads them from a descriptor. */
export function encodeArguments(args: readonly string[]): Buffer {
  for (const arg of args) if (arg.includes('\0')) throw new Error('an argument holds a NUL byte');
  return Buffer.from(args.map((arg) => `${arg}\0`).join(''));
}

/** What the server finds in its environment when nobody says otherwise. */
export function baseEnvironment(users: 'two' | 'one' | 'none'): Record<string, string> {
  const proxy = 'http://127.0.0.1:3128';
  // Node writes an IPv6 address with brackets, most others without.
  const local = 'localhost,127.0.0.1,[::1],::1';
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    HOME,
    LANG: 'C.UTF-8',
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NO_PROXY: local,
    http_proxy: proxy,
    https_proxy: proxy,
    no_proxy: local,
    NODE_USE_ENV_PROXY: '1',
    SANDGATE_DATA_DIR: '/var/lib/sandgate',
    ...(users === 'two' ? { SANDGATE_TOOLS_UID: '1000', SANDGATE_TOOLS_GID: '1000' } : {}),
  };
}
