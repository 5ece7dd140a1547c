import type { Answer, Ask } from '../agent.ts';

/** All that a person can answer where a tool wants to run. */
export const allOptions: Ask['options'] = [
  { id: 'allow', scope: 'once' },
  { id: 'allow', scope: 'session' },
  { id: 'deny', scope: 'once' },
];

/** A denial in words, for the agent and for the log. */
export function denial({ by, message }: Answer): string {
  if (by === 'interrupt') return 'Not run: the turn was interrupted.';
  if (by === 'timeout') return 'Not run: nobody answered in time.';
  return message ? `Denied: ${message}` : 'Denied.';
}
