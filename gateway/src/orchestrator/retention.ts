import { ProblemError } from '@sandgate/api-spec';
import type { EventLog } from './event-log.ts';
import type { RequestStore } from './request-store.ts';
import { TurnError } from './turn-error.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** How long a turn is remembered at least, in milliseconds: its id is an idempotency key, which is kept for a day. */
const rememberedMs = 24 * 60 * 60 * 1000;

interface Parts {
  sessionId: string;
  log: EventLog;
  turns: TurnStore;
  requests: RequestStore;
}

/**
 * Bounds what a session keeps. The oldest events go first, but never one of a turn that is open; with them goes what
 * was kept of their turns beside the log. A turn that alone is more than the log may hold is ended.
 */
export class Retention {
  readonly #parts: Parts;
  readonly #limit: number;

  /** @param limit the most that the log keeps, in bytes. */
  constructor(parts: Parts, limit: number) {
    this.#parts = parts;
    this.#limit = limit;
  }

  /** Drops what is too old, an eighth of the limit at once, so that not each flush has to. */
  enforce(now: number): void {
    const { log, turns, requests } = this.#parts;
    if (log.size <= this.#limit) return;
    if (!log.drop(this.#limit * 0.875, turns.open()[0]?.firstSeq ?? Number.MAX_SAFE_INTEGER)) return;
    requests.forget(log.first);
    turns.forget(log.first, new Date(now - rememberedMs).toISOString());
  }

  /** Whether the turns that are open fill the log: nothing of theirs may go. */
  get isFull(): boolean {
    const { log, turns } = this.#parts;
    if (log.size <= this.#limit) return false;
    const first = turns.open()[0]?.firstSeq;
    return first !== undefined && log.sizeFrom(first) > this.#limit;
  }

  /** @throws TurnError where the turn alone fills the log. What others said while it was queued is not its own. */
  checkRoom(turnId: string): void {
    const { log } = this.#parts;
    if (log.size > this.#limit && log.sizeSinceStart(turnId) > this.#limit)
      throw new TurnError('log_full', `The turn is larger than the session's log, which holds ${this.#limit} bytes.`);
  }

  /**
   * Where a reader begins: behind the cursor that it gives, or before all that is kept.
   *
   * @param turn whose events alone are wanted.
   * @throws ProblemError `cursor_beyond_head`, or `cursor_expired` where something behind the cursor is gone.
   */
  start(after: number | undefined, turn?: TurnRecord): number {
    const { log } = this.#parts;
    if (after !== undefined && after > log.head)
      throw new ProblemError('cursor_beyond_head', `The log ends at ${log.head}, before the cursor ${after}.`);
    const isRead = turn?.status === 'complete' && (after ?? 0) >= (turn.lastSeq ?? 0);
    const isGone = turn?.lastSeq !== undefined && turn.lastSeq < log.first;
    const isCut = after !== undefined && after + 1 < log.first && (turn?.firstSeq ?? 0) < log.first;
    if (!isRead && (isGone || isCut))
      throw this.#expired(isGone ? `the turn, which ends at ${turn.lastSeq}` : `the cursor ${after}`);
    return Math.max(after ?? 0, log.first - 1);
  }

  #expired(what: string): ProblemError {
    const { log, sessionId } = this.#parts;
    return new ProblemError('cursor_expired', `The log begins at ${log.first}, behind ${what}.`, {
      link: `/v1/sessions/${encodeURIComponent(sessionId)}`,
    });
  }
}
