import type { SessionStatus } from '@sandgate/api-spec';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** What the index shows of a session. */
export type IndexedStatus = SessionStatus | 'deleted';

/** The session's row in its account's index: a copy, of which the Orchestrator is the authority. */
export class SessionIndex {
  readonly #db: D1Database;
  readonly #session: SessionStore;
  readonly #status: () => IndexedStatus;
  #writing: Promise<void> | undefined;

  constructor(db: D1Database, session: SessionStore, status: () => IndexedStatus) {
    this.#db = db;
    this.#session = session;
    this.#status = status;
  }

  get isRight(): boolean {
    return this.#session.get()?.indexedStatus === this.#status();
  }

  /** Brings the row up to date, one write at a time, so that an older never lands on a newer. A failure leaves it wrong. */
  bringUpToDate(): Promise<void> {
    if (!this.#writing && this.isRight) return Promise.resolve(); // It would end before it is kept, and be kept for ever.
    this.#writing ??= this.#writeUntilRight();
    return this.#writing;
  }

  async #writeUntilRight(): Promise<void> {
    try {
      while (!this.isRight) {
        const status = this.#status();
        const before = this.#session.get() as SessionRecord;
        await this.#write(before, status);
        // What changed meanwhile is written next.
        if (this.#session.get()?.revision === before.revision) this.#session.setIndexed(status);
      }
    } catch (error) {
      console.error(JSON.stringify({ message: 'session not indexed', error: String(error) }));
    } finally {
      this.#writing = undefined;
    }
  }

  async #write({ accountId, id, agent, metadata, createdAt }: SessionRecord, status: IndexedStatus): Promise<void> {
    const statement =
      status === 'deleted'
        ? this.#db.prepare('DELETE FROM sessions WHERE account_id = ? AND id = ?').bind(accountId, id)
        : this.#db
            .prepare(
              `INSERT INTO sessions (account_id, id, status, agent, metadata, created_at) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (account_id, id) DO UPDATE SET status = excluded.status, metadata = excluded.metadata`,
            )
            .bind(accountId, id, status, agent, JSON.stringify(metadata), createdAt);
    await statement.run();
  }
}
