import type { Event } from '@sandgate/api-spec';
import { isWaiting } from './promises/promise.ts';
import type { Session } from './session.ts';

/** A time in which a fault may end what is under way in a session, and the errors that tell of it. */
export interface Hardship {
  /** In Unix milliseconds. */
  from: number;
  to: number;
  codes: readonly string[];
}

/** Strikes these sessions: until that is over, a turn that is under way there may end in one of these errors. */
export async function endanger<T>(
  sessions: readonly Session[],
  codes: readonly string[],
  strike: () => Promise<T>,
): Promise<T> {
  const hardship = { from: Date.now(), to: Number.POSITIVE_INFINITY, codes };
  for (const session of sessions) session.hardships.push(hardship);
  try {
    return await strike();
  } finally {
    hardship.to = Date.now();
  }
}

/** Whether the error that ended a turn is one of a fault that struck while the turn was under way. */
export function isExcused(turn: readonly Event[], hardships: readonly Hardship[]): boolean {
  const error = turn.find(({ type }) => type === 'error');
  const first = turn.find((event) => !isWaiting(event));
  const last = turn.at(-1);
  if (error?.type !== 'error' || !first || last?.type !== 'complete' || last.stopReason !== 'error') return false;
  return hardships.some(
    ({ from, to, codes }) => codes.includes(error.code) && Date.parse(first.at) <= to && Date.parse(last.at) >= from,
  );
}
