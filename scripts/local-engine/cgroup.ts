import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { signal } from './processes.ts';

const ROOT = '/sys/fs/cgroup';

/**
 * The group in which the sandboxes of all engines share the processors. Together they weigh as much as the gateway, which
 * has half where all are busy: one by one, eight left it a ninth. It stays when they are gone.
 */
const SHARED = 'sandgate';
const SETTINGS = {
  cgroup1: { 'cpu.shares': '1024' },
  cgroup2: { 'cgroup.subtree_control': '+cpu +memory +pids', 'cpu.weight': '100' },
};

export interface Limits {
  memoryBytes: number;
  processes: number;
}

export const DEFAULT_LIMITS: Limits = { memoryBytes: 1024 ** 3, processes: 512 };

/** How limits are enforced on this machine: control groups where we may make them, else rlimits. */
export type LimitMode = 'cgroup2' | 'cgroup1' | 'prlimit';

export interface LimitSupport {
  mode: LimitMode;
  /** Folders in which a group per sandbox can be made. */
  parents: string[];
}

/** Finds out which limits this process can set, by looking for control groups that it may divide. */
export function detectLimits(): LimitSupport {
  const own = ownGroups();
  const unified = own.get('');
  if (unified !== undefined && existsSync(`${ROOT}/cgroup.controllers`)) {
    const parent = delegated(unified);
    if (parent !== undefined) return { mode: 'cgroup2', parents: [shared(parent, SETTINGS.cgroup2) ?? parent] };
  }
  const [cpu, ...bounds] = ['cpu', 'memory', 'pids'].map((controller) => {
    const path = own.get(controller);
    const folder = `${ROOT}/${controller}${path === '/' ? '' : path}`;
    return path !== undefined && canMake(folder) ? folder : undefined;
  });
  const parents = bounds.filter((folder) => folder !== undefined);
  if (parents.length < bounds.length) return { mode: 'prlimit', parents: [] };
  const weighed = cpu && shared(cpu, SETTINGS.cgroup1);
  return { mode: 'cgroup1', parents: weighed ? [...parents, weighed] : parents };
}

/**
 * The nearest group that hands out memory and pids to those below it: our own cannot, as we are in it ("no internal
 * processes"), so it is the slice around it. A user has one where systemd delegates, as in `systemd-run --user --scope`.
 */
function delegated(own: string): string | undefined {
  for (let path = own; ; path = dirname(path)) {
    const parent = `${ROOT}${path === '/' ? '' : path}`;
    const enabled = readOr(`${parent}/cgroup.subtree_control`, '').trim().split(' ');
    if (enabled.includes('memory') && enabled.includes('pids') && canMake(parent)) return parent;
    if (path === dirname(path)) return undefined;
  }
}

/** The group for all, where this one hands out processors (cgroup v2, "Top-down Constraint"). */
function shared(parent: string, settings: Record<string, string>): string | undefined {
  const group = `${parent}/${SHARED}`;
  try {
    mkdirSync(group, { recursive: true });
    for (const [file, value] of Object.entries(settings)) writeFileSync(`${group}/${file}`, value);
    return group;
  } catch {
    removeGroups([group]); // Which leaves it where another engine uses it.
    return undefined;
  }
}

/** The control groups of one sandbox. */
export class Cgroup {
  readonly folders: string[];
  readonly #mode: LimitMode;

  constructor(support: LimitSupport, name: string) {
    this.#mode = support.mode;
    this.folders = support.parents.map((parent) => `${parent}/sandgate-${name}`);
  }

  make(limits: Limits): void {
    for (const folder of this.folders) mkdirSync(folder, { recursive: true });
    if (this.#mode === 'cgroup2') {
      this.#set('memory.max', limits.memoryBytes);
      this.#set('memory.swap.max', 0);
      this.#set('pids.max', limits.processes);
    } else if (this.#mode === 'cgroup1') {
      this.#set('memory.limit_in_bytes', limits.memoryBytes);
      this.#set('memory.memsw.limit_in_bytes', limits.memoryBytes);
      this.#set('pids.max', limits.processes);
    }
  }

  add(pid: number): void {
    for (const folder of this.folders) writeFileSync(`${folder}/cgroup.procs`, String(pid));
  }

  /** Whether the kernel ended a process of this group for want of memory. */
  ranOutOfMemory(): boolean {
    const file = this.#mode === 'cgroup2' ? 'memory.events' : 'memory.oom_control';
    return this.folders.some((folder) => /^oom_kill [1-9]/m.test(readOr(`${folder}/${file}`, '')));
  }

  remove(): boolean {
    return removeGroups(this.folders);
  }

  #set(file: string, value: number): void {
    for (const folder of this.folders) {
      if (this.#mode === 'cgroup1' && !existsSync(`${folder}/${file}`)) continue; // It is of another controller.
      try {
        writeFileSync(`${folder}/${file}`, String(value));
      } catch (error) {
        // Swap accounting may be compiled in and switched off; the limits that matter must hold.
        if (!/swap|memsw/.test(file)) throw error;
      }
    }
  }
}

/** Ends whatever still runs in these groups and removes them; answers whether all are gone. */
export function removeGroups(folders: readonly string[]): boolean {
  let removed = true;
  for (const folder of folders) {
    for (const pid of readOr(`${folder}/cgroup.procs`, '').split('\n').filter(Boolean)) signal(Number(pid), 'SIGKILL');
    try {
      if (existsSync(folder)) rmdirSync(folder);
    } catch {
      removed = false;
    }
  }
  return removed;
}

/** This process's own groups by controller; the unified hierarchy has the empty name. */
function ownGroups(): Map<string, string> {
  const groups = new Map<string, string>();
  for (const line of readOr('/proc/self/cgroup', '').trim().split('\n')) {
    const [, controllers = '', path = '/'] = line.split(':');
    for (const controller of controllers.split(',')) groups.set(controller, path);
  }
  return groups;
}

function canMake(folder: string): boolean {
  try {
    readdirSync(folder);
    accessSync(folder, constants.W_OK);
    accessSync(`${folder}/cgroup.procs`, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}
