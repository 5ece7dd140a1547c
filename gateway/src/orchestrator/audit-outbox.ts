import type { AuditAction } from '@sandgate/api-spec';
import { type AccountEntry, type Act, entryOf } from '../audit/act.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** How many go in one batch: D1 takes a bounded number of statements, and there may be many where it was away. */
const batchSize = 50;

/**
 * What was done to the session, until the account's audit log has it. An entry is stored with the change that it is about,
 * in one transaction: there is no change without it.
 */
export class AuditOutbox {
  readonly #sql: SqlStorage;
  readonly #session: SessionStore;
  #isEmpty: boolean | undefined;

  constructor(sql: SqlStorage, session: SessionStore) {
    this.#sql = sql;
    this.#session = session;
  }

  /**
   * Writes down what is done to the session, in one commit with it; before it, so that what cannot be is not done.
   *
   * @param set what is set by it, of which the names are kept.
   */
  add(action: AuditAction, act: Act, set: object = {}): void {
    const { accountId, id } = this.#session.get() as SessionRecord;
    const fields = Object.keys(set).filter((name) => name !== 'id');
    const target = { type: 'session' as const, id };
    const entry = entryOf(act, { accountId, action, target, ...(fields.length > 0 && { fields }) });
    this.#sql.exec('INSERT OR IGNORE INTO audit_outbox (id, entry) VALUES (?, ?)', entry.id, JSON.stringify(entry));
    this.#isEmpty = false;
  }

  /** Asked with each change of the session, so that it is known without a query. */
  get isEmpty(): boolean {
    this.#isEmpty ??= this.entries().length === 0;
    return this.#isEmpty;
  }

  /** The oldest; there may be more. */
  entries(): AccountEntry[] {
    return this.#sql
      .exec<{ entry: string }>(`SELECT entry FROM audit_outbox ORDER BY rowid LIMIT ${batchSize}`)
      .toArray()
      .map(({ entry }) => JSON.parse(entry));
  }

  remove(entries: readonly AccountEntry[]): void {
    for (const { id } of entries) this.#sql.exec('DELETE FROM audit_outbox WHERE id = ?', id);
    this.#isEmpty = undefined;
  }
}
