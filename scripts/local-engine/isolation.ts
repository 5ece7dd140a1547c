import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter } from 'node:path';
import { BubblewrapRuntime } from './bubblewrap-runtime.ts';
import { detectLimits, type LimitMode } from './cgroup.ts';
import { type DiskMode, type DiskSupport, inMemory, prepareDisk } from './disk.ts';
import { startGuardian } from './guardian.ts';
import { Identities } from './identity.ts';
import type { Image } from './image.ts';
import { Journal } from './journal.ts';
import type { Log } from './log.ts';
import { APP, NODE } from './mounts.ts';
import type { Runtime } from './runtime.ts';
import { UnsafeRuntime } from './unsafe-runtime.ts';

type Mode = 'root' | 'unprivileged' | 'none';

export interface Isolation {
  mode: Mode;
  limits: LimitMode | 'none';
  disk: DiskMode;
  runtime: Runtime;
  journal: Journal;
  /** A short path for sockets. It goes when the engine ends, in whatever way. */
  runFolder: string;
  close(): void;
}

/** What to say where the engine cannot run at all, with isolation or without: it lives by /proc. */
export function unsupported(platform: string): string | undefined {
  if (platform === 'linux') return undefined;
  const instead =
    platform === 'win32'
      ? 'run Sandgate in WSL 2'
      : 'use Docker or Podman (npm start -- --engine docker), or run Sandgate in a Linux VM';
  return `the local container engine needs Linux, and this is ${platform}: ${instead}`;
}

const PROGRAMS = {
  bwrap: 'bubblewrap',
  socat: 'socat',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  unshare: 'util-linux',
  prlimit: 'util-linux',
};

/**
 * Decides how containers will run, and tries it out: a sandbox that only looks around takes 30 ms and answers whether
 * namespaces, seccomp and the rest are to be had here. If not, the engine refuses.
 */
export async function chooseIsolation(options: {
  image: Image;
  log: Log;
  state: string;
  unsafe: boolean;
  /** Undefined leaves it to what can be had. */
  diskBytes: number | undefined;
}): Promise<Isolation> {
  const { image, log, state } = options;
  const refused = unsupported(process.platform);
  if (refused) throw new Error(refused);
  const isRoot = process.getuid?.() === 0;
  const runFolder = makeRunFolder(isRoot);
  try {
    const { journal, reaped } = await Journal.open(state, runFolder);
    if (reaped > 0) log.warn(`removed ${reaped} container(s) of an engine that was killed`);
    const endGuardian = startGuardian(runFolder);
    const close = () => {
      endGuardian();
      rmSync(runFolder, { recursive: true, force: true });
    };
    if (options.unsafe) {
      log.warn('!!! --unsafe-no-isolation: containers are plain processes of this machine, with all that you can do.');
      log.warn('!!! Never run an agent, or code that you do not trust, in this mode.');
      return {
        mode: 'none',
        limits: 'none',
        disk: 'none',
        runtime: new UnsafeRuntime(image, log, state),
        journal,
        runFolder,
        close,
      };
    }
    requirePrograms();
    const limits = detectLimits();
    const users = isRoot ? 'two' : 'one';
    const identities = isRoot ? new Identities('/run/sandgate-identities') : undefined;
    const make = (disk: DiskSupport) =>
      new BubblewrapRuntime({ users, image, log, journal, limits, disk, stateFolder: state, runFolder, identities });
    let disk = prepareDisk(state, options.diskBytes, isRoot);
    let runtime = make(disk);
    await tryOut(runtime).catch(async (error) => {
      if (disk.mode !== 'loop') throw error;
      // Loop devices are there and cannot be used, as in most containers.
      disk = inMemory(options.diskBytes);
      runtime = make(disk);
      await tryOut(runtime);
    });
    if (disk.mode === 'none')
      log.warn('a sandbox may fill the disk: --disk-limit MIB bounds it, in memory without root or loop devices');
    if (limits.mode === 'prlimit') log.warn('no control groups to be had: limits hold per process only');
    return {
      mode: isRoot ? 'root' : 'unprivileged',
      limits: limits.mode,
      disk: disk.mode,
      runtime,
      journal,
      runFolder,
      close,
    };
  } catch (error) {
    rmSync(runFolder, { recursive: true, force: true });
    throw error;
  }
}

/** A short path (unix sockets allow 107 bytes) that goes away with a reboot. Its name is part of the relays' arguments. */
function makeRunFolder(isRoot: boolean): string {
  const base = isRoot && existsSync('/run') ? '/run' : (process.env.XDG_RUNTIME_DIR ?? tmpdir());
  const folder = mkdtempSync(`${base.length > 40 ? '/tmp' : base}/sandgate-`);
  // Relays, which run as other users, pass through it; what is inside is closed to all but its owner.
  chmodSync(folder, 0o711);
  return folder;
}

function requirePrograms(): void {
  const path = `/usr/bin${delimiter}/bin${delimiter}/usr/sbin${delimiter}/sbin${delimiter}/usr/local/bin`;
  const missing = Object.entries(PROGRAMS).filter(
    ([name]) => !path.split(delimiter).some((folder) => existsSync(`${folder}/${name}`)),
  );
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))].join(' ');
  throw new Error(refusal(`not installed: ${missing.map(([name]) => name).join(', ')} (apt-get install ${packages})`));
}

/** The probe also finds out whether the sandbox's user may read what it has to run. */
const READABLE = 'for path; do [ -r "$path" ] || exit 3; done';

async function tryOut(runtime: Runtime): Promise<void> {
  // Another each time: engines that start at once must not share a control group.
  const id = `probe${randomBytes(4).toString('hex')}`.slice(0, 12);
  const needed = [APP, NODE, ...runtime.image.cmd.filter((part) => part.startsWith(`${APP}/`))];
  let code: number;
  try {
    const sandbox = await runtime.start({
      id,
      command: ['/bin/sh', '-c', READABLE, 'sh', ...needed],
      environment: {},
      certificates: new Map(),
      // It sends nothing: its relay only needs a path that exists.
      proxy: async (socket) => writeFileSync(socket, ''),
      onOutput: () => {},
    });
    code = await sandbox.exited;
  } catch (error) {
    throw new Error(refusal((error as Error).message));
  } finally {
    await runtime.clear(id);
  }
  if (code === 3) {
    throw new Error(`a sandbox cannot read the image or Node: chmod -R o+rX ${runtime.image.app} ${process.execPath}`);
  }
  if (code !== 0) throw new Error(refusal(`a sandbox could not run /bin/sh (exit ${code})`));
}

function refusal(reason: string): string {
  return [
    `refusing to start, because containers could not be isolated: ${reason}.`,
    'What to do: install what is missing; in a container, allow user namespaces and an unmasked /proc (--privileged),',
    'or run it in a virtual machine.',
    'To run without any isolation, for code that you wrote yourself: --unsafe-no-isolation.',
  ].join('\n');
}
