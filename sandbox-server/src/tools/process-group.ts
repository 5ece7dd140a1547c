import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 2_000;
const killMs = 1_000;
const pollMs = 10;

/**
 * Ends a process group: asked to stop at first, killed after two seconds. Resolves once nothing of it runs, or after a
 * further second: a process in the kernel's hands would otherwise hold up the turn.
 */
export async function endProcessGroup(groupId: number): Promise<void> {
  signal(groupId, 'SIGTERM');
  if (await isGone(groupId, graceMs)) return;
  signal(groupId, 'SIGKILL');
  await isGone(groupId, killMs);
}

async function isGone(groupId: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (signal(groupId, 0) && hasLiving(groupId)) {
    if (performance.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

/** Whether there was somebody to signal; the dead count too, until their parent or the init process has seen them. */
function signal(groupId: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-groupId, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Looks for one that is not dead: an init process may take seconds to see to its orphans, or never do. */
function hasLiving(groupId: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      // proc_pid_stat(5): pid (name) state ppid pgrp …, where the name may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(processGroup) === groupId && state !== 'Z' && state !== 'X';
    } catch {
      return false; // Gone meanwhile.
    }
  });
}
