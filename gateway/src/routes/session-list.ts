import type { SessionStatus, SessionSummary } from '@sandgate/api-spec';
import { cursorBehind, positionOf } from './list-cursor.ts';

interface SessionRow {
  id: string;
  status: SessionStatus;
  agent: SessionSummary['agent'];
  metadata: string;
  created_at: string;
}

export interface SessionFilter {
  accountId: string;
  status: SessionStatus | undefined;
  metadata: [name: string, value: string][];
  /** The `nextCursor` of the page before. */
  after: string | undefined;
  limit: number;
}

/** A page of the account's index, the newest first. */
export async function listSessions(db: D1Database, filter: SessionFilter) {
  const conditions = ['account_id = ?'];
  const values: unknown[] = [filter.accountId];
  if (filter.status) {
    conditions.push('status = ?');
    values.push(filter.status);
  }
  for (const [name, value] of filter.metadata) {
    conditions.push('EXISTS (SELECT 1 FROM json_each(metadata) WHERE key = ? AND value = ?)');
    values.push(name, value);
  }
  if (filter.after !== undefined) {
    conditions.push('(created_at, id) < (?, ?)');
    values.push(...positionOf(filter.after));
  }
  const sql = `SELECT id, status, agent, metadata, created_at FROM sessions WHERE ${conditions.join(' AND ')}
    ORDER BY created_at DESC, id DESC LIMIT ?`;
  const { results } = await db
    .prepare(sql)
    .bind(...values, filter.limit + 1)
    .all<SessionRow>();
  const data = results.slice(0, filter.limit).map(summaryOf);
  const last = data.at(-1);
  const hasMore = results.length > filter.limit;
  return { data, hasMore, nextCursor: hasMore && last ? cursorBehind(last) : null };
}

function summaryOf(row: SessionRow): SessionSummary {
  const { id, status, agent } = row;
  return { id, status, agent, metadata: JSON.parse(row.metadata), createdAt: row.created_at };
}
