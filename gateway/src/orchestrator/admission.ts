import { type ChatRequest, ProblemError, type Trace, type UserMessage } from '@sandgate/api-spec';
import type { SessionEvent } from './entry.ts';
import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';
import type { Retention } from './retention.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** How many turns may wait behind the active one. */
const queueLimit = 16;

/** What comes with a turn that is to be admitted. */
export interface Admission {
  bodyDigest: string;
  body: ChatRequest;
  trace?: Trace | undefined;
}

interface Parts {
  turns: TurnStore;
  outbox: Outbox;
  journal: Pick<Journal, 'record'>;
  retention: Pick<Retention, 'isFull'>;
}

/**
 * Whether the turn was admitted before: its id is the idempotency key.
 *
 * @throws ProblemError `idempotency_key_reused` where that was with another body.
 */
export function isAdmitted(turnId: string, bodyDigest: string, { turns }: Pick<Parts, 'turns'>): boolean {
  const known = turns.get(turnId);
  if (known && known.bodyDigest !== bodyDigest)
    throw new ProblemError('idempotency_key_reused', 'This idempotency key named a turn with another body.');
  return known !== undefined;
}

/**
 * Puts a turn behind those that are open, with what the user says in it.
 *
 * @param viaQueue leaves it to the Queue to start it.
 * @returns the turns that it interrupts: the last first, so that none of them begins meanwhile.
 * @throws ProblemError `session_busy`, or `queue_full`.
 */
export function admit(
  turnId: string,
  { bodyDigest, body, trace }: Admission,
  viaQueue: boolean,
  { turns, outbox, journal, retention }: Parts,
): TurnRecord[] {
  const { onBusy } = body;
  const open = turns.open();
  if (open.length > 0 && onBusy === 'reject')
    throw new ProblemError('session_busy', `The turn ${open[0]?.id} is not complete.`);
  if (open.length > queueLimit && onBusy !== 'interrupt')
    throw new ProblemError('queue_full', `${queueLimit} turns wait already.`, { retryAfterSeconds: 5 });
  if (retention.isFull && onBusy !== 'interrupt')
    throw new ProblemError('queue_full', 'The turns that are open fill the log.', { retryAfterSeconds: 5 });
  turns.admit(turnId, bodyDigest, body, new Date().toISOString(), trace);
  if (viaQueue) outbox.add(turnId, Date.now());
  journal.record(turnId, [
    ...body.messages.map((message, index) => said(`msg_${turnId}_${index}`, message)),
    ...(viaQueue || open.length > 0 ? [{ type: 'status' as const, status: { state: 'queued' as const } }] : []),
  ]);
  return onBusy === 'interrupt' ? open.toReversed() : [];
}

function said(id: string, { content }: UserMessage): SessionEvent {
  const blocks = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
  return { type: 'message', message: { id, role: 'user', content: blocks } };
}
