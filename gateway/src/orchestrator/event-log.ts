import type { DurableEvent } from '@sandgate/api-spec';
import { type Chunk, chunkOf } from './chunk.ts';
import { type Entry, textsOfFrames } from './entry.ts';
import { framesOf, type StoredText, sizeOf, storedText } from './segment-text.ts';

/** A row of the log as it is stored: the events of one chunk. */
export interface SegmentRow extends StoredText, Record<string, SqlStorageValue> {
  first_seq: number;
  last_seq: number;
  turn_id: string | null;
}

/** What one read takes from the table, in bytes: a long log never stands in memory, and a slow reader holds one. */
const readSize = 64 * 1024;

/** The largest page, in UTF-16 units. */
const pageSize = 2 * 1024 * 1024;

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

  /** Stores a chunk, all of whose events are durable. Their `seq` goes on from the head. */
  append(chunk: Chunk): void {
    const { lines, deflated } = storedText(chunk);
    const first = this.#head + 1;
    const last = this.#head + chunk.entries.length;
    this.#sql.exec(
      'INSERT INTO segments (first_seq, last_seq, start_byte, turn_id, lines, deflated) VALUES (?, ?, ?, ?, ?, ?)',
      ...[first, last, this.#endByte, chunk.turnId ?? null, lines, deflated],
    );
    this.#head = last;
    this.#endByte += deflated ? chunk.bytes.byteLength : sizeOf({ lines, deflated });
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
    const turn = turnId ?? undefined;
    this.append(chunkOf(lines.map((json, index) => new StoredEntry(firstSeq + index, turn, json))));
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
    const [row] = this.#sql.exec<SegmentRow & { start_byte: number }>(sql).toArray();
    this.#head = row?.last_seq ?? this.#base;
    this.#endByte = row ? row.start_byte + sizeOf(row) : 0;
    this.#reloadStart();
  }

  /** The next events behind `after`, of one turn where it is given: some, or none at the end. */
  read(after: number, turnId?: string): StoredChunk | undefined {
    const [ofTurn, turn] = turnId === undefined ? ['', []] : ['turn_id = ? AND ', [turnId]];
    // Begun at its row: all that are before it would be passed over with each read.
    const rows = this.#sql.exec<SegmentRow>(
      `SELECT first_seq, last_seq, turn_id, lines, deflated FROM segments WHERE ${ofTurn}last_seq > ?
         AND first_seq >= COALESCE((SELECT MAX(first_seq) FROM segments WHERE ${ofTurn}first_seq <= ?), 0)
       ORDER BY first_seq`,
      ...turn,
      after,
      ...turn,
      after + 1,
    );
    const pieces: Piece[] = [];
    let size = 0;
    let last = after;
    for (const row of rows) {
      const first = row.first_seq;
      const bytes = framesOf(row, first);
      const isCut = first <= after;
      pieces.push({
        first: isCut ? after + 1 : first,
        turnId: row.turn_id ?? undefined,
        bytes: isCut ? behind(bytes, after) : bytes,
      });
      last = row.last_seq;
      size += bytes.byteLength;
      if (size >= readSize) break;
    }
    return pieces.length > 0 ? new StoredChunk(pieces, last) : undefined;
  }

  /** Up to `limit` events behind `after` of the given types, fewer where they are large, and whether there are more. */
  page(after: number, limit: number, types?: ReadonlySet<string>): { events: DurableEvent[]; hasMore: boolean } {
    const found: DurableEvent[] = [];
    let size = 0;
    for (let cursor = after; ; ) {
      const chunk = this.read(cursor);
      if (!chunk) return { events: found, hasMore: false };
      for (const entry of chunk.entries) {
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

/** What a read brings of a row. */
interface Piece {
  /** The number of its first event. */
  first: number;
  turnId: string | undefined;
  bytes: Uint8Array;
}

/** What one read brings. Its events are taken apart where somebody asks: most readers want all there is. */
class StoredChunk implements Chunk {
  readonly bytes: Uint8Array;
  readonly turnId: string | undefined;
  readonly lastSeq: number;
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[], lastSeq: number) {
    const [first, ...others] = pieces.map(({ bytes }) => bytes);
    this.bytes = first && others.length === 0 ? first : Buffer.concat([first, ...others]);
    this.turnId = pieces.at(-1)?.turnId;
    this.lastSeq = lastSeq;
    this.#pieces = pieces;
  }

  get isEnd(): boolean {
    const frames = viewOf(this.bytes);
    const last = frames.lastIndexOf('\ndata: ');
    return frames.indexOf('\ndata: {"type":"complete"', last) === last;
  }

  get entries(): StoredEntry[] {
    return this.#pieces.flatMap(({ first, turnId, bytes }) =>
      textsOfFrames(decoder.decode(bytes)).map((json, index) => new StoredEntry(first + index, turnId, json)),
    );
  }
}

const decoder = new TextDecoder();

/** The frames behind the one of this number. JSON text holds no line break, so nothing in it is taken for the next. */
function behind(frames: Uint8Array, seq: number): Uint8Array {
  return frames.subarray(viewOf(frames).indexOf(`\n\nid: ${seq + 1}\n`) + 2);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);
