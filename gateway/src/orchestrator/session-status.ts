import type { SessionStatus } from '@sandgate/api-spec';
import type { Origin } from './origin.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { TurnStore } from './turn-store.ts';

/** How a session is, as its account's index shows it. */
export type IndexedStatus = SessionStatus | 'deleted';

export function statusOf({ session, turns }: { session: SessionStore; turns: TurnStore }): IndexedStatus {
  const { deleted, asleep } = session.get() as SessionRecord;
  if (deleted) return 'deleted';
  const open = turns.open()[0];
  if (open) return open.status === 'waiting' ? 'waiting' : 'running';
  return asleep ? 'sleeping' : 'idle';
}

/** Whether there is a session, or was: one that is about to be forked is in no list. */
export function isThere({ session, origin }: { session: SessionStore; origin: Origin }): boolean {
  return origin.isMade || session.get()?.deleted === true;
}
