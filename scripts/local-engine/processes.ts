import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be told from a later one that was given the same number: pids are reused, start times are not. */
export interface ProcessIdentity {
  pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since boot. */
  start: number;
}

/** Start times are only comparable within one boot. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets, so count the fields from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, start: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.start === process.start;
}

/** Signals a process by number; a process that is already gone is not an error. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Docker's codes: what the program returned, or 128 and the signal's number. It may have ended already. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    const tell = (code: number | null, name: NodeJS.Signals | null) =>
      resolve(code ?? 128 + constants.signals[name ?? 'SIGKILL']);
    if (child.exitCode !== null || child.signalCode !== null) tell(child.exitCode, child.signalCode);
    else child.once('exit', tell);
  });
}

export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Every `program` process that has `text` in its arguments. */
export function findByArgument(program: string, text: string): number[] {
  const found: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const [name = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (name.split('/').at(-1) === program && args.some((arg) => arg.includes(text))) found.push(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Polls until `check` gives a value, or answers undefined once the deadline has passed. */
export async function poll<T>(
  check: () => T | undefined | false,
  milliseconds: number,
  every = 4,
): Promise<T | undefined> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const value = check();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) return undefined;
    await sleep(every);
  }
}
