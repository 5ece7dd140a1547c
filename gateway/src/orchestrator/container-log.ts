import type { LogLine } from '@sandgate/api-spec';
import type { ContainerOutput } from '../sandbox/container-output.ts';

interface LineRow extends Record<string, SqlStorageValue> {
  seq: number;
  at: string;
  source: string;
  stream: string | null;
  text: string;
}

/** How much is kept, the newest: lines, and bytes of all of them. */
const keptLines = 500;
const keptSize = 64 * 1024;

/** What became of the container of a session, and what it printed: the last part of it, whatever a sandbox does. */
export class ContainerLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  append(lines: LogLine[]): void {
    for (const { at, source, stream, text } of this.#unknown(lines).slice(-keptLines))
      this.#sql.exec(
        'INSERT INTO container_log (at, source, stream, text) VALUES (?, ?, ?, ?)',
        at,
        source,
        stream ?? null,
        text,
      );
    // As bytes: the length of a text ends for SQLite at its first NUL, and a container prints what it likes.
    this.#sql.exec(
      `DELETE FROM container_log WHERE seq NOT IN (
         SELECT seq FROM (SELECT seq, SUM(LENGTH(CAST(text AS BLOB))) OVER (ORDER BY seq DESC) AS size FROM container_log)
         WHERE size <= ? ORDER BY seq DESC LIMIT ?)`,
      keptSize,
      keptLines,
    );
  }

  /** All that is kept together with what the container printed since, in the order in which it was said. */
  with(output: ContainerOutput): { lines: LogLine[]; truncated: boolean } {
    const rows = this.#sql.exec<LineRow>('SELECT * FROM container_log ORDER BY seq').toArray();
    const kept = rows.map(
      ({ at, source, stream, text }) => ({ at, source, ...(stream !== null && { stream }), text }) as LogLine,
    );
    const unknown = this.#unknown(output.lines);
    const leftOut = output.truncated && unknown.length === output.lines.length;
    return {
      lines: [...kept, ...unknown].toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))),
      truncated: leftOut || (rows[0]?.seq ?? 1) > 1,
    };
  }

  /** A container's output can be read more than once: what is not older than the newest of it that is kept is new. */
  #unknown(lines: LogLine[]): LogLine[] {
    const { newest } = this.#sql
      .exec<{ newest: string | null }>("SELECT MAX(at) AS newest FROM container_log WHERE source = 'container'")
      .one();
    return lines.filter(({ at, source }) => source !== 'container' || newest === null || at > newest);
  }
}
