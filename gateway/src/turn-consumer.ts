import { ProblemError } from '@sandgate/api-spec';
import { z } from 'zod';
import type { Env } from './env.ts';
import { log } from './observe/log.ts';
import { settled } from './orchestrator/settled.ts';
import { orchestratorOf } from './session-handle.ts';

/** A turn to start: only its names, what it says stays in its Orchestrator. */
const TurnMessage = z.object({
  /** The name of the Orchestrator: see `sessionName`. */
  session: z.string(),
  turnId: z.string(),
});
export type TurnMessage = z.infer<typeof TurnMessage>;

/**
 * The consumer of the Queue and of its dead-letter queue. Messages are acknowledged one by one: a turn that has to come
 * again brings no other with it.
 */
export async function consumeTurns(batch: MessageBatch, env: Env): Promise<void> {
  const deal = batch.queue.endsWith('-dead') ? giveUp : start;
  await Promise.all(
    batch.messages.map(async (message) => {
      const again = await deal(message, env).catch((error) => afterFailure(message, error));
      if (again) message.retry(again);
      else message.ack();
    }),
  );
}

/**
 * Has the turn started, and is done with it once the sandbox has taken it: nobody waits here for its end.
 *
 * @returns how the message comes again, where it has to.
 */
async function start({ body }: Message, env: Env): Promise<QueueRetryOptions | undefined> {
  const message = TurnMessage.safeParse(body);
  if (!message.success) return { delaySeconds: 0 }; // It gets no better, and goes to the dead-letter queue.
  const { session, turnId } = message.data;
  const { retryInSeconds } = await settled(orchestratorOf(env, session).start(turnId));
  return retryInSeconds === undefined ? undefined : { delaySeconds: retryInSeconds };
}

/** Ends the turn of a message that was brought too often. */
async function giveUp({ id, body }: Message, env: Env): Promise<undefined> {
  log('error', 'turn message given up', { messageId: id });
  const message = TurnMessage.safeParse(body);
  if (message.success) await settled(orchestratorOf(env, message.data.session).giveUp(message.data.turnId));
}

/** A session or a turn that is gone needs nothing more; any other failure may pass. */
function afterFailure({ id }: Message, error: unknown): QueueRetryOptions | undefined {
  if (error instanceof ProblemError && ['session_not_found', 'turn_not_found'].includes(error.code)) return undefined;
  log('error', 'turn message failed', { messageId: id, error });
  return {};
}
