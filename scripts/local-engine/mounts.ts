import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { SERVER_UID, TOOLS_UID } from './identity.ts';

/** A path of the host and where the sandbox sees it. */
export interface Mount {
  source: string;
  target: string;
  writable: boolean;
}

export const APP = '/app';
export const NODE = '/usr/local/bin/node';
export const WORKSPACE = '/workspace';
const DATA = '/var/lib/sandgate';
export const HOME = '/home/agent';
/** Where workerd puts the certificate authority of its HTTPS interception. */
const CERTIFICATES = '/etc/cloudflare/certs';

/** The parts of the host's /usr that hold programs. Not /usr/local: that is where people put their own things. */
const USR = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'libexec', 'share', 'include'];
/** The few files of the host's /etc that programs cannot do without and that say nothing about the host. */
const ETC = [
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'ssl/certs',
  'ssl/openssl.cnf',
  'ca-certificates',
];

/** What every sandbox sees of the host, read-only, as bwrap arguments. */
export function systemMounts(): string[] {
  const args = directory(
    '/usr',
    '/usr/local',
    '/usr/local/bin',
    '/etc',
    '/etc/ssl',
    '/etc/cloudflare',
    '/var',
    '/var/lib',
    '/run',
    '/home',
  );
  for (const name of USR) if (existsSync(`/usr/${name}`)) args.push(...hostPath(`/usr/${name}`));
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    if (existsSync(`/${name}`)) args.push(...hostPath(`/${name}`));
  }
  for (const name of ETC) if (existsSync(`/etc/${name}`)) args.push('--ro-bind', `/etc/${name}`, `/etc/${name}`);
  return args;
}

/** Each with mode 0755: the tools are another user, and must get through. */
export function directory(...paths: string[]): string[] {
  return paths.flatMap((path) => ['--perms', '0755', '--dir', path]);
}

/** On a merged-/usr host /bin is a symbolic link, and stays one. */
function hostPath(path: string): string[] {
  return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

/** Writes the sandbox's own /etc files once per engine, and answers how they are mounted. */
export function writeEtc(folder: string): Mount[] {
  const files = {
    passwd: `root:x:${SERVER_UID}:${SERVER_UID}:server:${DATA}:/bin/sh\nagent:x:${TOOLS_UID}:${TOOLS_UID}:agent:${HOME}:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`,
    group: `root:x:${SERVER_UID}:\nagent:x:${TOOLS_UID}:\nnogroup:x:65534:\n`,
    hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
    hostname: 'sandbox\n',
    'resolv.conf': '',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  };
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(`${folder}/${name}`, content);
    chmodSync(`${folder}/${name}`, 0o644);
    return { source: `${folder}/${name}`, target: `/etc/${name}`, writable: false };
  });
}

/** The folders that live and die with one sandbox, by their names on its disk. */
const DISK = { workspace: WORKSPACE, home: HOME, data: DATA, certificates: CERTIFICATES } as const;

/** Where those that it writes to are, inside. */
export const writableFolders = [WORKSPACE, HOME, DATA];

/** Makes them. `owners` is absent when there is only one user. */
export function makeDisk(folder: string, owners?: { server: number; tools: number }): void {
  for (const name of Object.keys(DISK)) {
    const path = `${folder}/${name}`;
    mkdirSync(path, { recursive: true });
    chmodSync(path, name === 'data' ? 0o700 : 0o755);
    if (!owners || name === 'certificates') continue;
    const owner = name === 'data' ? owners.server : owners.tools;
    chownSync(path, owner, owner);
  }
}

export function diskMounts(folder: string): Mount[] {
  return Object.entries(DISK).map(([name, target]) => {
    return { source: `${folder}/${name}`, target, writable: name !== 'certificates' };
  });
}
