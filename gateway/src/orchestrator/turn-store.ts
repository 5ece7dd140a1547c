import {
  type ChatRequest,
  readTraceparent,
  type StopReason,
  type Trace,
  type Turn,
  type TurnStatus,
  type UserMessage,
  writeTraceparent,
} from '@sandgate/api-spec';

interface TurnRow extends Record<string, SqlStorageValue> {
  ordinal: number;
  id: string;
  body_digest: string;
  status: string;
  metadata: string;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  stop_reason: string | null;
  wanted_stop: string | null;
  output_text: string | null;
  spoke: number;
  error: string | null;
  usage: string | null;
  first_seq: number | null;
  last_seq: number | null;
  deadline_left_ms: number | null;
  deadline_at: number | null;
  boot_id: string | null;
  stored_cursor: number;
  resume_cursor: number;
  parked_cursor: number;
  traceparent: string | null;
}

/** A turn as the Orchestrator keeps it: what callers see, and what it takes to go on with it. */
export interface TurnRecord extends Omit<Turn, 'sessionId' | 'openRequests'> {
  ordinal: number;
  bodyDigest: string;
  /** Whether the agent itself said something. */
  spoke: boolean;
  /** The reason that the turn is being stopped for. */
  wantedStop: StopReason | undefined;
  /** When the deadline passes, in Unix milliseconds; absent while its clock stands still. */
  deadlineAt: number | undefined;
  bootId: string | undefined;
  storedCursor: number;
  resumeCursor: number;
  parkedCursor: number;
  /** What it was asked for in. */
  trace: Trace | undefined;
}

/** How far the sandbox's stream of a turn was read: see `schema.ts`. */
export interface UpstreamCursors {
  storedCursor: number;
  resumeCursor: number;
}

/** What an event changes in its turn. */
type TurnChange = Partial<{
  status: TurnStatus;
  startedAt: string | null;
  completedAt: string;
  stopReason: StopReason;
  wantedStop: StopReason;
  outputText: string;
  spoke: 1;
  error: NonNullable<Turn['error']>;
  usage: NonNullable<Turn['usage']>;
  deadlineAt: number | null;
  deadlineLeftMs: number;
  /** Forgotten with the end: the log has them, and nobody hands them over again. */
  messages: [];
  bootId: string | null;
  storedCursor: number;
  resumeCursor: number;
  parkedCursor: number;
}>;

const columns = `ordinal, id, body_digest, status, metadata, created_at, started_at, completed_at, stop_reason, wanted_stop,
  output_text, spoke, error, usage, first_seq, last_seq, deadline_left_ms, deadline_at, boot_id, stored_cursor,
  resume_cursor, parked_cursor, traceparent`;

