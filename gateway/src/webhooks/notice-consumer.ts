import { z } from 'zod';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { settled } from '../orchestrator/settled.ts';
import { orchestratorOf } from '../session-handle.ts';
import { Courier } from './courier.ts';

/** An event to bring to the webhooks of its account: only its names, what it says is in D1. */
const NoticeMessage = z.object({
  accountId: z.string(),
  /** The name of the Orchestrator: see `sessionName`. */
  session: z.string(),
  eventId: z.string(),
});
export type NoticeMessage = z.infer<typeof NoticeMessage>;

/**
 * The consumer of the Queue of events for webhooks. It is done with each message, whatever becomes of it: the Orchestrator
 * keeps the event until it is told that nobody waits for it, and sends another.
 */
export async function consumeNotices(batch: MessageBatch, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async ({ id, body }) => {
      await bring(body, env).catch((error) => log('error', 'notice not brought', { messageId: id, error }));
    }),
  );
  batch.ackAll();
}

async function bring(body: unknown, env: Env): Promise<void> {
  const { accountId, session, eventId } = NoticeMessage.parse(body);
  const nextAt = await new Courier(env, accountId).bring(eventId);
  await settled(orchestratorOf(env, session).noticeBrought(eventId, nextAt));
}
