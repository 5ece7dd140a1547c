import type { DiskStore } from '../disk/store.ts';
import type { Alarm } from './alarm.ts';
import type { Notices } from './notices.ts';
import type { Origin } from './origin.ts';
import type { Outbox } from './outbox.ts';
import { atWork } from './parked.ts';
import type { RequestStore } from './request-store.ts';
import type { SessionIndex } from './session-index.ts';
import { isThere } from './session-status.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { TurnStore } from './turn-store.ts';

/** How soon what failed is tried again, in milliseconds: a write to the account's index, the end of a deleted session. */
export const retryMs = 5000;

/** After how long at most a turn that a sandbox has is checked on, in milliseconds: it is followed also where the object was evicted. */
const watchdogMs = 10_000;

interface Parts {
  session: SessionStore;
  origin: Origin;
  turns: TurnStore;
  requests: RequestStore;
  outbox: Outbox;
  notices: Notices;
  diskStore: DiskStore;
  index: Pick<SessionIndex, 'isRight'>;
}

/** Has the object called when something is due in it. A session that stays idle is not called. */
export class Schedule {
  readonly #alarm: Alarm;
  readonly #parts: () => Parts | undefined;
  #setting: Promise<void> | undefined;

  /** @param parts those of the session; none where it was never more than begun. */
  constructor(alarm: Alarm, parts: () => Parts | undefined) {
    this.#alarm = alarm;
    this.#parts = parts;
  }

  /** Sets the alarm, once behind all that changes in one step, and in one commit with it. */
  set(): Promise<void> {
    this.#setting ??= Promise.resolve().then(() => {
      this.#setting = undefined;
      return this.#set();
    });
    return this.#setting;
  }

  async #set(): Promise<void> {
    const parts = this.#parts();
    if (parts) await this.#alarm.set(nextDue(parts, Date.now()));
  }
}

/** When something is due next, in Unix milliseconds; null where nothing is. */
export function nextDue(parts: Parts, now: number): number | null {
  const { session, index, diskStore, notices } = parts;
  const { deleted, purged, expiresAt } = session.get() as SessionRecord;
  const isSettled = index.isRight && deleted === purged && diskStore.sweepAt === undefined && isThere(parts);
  const sendAt = notices.nextSend();
  // What is due now is being sent: the alarm is for what comes between.
  const always = [isSettled ? undefined : now + retryMs, sendAt && (sendAt > now ? sendAt : now + retryMs)];
  // What a deleted session has left open is looked after no more: a date that has passed would call without end.
  const due = (deleted ? always : [...always, expiresAt, ...duesOfTurns(parts, now)]).filter((at) => at !== undefined);
  return due.length > 0 ? Math.min(...due) : null;
}

/** When something has to be done for the open turns. */
function duesOfTurns({ turns, requests, outbox, diskStore }: Parts, now: number): (number | undefined)[] {
  const first = turns.open()[0];
  const sendAt = first && outbox.get(first.id)?.sendAt;
  return [
    requests.nextExpiry(),
    first?.deadlineAt,
    atWork(turns) ? undefined : diskStore.saveAt,
    // What is due now is being sent: the alarm is for what comes between.
    sendAt && Math.max(sendAt, now + retryMs),
    // Also while it waits for a person: when it parks, somebody has to read that, and to save its disk.
    atWork(turns) && sendAt === undefined ? now + watchdogMs : undefined,
  ];
}
