/** What is read at once, in UTF-16 units or bytes; a row has a million and a half at most, and a call between objects 32 MiB. */
const pageSize = 2 * 1024 * 1024;

/** What a fork takes over of a log and of what was told in it, up to an event. */
const tables = {
  segments: { columns: '*', key: 'first_seq', condition: 'first_seq <= ?' },
  turns: { columns: '*', key: 'ordinal', condition: 'first_seq <= ?' },
  requests: {
    columns: 'rowid, *',
    key: 'rowid',
    condition: 'turn_id IN (SELECT id FROM turns WHERE first_seq <= ?)',
  },
} as const;

export type HistoryTable = keyof typeof tables;
export type HistoryRow = Record<string, SqlStorageValue>;

/** The rows of a session's past, in pages, as another takes them over. */
export class History {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The next rows behind a key, of what was there by this event: some, or none at the end. */
  read(table: HistoryTable, after: number, seq: number): HistoryRow[] {
    const { columns, key, condition } = tables[table];
    const sql = `SELECT ${columns} FROM ${table} WHERE ${key} > ? AND ${condition} ORDER BY ${key}`;
    const rows: HistoryRow[] = [];
    let size = 0;
    for (const row of this.#sql.exec<HistoryRow>(sql, after, seq)) {
      // The other inflates a page in one step.
      if (table === 'segments' && rows[0] && Number(row.start_byte) - Number(rows[0].start_byte) >= pageSize) break;
      rows.push(row);
      size += Object.values(row).reduce<number>((sum, value) => sum + sizeOf(value), 0);
      if (size >= pageSize) break;
    }
    return rows;
  }

  /** The key of the last row that is here; 0 where there is none. */
  last(table: HistoryTable): number {
    const sql = `SELECT MAX(${tables[table].key}) AS last FROM ${table}`;
    return this.#sql.exec<{ last: number | null }>(sql).one().last ?? 0;
  }

  add(table: HistoryTable, rows: readonly HistoryRow[]): void {
    for (const row of rows) {
      const names = Object.keys(row);
      const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
      this.#sql.exec(sql, ...Object.values(row));
    }
  }
}

function sizeOf(value: SqlStorageValue): number {
  if (value instanceof ArrayBuffer) return value.byteLength;
  return typeof value === 'string' ? value.length : 8;
}
