import type { DurableEvent } from '@sandgate/api-spec';
import type { Entry } from './entry.ts';

interface SegmentRow extends Record<string, SqlStorageValue> {
  first_seq: number;
  turn_id: string | null;
  lines: string;
}

/** How many segments one read takes from the table, so that a long log never stands in memory as a whole. */
const segmentsPerRead = 64;

/** The durable events of a session, numbered from 1 without a gap. */
export class EventLog {
  readonly #sql: SqlStorage;
  #head: number;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const row = sql.exec<{ head: number | null }>('SELECT MAX(last_seq) AS head FROM segments').one();
    this.#head = row.head ?? 0;
  }

  /** The number of the newest event; 0 before any. */
  get head(): number {
    return this.#head;
  }

  /** Stores entries of one turn (or of none) as one segment. Their `seq` goes on from the head. */
  append(turnId: string | undefined, entries: Entry[]): void {
    const first = this.#head + 1;
    const last = this.#head + entries.length;
    const lines = entries.map((entry) => entry.json).join('\n');
    this.#sql.exec('INSERT INTO segments VALUES (?, ?, ?, ?)', first, last, turnId ?? null, lines);
    this.#head = last;
  }

  /** After a transaction that did not commit, the head is what the table says. */
  reload(): void {
    this.#head = this.#sql.exec<{ head: number | null }>('SELECT MAX(last_seq) AS head FROM segments').one().head ?? 0;
  }

  /** The next entries behind `after`, of one turn where it is given: some, or none at the end. */
  read(after: number, turnId?: string): Entry[] {
    const rows =
      turnId === undefined
        ? this.#sql.exec<SegmentRow>(
            'SELECT first_seq, turn_id, lines FROM segments WHERE last_seq > ? ORDER BY first_seq LIMIT ?',
            after,
            segmentsPerRead,
          )
        : this.#sql.exec<SegmentRow>(
            'SELECT first_seq, turn_id, lines FROM segments WHERE turn_id = ? AND last_seq > ? ORDER BY first_seq LIMIT ?',
            turnId,
            after,
            segmentsPerRead,
          );
    return rows
      .toArray()
      .flatMap(entriesOf)
      .filter((entry) => entry.seq > after);
  }

  /** Up to `limit` events behind `after` of the given types, and whether there are more. */
  page(after: number, limit: number, types?: ReadonlySet<string>): { events: DurableEvent[]; hasMore: boolean } {
    const found: DurableEvent[] = [];
    for (let cursor = after; ; ) {
      const entries = this.read(cursor);
      if (entries.length === 0) return { events: found, hasMore: false };
      for (const entry of entries) {
        cursor = entry.seq ?? cursor;
        const event = JSON.parse(entry.json) as DurableEvent;
        if (types && !types.has(event.type)) continue;
        if (found.length === limit) return { events: found, hasMore: true };
        found.push(event);
      }
    }
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
