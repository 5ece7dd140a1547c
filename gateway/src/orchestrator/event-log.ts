import type { DurableEvent } from '@sandgate/api-spec';
import type { Entry } from './entry.ts';

interface SegmentRow extends Record<string, SqlStorageValue> {
  first_seq: number;
  turn_id: string | null;
  lines: string;
}

/** What one read takes from the table, in UTF-16 units, so that a long log never stands in memory as a whole. */
const readSize = 256 * 1024;

/** The largest page, in UTF-16 units. */
const pageSize = 2 * 1024 * 1024;

/** The largest segment, in bytes: a row holds 2 MB (Durable Objects, limits). */
const segmentSize = 1_500_000;

const encoder = new TextEncoder();

/** The durable events of a session, numbered from 1 without a gap. */
export class EventLog {
  readonly #sql: SqlStorage;
  #head = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.reload();
  }

  /** The number of the newest event; 0 before any. */
  get head(): number {
    return this.#head;
  }

  /** Stores entries of one turn (or of none), as one segment where they fit in a row. Their `seq` goes on from the head. */
  append(turnId: string | undefined, entries: Entry[]): void {
    let lines: string[] = [];
    let size = 0;
    for (const { json } of entries) {
      const bytes = encoder.encode(json).byteLength + 1;
      if (lines.length > 0 && size + bytes > segmentSize) {
        this.#insert(turnId, lines);
        lines = [];
        size = 0;
      }
      lines.push(json);
      size += bytes;
    }
    this.#insert(turnId, lines);
  }

  /** After a transaction that did not commit, the head is what the table says. */
  reload(): void {
    this.#head = this.#sql.exec<{ head: number | null }>('SELECT MAX(last_seq) AS head FROM segments').one().head ?? 0;
  }

  /** The next entries behind `after`, of one turn where it is given: some, or none at the end. */
  read(after: number, turnId?: string): Entry[] {
    const rows = this.#sql.exec<SegmentRow>(
      `SELECT first_seq, turn_id, lines FROM segments WHERE ${turnId === undefined ? '' : 'turn_id = ? AND '}last_seq > ?
       ORDER BY first_seq`,
      ...(turnId === undefined ? [] : [turnId]),
      after,
    );
    const entries: Entry[] = [];
    let size = 0;
    for (const row of rows) {
      entries.push(...entriesOf(row).filter((entry) => entry.seq > after));
      size += row.lines.length;
      if (size >= readSize) break;
    }
    return entries;
  }

  /** Up to `limit` events behind `after` of the given types, fewer where they are large, and whether there are more. */
  page(after: number, limit: number, types?: ReadonlySet<string>): { events: DurableEvent[]; hasMore: boolean } {
    const found: DurableEvent[] = [];
    let size = 0;
    for (let cursor = after; ; ) {
      const entries = this.read(cursor);
      if (entries.length === 0) return { events: found, hasMore: false };
      for (const entry of entries) {
        cursor = entry.seq ?? cursor;
        if (types && !types.has(entry.type)) continue;
        if (found.length === limit || size >= pageSize) return { events: found, hasMore: true };
        found.push(JSON.parse(entry.json));
        size += entry.json.length;
      }
    }
  }

  #insert(turnId: string | undefined, lines: string[]): void {
    const first = this.#head + 1;
    const last = this.#head + lines.length;
    this.#sql.exec('INSERT INTO segments VALUES (?, ?, ?, ?)', first, last, turnId ?? null, lines.join('\n'));
    this.#head = last;
  }
}

function entriesOf(row: SegmentRow): (Entry & { seq: number })[] {
  return row.lines.split('\n').map((json, index) => ({
    seq: row.first_seq + index,
    turnId: row.turn_id ?? undefined,
    type: typeOf(json),
    json,
  }));
}

/** The type of an event, from its JSON text: it always comes first. */
function typeOf(json: string): string {
  return /^{"type":"([a-z.]+)"/.exec(json)?.[1] ?? '';
}
