import type { DurableEvent } from '@sandgate/api-spec';
import type { Entry } from './entry.ts';
import { type StoredText, storedText, textOf } from './segment-text.ts';

/** A row of the log as it is stored: the events of one flush, a JSON text a line. */
export interface SegmentRow extends StoredText, Record<string, SqlStorageValue> {
  first_seq: number;
  turn_id: string | null;
}

/** What one read takes from the table, in UTF-16 units: a long log never stands in memory, and a slow reader holds one. */
const readSize = 64 * 1024;

/** The largest page, in UTF-16 units. */
const pageSize = 2 * 1024 * 1024;

/** The largest segment, in UTF-16 units of at most 3 bytes: a row holds 2 MB (Durable Objects, limits). */
const segmentSize = 500_000;

/** The durable events of a session, numbered from 1 without a gap. The oldest may be dropped. */
export class EventLog {
  readonly #sql: SqlStorage;
  #first = 1;
  #head = 0;
  #startByte = 0;
  #endByte = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.reload();
  }

  /** The number of the oldest event that is kept. */
  get first(): number {
    return this.#first;
  }

  /** What is kept, in bytes of text, however few are stored. */
  get size(): number {
    return this.#endByte - this.#startByte;
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
      if (lines.length > 0 && size + json.length > segmentSize) {
        this.#insert(turnId, lines);
        lines = [];
        size = 0;
      }
      lines.push(json);
      size += json.length + 1;
    }
    this.#insert(turnId, lines);
  }

  /**
   * Drops the oldest rows until no more than `size` bytes are kept, but none with an event numbered `before` or later,
   * and never the newest. Answers whether any went.
   */
  drop(size: number, before: number): boolean {
    const end = Math.min(before, this.#head);
    if (end <= this.#first) return false;
    const sql = 'DELETE FROM segments WHERE first_seq < ? AND last_seq < ? AND start_byte < ?';
    const { rowsWritten } = this.#sql.exec(sql, end, end, this.#endByte - size);
    this.#reloadStart();
    return rowsWritten > 0;
  }

  /** How many bytes are kept from the row on that holds this event. */
  sizeFrom(seq: number): number {
    const sql = 'SELECT start_byte FROM segments WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1';
    const [row] = this.#sql.exec<{ start_byte: number }>(sql, seq).toArray();
    return this.#endByte - (row?.start_byte ?? this.#startByte);
  }

  /** How many bytes are kept since a turn was begun, which is what its second row says; the first is its admission. */
  sizeSinceStart(turnId: string): number {
    const sql = 'SELECT start_byte FROM segments WHERE turn_id = ? ORDER BY first_seq LIMIT 1 OFFSET 1';
    const [row] = this.#sql.exec<{ start_byte: number }>(sql, turnId).toArray();
    return this.#endByte - (row?.start_byte ?? this.#endByte);
  }

  /**
   * Takes over a row of the log that this one was forked from. Where it does not follow on what is here, the rows between
   * are gone, and so is what was before them.
   */
  adopt(firstSeq: number, turnId: string | null, lines: string[]): void {
    if (firstSeq !== this.#head + 1) {
      this.clear();
      this.#head = firstSeq - 1;
    }
    this.#insert(turnId ?? undefined, lines);
    this.#reloadStart();
  }

  /** Leaves nothing of what was taken over. */
  clear(): void {
    this.#sql.exec('DELETE FROM segments');
    this.reload();
  }

  /** After a transaction that did not commit, all is as the table says. */
  reload(): void {
    const sql = 'SELECT * FROM segments ORDER BY first_seq DESC LIMIT 1';
    const [row] = this.#sql.exec<SegmentRow & { last_seq: number; start_byte: number }>(sql).toArray();
    this.#head = row?.last_seq ?? this.#base;
    this.#endByte = row ? row.start_byte + Buffer.byteLength(textOf(row)) + 1 : 0;
    this.#reloadStart();
  }

  /** The next entries behind `after`, of one turn where it is given: some, or none at the end. */
  read(after: number, turnId?: string): StoredEntry[] {
    const [ofTurn, turn] = turnId === undefined ? ['', []] : ['turn_id = ? AND ', [turnId]];
    // Begun at its row: all that are before it would be passed over with each read.
    const rows = this.#sql.exec<SegmentRow>(
      `SELECT first_seq, turn_id, lines, deflated FROM segments WHERE ${ofTurn}last_seq > ?
         AND first_seq >= COALESCE((SELECT MAX(first_seq) FROM segments WHERE ${ofTurn}first_seq <= ?), 0)
       ORDER BY first_seq`,
      ...turn,
      after,
      ...turn,
      after + 1,
    );
    const entries: StoredEntry[] = [];
    let size = 0;
    for (const row of rows) {
      const text = textOf(row);
      for (const entry of entriesOf(row, text)) if (entry.seq > after) entries.push(entry);
      size += text.length;
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
        cursor = entry.seq;
        if (types && !types.has(entry.type)) continue;
        if (found.length === limit || size >= pageSize) return { events: found, hasMore: true };
        found.push(JSON.parse(entry.json));
        size += entry.json.length;
      }
    }
  }

  /** The event that the log goes on behind: 0, or where it was forked. */
  get #base(): number {
    return this.#sql.exec<{ seq: number | null }>('SELECT seq FROM origin').toArray()[0]?.seq ?? 0;
  }

  #reloadStart(): void {
    const sql = 'SELECT first_seq, start_byte FROM segments ORDER BY first_seq LIMIT 1';
    const [row] = this.#sql.exec<{ first_seq: number; start_byte: number }>(sql).toArray();
    this.#first = row?.first_seq ?? this.#head + 1;
    this.#startByte = row?.start_byte ?? 0;
  }

  #insert(turnId: string | undefined, lines: string[]): void {
    const { size, ...text } = storedText(lines.join('\n'));
    const first = this.#head + 1;
    const last = this.#head + lines.length;
    this.#sql.exec(
      'INSERT INTO segments (first_seq, last_seq, start_byte, turn_id, lines, deflated) VALUES (?, ?, ?, ?, ?, ?)',
      ...[first, last, this.#endByte, turnId ?? null, text.lines, text.deflated],
    );
    this.#head = last;
    this.#endByte += size + 1;
  }
}

/** An entry as it comes from the table. Its type is looked for where somebody asks: most readers want all there is. */
class StoredEntry implements Entry {
  readonly seq: number;
  readonly turnId: string | undefined;
  readonly json: string;

  constructor(seq: number, turnId: string | undefined, json: string) {
    this.seq = seq;
    this.turnId = turnId;
    this.json = json;
  }

  /** It always comes first. */
  get type(): string {
    return /^{"type":"([a-z.]+)"/.exec(this.json)?.[1] ?? '';
  }
}

function entriesOf({ first_seq: first, turn_id }: SegmentRow, text: string): StoredEntry[] {
  const turnId = turn_id ?? undefined;
  return text.split('\n').map((json, index) => new StoredEntry(first + index, turnId, json));
}
