import { log } from '../observe/log.ts';
import type { Phase } from '../observe/phases.ts';
import type { Serialized, SessionEvent } from './entry.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

interface Times {
  turnId: string;
  startedAt: number;
  handedOverAt?: number;
  firstEventAt?: number;
}

/**
 * Writes a line of the log at the end of each turn. The times in it are those of the turn that is under way, in memory:
 * one that outlives its object is told without them.
 */
export class TurnReport {
  readonly #session: SessionStore;
  readonly #turns: TurnStore;
  #times: Times | undefined;

  constructor({ session, turns }: { session: SessionStore; turns: TurnStore }) {
    this.#session = session;
    this.#turns = turns;
  }

  /** Told of all that happens in turns. Most of it means nothing here, and costs nothing. */
  happened(turnId: string, events: readonly Serialized<SessionEvent>[]): void {
    const last = events.at(-1);
    if (last?.type === 'status' && last.event.status.state === 'starting')
      this.#times = { turnId, startedAt: Date.now() };
    else if (this.#times?.handedOverAt && this.#times.turnId === turnId) this.#times.firstEventAt ??= Date.now();
    if (last?.type === 'complete') this.#ended(turnId);
  }

  /** The sandbox has taken the turn; how often, does not matter. */
  handedOver(turnId: string): void {
    if (this.#times?.turnId === turnId) this.#times.handedOverAt ??= Date.now();
  }

  /** How long the sandbox took to take the turn, and from there to its first event, in milliseconds, as far as it is known. */
  phases(turnId: string): Partial<Record<Phase, number>> {
    if (this.#times?.turnId !== turnId) return {};
    const { startedAt, handedOverAt, firstEventAt } = this.#times;
    return {
      ...(handedOverAt !== undefined && { sandbox: handedOverAt - startedAt }),
      ...(handedOverAt !== undefined && firstEventAt !== undefined && { first_event: firstEventAt - handedOverAt }),
    };
  }

  #ended(turnId: string): void {
    const { accountId, id: sessionId, name: sandbox } = this.#session.get() as SessionRecord;
    const { trace, createdAt, stopReason, error } = this.#turns.get(turnId) as TurnRecord; // Never forgotten as it ends.
    log(stopReason === 'error' ? 'error' : 'info', 'turn ended', {
      traceId: trace?.traceId,
      accountId,
      sessionId,
      sandbox,
      turnId,
      stopReason,
      code: error && shown(error.code),
      durationMs: Date.now() - Date.parse(createdAt),
      phases: this.phases(turnId),
    });
  }
}

/** The code of an agent's error is its sandbox's to choose: what is no code stays out of the log. */
function shown(code: string): string {
  return /^[a-z_]{1,64}$/.test(code) ? code : '[no code]';
}