/** The turns of a session, in the order of their admission. */
export class TurnStore {
  readonly #sql: SqlStorage;
  /** The turns that are not complete, until one changes: while one runs, they are looked at dozens of times. */
  #open: readonly TurnRecord[] | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  admit(id: string, bodyDigest: string, body: ChatRequest, now: string, trace?: Trace): TurnRecord {
    this.#write(
      `INSERT INTO turns (id, body_digest, status, messages, metadata, created_at, deadline_left_ms, traceparent)
       VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)`,
      id,
      bodyDigest,
      JSON.stringify(body.messages),
      JSON.stringify(body.metadata ?? {}),
      now,
      body.deadlineSeconds === undefined ? null : body.deadlineSeconds * 1000,
      trace ? writeTraceparent(trace) : null,
    );
    return this.get(id) as TurnRecord;
  }

  get(id: string): TurnRecord | undefined {
    return this.open().find((turn) => turn.id === id) ?? this.#select('WHERE id = ?', id)[0];
  }

  /** What the user said, which may be long and is read only where it is needed. */
  messagesOf(id: string): UserMessage[] {
    return JSON.parse(
      this.#sql.exec<{ messages: string }>('SELECT messages FROM turns WHERE id = ?', id).one().messages,
    );
  }

  /** The turns that are not complete: the active one first, where there is one, then the queue. */
  open(): readonly TurnRecord[] {
    this.#open ??= this.#select("WHERE status <> 'complete' ORDER BY ordinal");
    return this.#open;
  }

  active(): TurnRecord | undefined {
    return this.open().find(({ status }) => status === 'running' || status === 'waiting');
  }

  /** All is as the table says, behind a transaction that did not commit and behind what came past this. */
  reload(): void {
    this.#open = undefined;
  }

  list(after: number, limit: number): TurnRecord[] {
    return this.#select('WHERE ordinal > ? ORDER BY ordinal LIMIT ?', after, limit);
  }

  change(id: string, change: TurnChange): void {
    const names = Object.keys(change).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    if (names.length === 0) return;
    const values = Object.values(change).map((value) =>
      typeof value === 'object' && value ? JSON.stringify(value) : value,
    );
    this.#write(`UPDATE turns SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, ...values, id);
  }

  /** No sandbox has it any more; the next that does numbers its frames on. */
  park(id: string, cursor: number): void {
    this.change(id, { bootId: null, storedCursor: cursor, resumeCursor: cursor, parkedCursor: cursor });
  }

  /** Notes the events that were stored last, and how far the sandbox's stream was read with them. */
  extend(id: string, firstSeq: number, lastSeq: number, cursors?: UpstreamCursors): void {
    this.#write(
      `UPDATE turns SET first_seq = COALESCE(first_seq, ?), last_seq = ?, stored_cursor = COALESCE(?, stored_cursor),
         resume_cursor = COALESCE(?, resume_cursor) WHERE id = ?`,
      firstSeq,
      lastSeq,
      cursors?.storedCursor ?? null,
      cursors?.resumeCursor ?? null,
      id,
    );
  }

  /** Lets the deadline's clock run, from what is left of it. */
  startClock(id: string, now: number): void {
    this.#write('UPDATE turns SET deadline_at = deadline_left_ms + ? WHERE id = ? AND deadline_at IS NULL', now, id);
  }

  /** Stops the deadline's clock: the turn waits for a person. */
  stopClock(id: string, now: number): void {
    this.#write(
      'UPDATE turns SET deadline_left_ms = MAX(0, deadline_at - ?), deadline_at = NULL WHERE id = ? AND deadline_at IS NOT NULL',
      now,
      id,
    );
  }

  /** Of turns that ended before this event only the outcome stays, and nothing of those that ended before this time. */
  forget(firstSeq: number, before: string): void {
    const gone = "status = 'complete' AND last_seq < ?";
    this.#write(`DELETE FROM turns WHERE ${gone} AND completed_at < ?`, firstSeq, before);
    this.#write(`UPDATE turns SET output_text = NULL WHERE ${gone} AND output_text IS NOT NULL`, firstSeq);
  }

  #write(sql: string, ...values: unknown[]): void {
    this.reload();
    this.#sql.exec(sql, ...values);
  }

  #select(rest: string, ...values: SqlStorageValue[]): TurnRecord[] {
    return this.#sql
      .exec<TurnRow>(`SELECT ${columns} FROM turns ${rest}`, ...values)
      .toArray()
      .map(recordOf);
  }
}

function recordOf(row: TurnRow): TurnRecord {
  return {
    ordinal: row.ordinal,
    id: row.id,
    bodyDigest: row.body_digest,
    status: row.status as TurnStatus,
    metadata: JSON.parse(row.metadata),
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    completedAt: row.completed_at ?? undefined,
    stopReason: (row.stop_reason as StopReason | null) ?? undefined,
    wantedStop: (row.wanted_stop as StopReason | null) ?? undefined,
    spoke: row.spoke === 1,
    outputText: row.output_text ?? undefined,
    error: row.error === null ? undefined : JSON.parse(row.error),
    usage: row.usage === null ? undefined : JSON.parse(row.usage),
    firstSeq: row.first_seq ?? undefined,
    lastSeq: row.last_seq ?? undefined,
    deadlineAt: row.deadline_at ?? undefined,
    bootId: row.boot_id ?? undefined,
    storedCursor: row.stored_cursor,
    resumeCursor: row.resume_cursor,
    parkedCursor: row.parked_cursor,
    trace: readTraceparent(row.traceparent),
  };
}
