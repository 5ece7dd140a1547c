import type { SessionStatus } from '@sandgate/api-spec';
import type { SessionRecord } from './session-store.ts';

/** Writes the session's row in its account's index: the Orchestrator is the authority, and the index a copy. */
export async function indexSession(
  db: D1Database,
  session: SessionRecord,
  status: SessionStatus | 'deleted',
): Promise<void> {
  const { accountId, id, agent, metadata, createdAt } = session;
  const statement =
    status === 'deleted'
      ? db.prepare('DELETE FROM sessions WHERE account_id = ? AND id = ?').bind(accountId, id)
      : db
          .prepare(
            `INSERT INTO sessions (account_id, id, status, agent, metadata, created_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (account_id, id) DO UPDATE SET status = excluded.status, metadata = excluded.metadata`,
          )
          .bind(accountId, id, status, agent, JSON.stringify(metadata), createdAt);
  await statement.run();
}
