import type { Request } from '@sandgate/api-spec';
import { AuditLog } from '../audit/audit-log.ts';
import { log } from '../observe/log.ts';
import type { DeliveryStore } from '../webhooks/delivery-store.ts';
import type { AuditOutbox } from './audit-outbox.ts';
import type { RequestStore } from './request-store.ts';
import { type IndexedStatus, statusOf } from './session-status.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { TurnStore } from './turn-store.ts';

/** What the index shows of what waits for a person in a session; not what is asked. */
interface IndexedRequest {
  id: string;
  kind: Request['kind'];
  /** In Unix milliseconds. */
  expiresAt: number;
}

interface Shown {
  status: IndexedStatus;
  requests: IndexedRequest[];
}

interface Sources {
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  audit: AuditOutbox;
  deliveries: DeliveryStore;
}

/**
 * The session's rows in its account's index: a copy, of which the Orchestrator is the authority. What was done to the
 * session goes to the account's audit log on the same way.
 */
export class SessionIndex {
  readonly #db: D1Database;
  readonly #sources: Sources;
  #writing: Promise<void> | undefined;

  constructor(db: D1Database, sources: Sources) {
    this.#db = db;
    this.#sources = sources;
  }

  get isRight(): boolean {
    const { audit, session } = this.#sources;
    return audit.isEmpty && session.get()?.indexedStatus === digestOf(this.#shown());
  }

  /** Brings the rows up to date, one write at a time, so that an older never lands on a newer. A failure leaves them wrong. */
  bringUpToDate(): Promise<void> {
    if (!this.#writing && this.isRight) return Promise.resolve(); // It would end before it is kept, and be kept for ever.
    this.#writing ??= this.#writeUntilRight();
    return this.#writing;
  }

  #shown(): Shown {
    const status = statusOf(this.#sources);
    return { status, requests: status === 'waiting' ? this.#sources.requests.openNames() : [] };
  }

  async #writeUntilRight(): Promise<void> {
    const { session, audit } = this.#sources;
    const auditLog = new AuditLog(this.#db);
    try {
      while (!this.isRight) {
        const shown = this.#shown();
        const before = session.get() as SessionRecord;
        const entries = audit.entries();
        const adding = entries.flatMap((entry) => auditLog.adding(entry));
        await this.#db.batch([...this.#statements(before, shown), ...adding]);
        audit.remove(entries);
        // What changed meanwhile is written next.
        if (session.get()?.revision === before.revision) session.setIndexed(digestOf(shown));
      }
    } catch (error) {
      log('error', 'session not indexed', { error });
    } finally {
      this.#writing = undefined;
    }
  }

  #statements(record: SessionRecord, { status, requests }: Shown): D1PreparedStatement[] {
    const { accountId, id, agent, metadata, createdAt } = record;
    const forgetRequests = this.#db
      .prepare('DELETE FROM open_requests WHERE account_id = ? AND session_id = ?')
      .bind(accountId, id);
    if (status === 'deleted')
      return [
        this.#db.prepare('DELETE FROM sessions WHERE account_id = ? AND id = ?').bind(accountId, id),
        forgetRequests,
        this.#sources.deliveries.cancelling(id),
      ];
    const session = this.#db
      .prepare(
        `INSERT INTO sessions (account_id, id, status, agent, metadata, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (account_id, id) DO UPDATE SET status = excluded.status, metadata = excluded.metadata`,
      )
      .bind(accountId, id, status, agent, JSON.stringify(metadata), createdAt);
    const rows = requests.map((request) => [request.id, request.kind, new Date(request.expiresAt).toISOString()]);
    const addRequests = this.#db
      .prepare(
        `INSERT INTO open_requests (account_id, session_id, id, kind, expires_at)
         SELECT ?, ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
      )
      .bind(accountId, id, JSON.stringify(rows));
    return rows.length > 0 ? [session, forgetRequests, addRequests] : [session, forgetRequests];
  }
}

/** What is kept of what the index shows, so that it is known where it is out of date. */
function digestOf({ status, requests }: Shown): string {
  return [status, ...requests.map(({ id }) => id)].join('\n');
}
