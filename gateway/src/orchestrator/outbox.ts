/** How long a message is waited for before it is sent again, in milliseconds: the first wait, and the longest. */
const firstWaitMs = 15_000;
const longestWaitMs = 600_000;

/** How many messages may be lost in a row, over about an hour, and how often a turn is tried to be started. */
const maxSends = 10;
const maxAttempts = 6;

interface OutboxRow extends Record<string, SqlStorageValue> {
  start_at: number;
  send_at: number | null;
  sends: number;
  attempts: number;
}

/** What is left to do for a turn that the Queue starts. */
export interface OutboxEntry {
  /** Before this it is not started, in Unix milliseconds: a start that failed is not tried again at once. */
  startAt: number;
  /** When its message is sent, or sent again, in Unix milliseconds; undefined while the turn is being started. */
  sendAt: number | undefined;
  /** Whether so many messages were lost that no other is sent. */
  isLost: boolean;
  /** How often its sandbox did not start. */
  attempts: number;
}

/**
 * The turns that the Queue starts, from their admission until the sandbox has taken them: whatever happens to a message,
 * the row that stands for it is there, and another is sent.
 */
export class Outbox {
  readonly #sql: SqlStorage;
  readonly #retryMs: number;

  /** @param retryMs how long to wait behind the first start that failed; each further wait is twice as long. */
  constructor(sql: SqlStorage, retryMs: number) {
    this.#sql = sql;
    this.#retryMs = retryMs;
  }

  add(turnId: string, now: number): void {
    this.#sql.exec('INSERT INTO outbox (turn_id, start_at, send_at) VALUES (?, ?, ?)', turnId, now, now);
  }

  get(turnId: string): OutboxEntry | undefined {
    const row = this.#sql
      .exec<OutboxRow>('SELECT start_at, send_at, sends, attempts FROM outbox WHERE turn_id = ?', turnId)
      .toArray()[0];
    return (
      row && {
        startAt: row.start_at,
        sendAt: row.send_at ?? undefined,
        isLost: row.sends >= maxSends,
        attempts: row.attempts,
      }
    );
  }

  /** Notes that a message is sent now: unless the turn is started meanwhile, the next follows. */
  sent(turnId: string, now: number): void {
    const waitMs = `MIN(${firstWaitMs} << sends, ${longestWaitMs})`;
    this.#sql.exec(`UPDATE outbox SET send_at = ? + ${waitMs}, sends = sends + 1 WHERE turn_id = ?`, now, turnId);
  }

  /** Notes that the turn is being started: no message is needed. */
  begin(turnId: string): void {
    this.#sql.exec('UPDATE outbox SET send_at = NULL, sends = 0 WHERE turn_id = ?', turnId);
  }

  /**
   * Notes that the sandbox did not start.
   *
   * @returns how long to wait before it is tried again, in milliseconds; undefined where it was tried often enough.
   */
  putBack(turnId: string, now: number): number | undefined {
    const attempts = (this.get(turnId)?.attempts ?? maxAttempts) + 1;
    if (attempts >= maxAttempts) return undefined;
    const waitMs = this.#retryMs * 2 ** (attempts - 1);
    // The message that brought it comes again by then: another is sent only where that one is lost.
    this.#sql.exec(
      'UPDATE outbox SET start_at = ?, send_at = ?, attempts = ? WHERE turn_id = ?',
      now + waitMs,
      now + waitMs + firstWaitMs,
      attempts,
      turnId,
    );
    return waitMs;
  }

  remove(turnId: string): void {
    this.#sql.exec('DELETE FROM outbox WHERE turn_id = ?', turnId);
  }
}
