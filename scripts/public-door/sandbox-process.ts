import { readdirSync, readFileSync } from 'node:fs';

/** The process of a session's server in its sandbox, if it runs. Its tools and its other processes do not show the id. */
export function sandboxProcess(sessionId: string): number | undefined {
  return readdirSync('/proc')
    .map(Number)
    .find((pid) => Number.isInteger(pid) && environmentOf(pid).includes(`SANDGATE_SESSION_ID=${sessionId}`));
}

/** Whether it runs no more: then nobody listens where it did, whoever has noticed that. */
export function hasEnded(pid: number): boolean {
  return environmentOf(pid).join('') === '';
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // It ended, or is not ours to look at.
  }
}
