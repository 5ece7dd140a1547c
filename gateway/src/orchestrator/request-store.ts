import type { Request, ResumeRequest } from '@sandgate/api-spec';

interface RequestRow extends Record<string, SqlStorageValue> {
  id: string;
  turn_id: string;
  question: string;
  created_at: string;
  expires_at: number;
  resolved_at: string | null;
  decision: string | null;
  resolved_by: string | null;
  announced: number;
}

/** How many requests of one session its account's index shows: all that may be open at once. */
const indexedRequests = 100;

/** Beyond this nothing more can be asked, and a page is cut short, in UTF-16 units: what is asked about may be large. */
const largestSize = 4 * 1024 * 1024;

type ResolvedBy = NonNullable<Request['by']>;

/** A request and the answer that is stored for it. */
export interface RequestRecord {
  id: string;
  turnId: string;
  decision: ResumeRequest | undefined;
  by: ResolvedBy | undefined;
  /** What callers see. */
  resource: Request;
}

/** What was asked of people in a session. */
export class RequestStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(turnId: string, question: Omit<Request, 'turnId' | 'status' | 'createdAt'>, now: string): void {
    this.#sql.exec(
      'INSERT INTO requests (id, turn_id, question, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
      question.requestId,
      turnId,
      JSON.stringify(question),
      now,
      Date.parse(question.expiresAt),
    );
  }

  get(id: string): RequestRecord | undefined {
    return this.#select('WHERE id = ?', id)[0];
  }

  /** All that are open, the oldest first. */
  open(): Request[] {
    return this.#select('WHERE announced = 0 AND resolved_at IS NULL ORDER BY created_at, id').map(
      ({ resource }) => resource,
    );
  }

  /** Whether so much waits for a person that nothing more can be asked. */
  get isFull(): boolean {
    // What is announced is resolved: by the index of what is not, no more than that is read.
    const sql = `SELECT count(*) AS count, total(length(question)) AS size FROM requests
      WHERE announced = 0 AND resolved_at IS NULL`;
    const { count, size } = this.#sql.exec<{ count: number; size: number }>(sql).one();
    return count >= indexedRequests || size > largestSize;
  }

  /** A page, the oldest first, behind the last of the page before. It may be cut short. */
  page(status: 'open' | 'resolved' | 'all', after: [createdAt: string, id: string] | undefined, limit: number) {
    const is = { open: 'resolved_at IS NULL', resolved: 'resolved_at IS NOT NULL', all: 'TRUE' }[status];
    const sql = `SELECT * FROM requests WHERE ${is} AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`;
    const requests: Request[] = [];
    let size = 0;
    for (const row of this.#sql.exec<RequestRow>(sql, ...(after ?? ['', '']), limit + 1)) {
      if (requests.length === limit || size > largestSize) return { requests, hasMore: true };
      requests.push(recordOf(row).resource);
      size += row.question.length;
    }
    return { requests, hasMore: false };
  }

  /** The names of what is open, those with the nearest deadlines, and when each is denied by itself, in Unix milliseconds. */
  openNames(): { id: string; kind: Request['kind']; expiresAt: number }[] {
    const sql = `SELECT id, json_extract(question, '$.kind') AS kind, expires_at AS expiresAt FROM requests
      WHERE resolved_at IS NULL AND announced = 0 ORDER BY expires_at, id LIMIT ${indexedRequests}`;
    return this.#sql.exec<{ id: string; kind: Request['kind']; expiresAt: number }>(sql).toArray();
  }

  openOf(turnId: string): RequestRecord[] {
    return this.#select('WHERE turn_id = ? AND resolved_at IS NULL ORDER BY created_at, id', turnId);
  }

  /** Requests of a turn whose resolution the log does not have yet, answered or not. */
  unannounced(turnId: string): RequestRecord[] {
    return this.#select('WHERE turn_id = ? AND announced = 0 ORDER BY created_at, id', turnId);
  }

  expired(now: number): RequestRecord[] {
    return this.#select('WHERE resolved_at IS NULL AND announced = 0 AND expires_at <= ?', now);
  }

  /** When the next open request expires, in Unix milliseconds. */
  nextExpiry(): number | undefined {
    const sql = 'SELECT MIN(expires_at) AS at FROM requests WHERE resolved_at IS NULL AND announced = 0';
    return this.#sql.exec<{ at: number | null }>(sql).one().at ?? undefined;
  }

  /** Stores the answer, before anybody acts on it. */
  resolve(id: string, decision: ResumeRequest, by: ResolvedBy, now: string): void {
    this.#sql.exec(
      'UPDATE requests SET decision = ?, resolved_by = ?, resolved_at = ? WHERE id = ?',
      JSON.stringify(decision),
      by,
      now,
      id,
    );
  }

  announce(id: string): void {
    this.#sql.exec('UPDATE requests SET announced = 1 WHERE id = ?', id);
  }

  /** Forgets the requests of a turn but for these. */
  keep(turnId: string, ids: readonly string[]): void {
    const sql = 'DELETE FROM requests WHERE turn_id = ? AND id NOT IN (SELECT value FROM json_each(?))';
    this.#sql.exec(sql, turnId, JSON.stringify(ids));
  }

  /** Has a request as it was asked. */
  reopen(id: string): void {
    const sql =
      'UPDATE requests SET resolved_at = NULL, decision = NULL, resolved_by = NULL, announced = 0 WHERE id = ?';
    this.#sql.exec(sql, id);
  }

  /** Forgets what was asked and answered in turns that ended before this event. */
  forget(firstSeq: number): void {
    this.#sql.exec(
      'DELETE FROM requests WHERE announced = 1 AND turn_id IN (SELECT id FROM turns WHERE last_seq < ?)',
      firstSeq,
    );
  }

  #select(rest: string, ...values: SqlStorageValue[]): RequestRecord[] {
    return this.#sql
      .exec<RequestRow>(`SELECT * FROM requests ${rest}`, ...values)
      .toArray()
      .map(recordOf);
  }
}

function recordOf(row: RequestRow): RequestRecord {
  const decision = row.decision === null ? undefined : (JSON.parse(row.decision) as ResumeRequest);
  const by = (row.resolved_by as ResolvedBy | null) ?? undefined;
  const question = JSON.parse(row.question) as Omit<Request, 'turnId' | 'status' | 'createdAt'>;
  return {
    id: row.id,
    turnId: row.turn_id,
    decision,
    by,
    resource: {
      ...question,
      turnId: row.turn_id,
      status: row.resolved_at === null ? 'open' : 'resolved',
      createdAt: row.created_at,
      ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
      ...(decision && { decision: decision.decision }),
      ...(decision?.scope && { scope: decision.scope }),
      ...(by && { by }),
    },
  };
}
