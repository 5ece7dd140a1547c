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

/** Prepares the limit that can be had. Only root may mount a file; in memory there is one only for those who ask. */
export function prepareDisk(stateFolder: string, bytes: number | undefined, isRoot: boolean): DiskSupport {
  const wanted = bytes ?? (isRoot ? DEFAULT_DISK_BYTES : 0);
  if (wanted === 0) return NO_LIMIT;
  if (!isRoot) return inMemory(bytes);
  const mkfs = MKFS.find((path) => existsSync(path));
  if (!mkfs || !existsSync('/dev/loop-control')) return inMemory(bytes);
  const template = `${stateFolder}/disk-template.img`;
  rmSync(template, { force: true });
  writeFileSync(template, '', { mode: 0o600 });
  truncateSync(template, wanted);
  const made = spawnSync(mkfs, [...FORMAT, '-i', String(BYTES_PER_INODE), template], { env: {}, stdio: 'ignore' });
  return made.status === 0 ? { mode: 'loop', bytes: wanted, template } : inMemory(bytes);
}

/** What is left where a file cannot be mounted. @param bytes what was asked for, if anything was */
export function inMemory(bytes: number | undefined): DiskSupport {
  return bytes ? { mode: 'tmpfs', bytes, template: undefined } : NO_LIMIT;
}

const DEFAULT_DISK_BYTES = 4 * 1024 ** 3;
const NO_LIMIT: DiskSupport = { mode: 'none', bytes: 0, template: undefined };

/** A sandbox's own file system, as root mounts it: a copy of an empty one, or in memory. */
export type OwnDisk = { target: string } & ({ template: string; image: string } | { bytes: number });

/** The arguments of `MOUNT_DISK`. */
export function mountArguments(disk: OwnDisk, users: { server: number; tools: number }): string[] {
  const kind = 'template' in disk ? ['loop', disk.template, disk.image] : ['tmpfs', String(disk.bytes), ''];
  return [...kind, disk.target, String(users.server), String(users.tools)];
}

/** `$1` is the kind; `$2` and `$3` the template and its copy, or the size; `$4` where; `$5` and `$6` the two users. */
export const MOUNT_DISK = `if [ "$1" = loop ]; then
  cp --sparse=always "$2" "$3"
  mount -o loop,nodev,nosuid,noatime,noinit_itable "$3" "$4"
  rmdir "$4/lost+found"
else
  mount -t tmpfs -o "size=$2,nr_inodes=$(($2 / ${BYTES_PER_INODE})),mode=0711,nodev,nosuid" tmpfs "$4"
fi
mkdir -m 0755 "$4/workspace" "$4/home" "$4/certificates"
mkdir -m 0700 "$4/data"
chown "$5:$5" "$4/data"
chown "$6:$6" "$4/workspace" "$4/home"
shift 6`;
