import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

/**
 * What bounds a sandbox's disk: a file system of its own in a file (`loop`), its memory (`tmpfs`, which then holds its
 * files), or nothing.
 */
export type DiskMode = 'loop' | 'tmpfs' | 'none';

export interface DiskSupport {
  mode: DiskMode;
  bytes: number;
  /** With `loop`: an empty file system, copied for each sandbox. It is sparse, so that a copy takes a few milliseconds. */
  template: string | undefined;
}

/** Enough for the trees of package managers; without a bound, tiny files would take the host's. */
const BYTES_PER_INODE = 8192;
const MKFS = ['/usr/sbin/mkfs.ext4', '/sbin/mkfs.ext4'];
/** No journal, and nothing kept for root: it lives as long as its sandbox. */
const FORMAT = ['-q', '-F', '-m', '0', '-O', '^has_journal', '-E', 'nodiscard,lazy_itable_init=1'];

/** Prepares the limit that can be had. Only root may mount; others get one only where they ask, as it costs memory. */
export function prepareDisk(stateFolder: string, bytes: number | undefined, isRoot: boolean): DiskSupport {
  const wanted = bytes ?? (isRoot ? DEFAULT_DISK_BYTES : 0);
  if (wanted === 0) return NO_LIMIT;
  if (!isRoot) return { mode: 'tmpfs', bytes: wanted, template: undefined };
  const mkfs = MKFS.find((path) => existsSync(path));
  if (!mkfs || !existsSync('/dev/loop-control')) return NO_LIMIT;
  const template = `${stateFolder}/disk-template.img`;
  rmSync(template, { force: true });
  writeFileSync(template, '', { mode: 0o600 });
  truncateSync(template, wanted);
  const made = spawnSync(mkfs, [...FORMAT, '-i', String(BYTES_PER_INODE), template], { env: {}, stdio: 'ignore' });
  return made.status === 0 ? { mode: 'loop', bytes: wanted, template } : NO_LIMIT;
}

const DEFAULT_DISK_BYTES = 4 * 1024 ** 3;
export const NO_LIMIT: DiskSupport = { mode: 'none', bytes: 0, template: undefined };

/** Mounts a copy of the template; `$1` is the template, `$2` the copy, `$3` where, `$4` and `$5` the two users. */
export const MOUNT_LOOP = `cp --sparse=always "$1" "$2"
mount -o loop,nodev,nosuid,noatime,noinit_itable "$2" "$3"
rmdir "$3/lost+found"
mkdir -m 0755 "$3/workspace" "$3/home" "$3/certificates"
mkdir -m 0700 "$3/data"
chown "$4:$4" "$3/data"
chown "$5:$5" "$3/workspace" "$3/home"
shift 5`;
