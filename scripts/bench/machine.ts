import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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

/** By how much groups of processes grow while something is done, at most; in bytes. Looked at every 100 ms. */
export async function memoryPeak<T extends string>(
  work: () => Promise<unknown>,
  groups: Record<T, number[]>,
): Promise<Record<T, number>> {
  const names = Object.keys(groups) as T[];
  const held = () => names.map((name) => memory(groups[name]));
  const before = held();
  let peak = before;
  const look = () => {
    peak = held().map((bytes, group) => Math.max(bytes, peak[group] ?? 0));
  };
  const timer = setInterval(look, 100);
  await work().finally(() => clearInterval(timer));
  look();
  return Object.fromEntries(names.map((name, group) => [name, (peak[group] ?? 0) - (before[group] ?? 0)])) as Record<
    T,
    number
  >;
}

/** The processes of our server in the sandboxes that this process has: itself, and those for files. */
export function sandboxServers(): number[] {
  return family(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/server.js');
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
