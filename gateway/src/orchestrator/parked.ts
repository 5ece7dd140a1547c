import type { SandboxResumeRequest } from '@sandgate/api-spec';
import type { SessionEvent } from './entry.ts';
import type { RequestRecord, RequestStore } from './request-store.ts';
import { TurnError } from './turn-error.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** Whether a turn waits for a person, and no sandbox has it: it goes on once there is an answer. */
export function isParked({ status, bootId }: Pick<TurnRecord, 'status' | 'bootId'>): boolean {
  return status === 'waiting' && bootId === undefined;
}

/** The turn that is under way, or about to be. One that is parked needs no sandbox, and nor do those behind it. */
export function atWork(turns: Pick<TurnStore, 'open'>): TurnRecord | undefined {
  const [first] = turns.open();
  return first && !isParked(first) ? first : undefined;
}

/** The answer that a parked turn goes on with; none where it was never parked. */
export function resumption({ id, parkedCursor }: TurnRecord, requests: RequestStore): SandboxResumeRequest | undefined {
  return parkedCursor === 0 ? undefined : requests.unannounced(id).map(handedOver)[0];
}

/** A stored answer as the sandbox takes it; none where there is none to give. */
export function handedOver({ id, decision: answer, by }: RequestRecord): SandboxResumeRequest | undefined {
  if (!answer || (by !== 'user' && by !== 'timeout')) return undefined;
  const { decision, scope, message, updatedInput, answers } = answer;
  return {
    requestId: id,
    decision,
    by,
    ...(scope && { scope }),
    ...(message !== undefined && { message }),
    ...(updatedInput && { updatedInput }),
    ...(answers && { answers }),
  };
}

/** How a request ends whose turn ends: by the answer that was stored, else by a denial. */
export function resolution(
  { id, decision, by }: RequestRecord,
  otherwise: 'restart' | 'interrupt',
): Extract<SessionEvent, { type: 'permission.resolved' }> {
  return {
    type: 'permission.resolved',
    requestId: id,
    decision: decision?.decision ?? 'deny',
    ...(decision?.scope && { scope: decision.scope }),
    by: by ?? otherwise,
  };
}

/** What was parked is not on the disk that the sandbox has. */
export function parkedTurnLost(): TurnError {
  return new TurnError(
    'parked_turn_lost',
    'The disk is older than the request: what waited for the answer is lost. Nothing of it ran.',
  );
}
