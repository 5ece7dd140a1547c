import { z } from 'zod';
import type { Env } from './env.ts';
import { log } from './observe/log.ts';
import { settled } from './orchestrator/settled.ts';
import { orchestratorById, sessionOf } from './session-handle.ts';

/** What `npm run rebuild-index` sends, and whoever operates a deployment: see docs/operations.md. */
const ReindexMessage = z.union([
  /** An Orchestrator by its id, as the platform lists them: its session may lack its row. */
  z.strictObject({ object: z.string() }),
  /** A row of the index: its session may be otherwise, or not be there. */
  z.strictObject({ accountId: z.string(), id: z.string(), createdAt: z.string() }),
]);

/** Has Orchestrators write their rows of the index anew. */
export async function consumeReindex(batch: MessageBatch, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await reindex(message.body, env);
        message.ack();
      } catch (error) {
        log('error', 'session not indexed anew', { messageId: message.id, error });
        message.retry();
      }
    }),
  );
}

/** @throws where it did not come to be, and may be tried again. */
async function reindex(body: unknown, env: Env): Promise<void> {
  const { success, data } = ReindexMessage.safeParse(body);
  if (!success) return log('error', 'message is none of the index');
  if ('object' in data) {
    await settled(orchestratorById(env, data.object).reindex());
    return;
  }
  const { orchestrator } = await sessionOf(env, data, data.id);
  if (await settled(orchestrator.reindex())) return;
  // By its time, too: a session that is created meanwhile has a row of its own.
  await env.DB.batch([
    env.DB.prepare('DELETE FROM sessions WHERE account_id = ?1 AND id = ?2 AND created_at = ?3').bind(
      ...[data.accountId, data.id, data.createdAt],
    ),
    env.DB.prepare(
      `DELETE FROM open_requests WHERE account_id = ?1 AND session_id = ?2
       AND NOT EXISTS (SELECT 1 FROM sessions WHERE account_id = ?1 AND id = ?2)`,
    ).bind(data.accountId, data.id),
  ]);
}
