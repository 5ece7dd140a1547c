import { readdirSync, readFileSync } from 'node:fs';
import { identify } from '../local-engine/processes.ts';

/** The process of a session's server in its sandbox, if it runs. Its tools and its other processes do not show the id. */
export function sandboxProcess(sessionId: string): number | undefined {
  return readdirSync('/proc')
    .map(Number)
    .find((pid) => Number.isInteger(pid) && environmentOf(pid).includes(`SANDGATE_SESSION_ID=${sessionId}`));
}

/**
 * Whether it runs no more: then nobody listens where it did, whoever has noticed that. Its memory goes before its sockets,
 * so that it shows no environment while it may still be connected to.
 */
export function hasEnded(pid: number): boolean {
  return identify(pid) === undefined;
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // It ended, or is not ours to look at.
  }
}
