import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The time that processes have had of a processor, in microseconds (proc(5), fields 14 and 15 of `stat`). */
export function cpuTime(pids: number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks / ticksPerSecond) * 1e6;
}

/** What processes hold, each shared page counted by its share; in bytes. */
export function memory(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + pss(pid), 0);
}

/**
 * By how much groups of processes grow while something is done, at most; in bytes. By the kernel's own mark of the most
 * that was resident, reset before (proc(5), `clear_refs` and `VmHWM`): to look again and again would take more time than
 * some of what is measured. One that is started meanwhile counts as a whole, and of one that ended nothing is known.
 */
export async function memoryPeak<T extends string>(
  work: () => Promise<unknown>,
  groups: Record<T, () => number[]>,
): Promise<Partial<Record<T, number>>> {
  const names = Object.keys(groups) as T[];
  const before = new Map<number, number>();
  for (const pid of names.flatMap((name) => groups[name]())) {
    forgetPeak(pid);
    before.set(pid, statusOf(pid, 'VmRSS'));
  }
  await work();
  const growth = (pid: number) => Math.max(0, statusOf(pid, 'VmHWM') - (before.get(pid) ?? 0));
  const sum = (pids: number[]) => pids.reduce((total, pid) => total + growth(pid), 0);
  const left = names.map((name) => [name, groups[name]()] as const).filter(([, pids]) => pids.length > 0);
  return Object.fromEntries(left.map(([name, pids]) => [name, sum(pids)])) as Partial<Record<T, number>>;
}

/** The processes of our server in the sandboxes that this process has: itself, and those for files. */
export const sandboxServers = () => [...familyOf('/server.js'), ...familyOf('/files.js')];

/** The local container engine, and the relays between it and its sandboxes. */
export const engines = () => [...familyOf('local-engine/main.ts'), ...familyOf('socat')];

/** All that this process has started, and they, whose command line has this in it. */
function familyOf(text: string): number[] {
  return family(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

/** A process and all that it started, and they. */
export function family(root: number): number[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = Map.groupBy(
    processes.map((line) => line.trim().split(/\s+/).map(Number)),
    ([, parent]) => parent,
  );
  const tree = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(([child]) => tree(child ?? 0))];
  return tree(root);
}

/** The workerd processes that `start` started in this process. */
export async function startedWorkerd<T>(start: () => Promise<T>): Promise<[T, number[]]> {
  const before = new Set(workerds());
  const started = await start();
  return [started, workerds().filter((pid) => !before.has(pid))];
}

function workerds(): number[] {
  return family(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd';
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

function pss(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended meanwhile.
  }
}

function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // It ended meanwhile.
  }
}

/** A line of `/proc/<pid>/status` that is in kB; in bytes, 0 where the process ended. */
function statusOf(pid: number, name: string): number {
  try {
    return (
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    );
  } catch {
    return 0;
  }
}
