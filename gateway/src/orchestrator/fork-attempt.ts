import { type ProblemCode, ProblemError } from '@sandgate/api-spec';
import type { Deletion } from './deletion.ts';
import type { Fork } from './fork.ts';
import type { OrchestratorCalls } from './orchestrator-calls.ts';
import type { Origin } from './origin.ts';
import type { Publisher } from './publisher.ts';
import type { Schedule } from './schedule.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import { settled } from './settled.ts';

/** What may be otherwise when a fork asks again. */
const awaited: ReadonlySet<ProblemCode> = new Set(['restarting', 'internal_error']);

interface Parts {
  session: SessionStore;
  origin: Pick<Origin, 'isMade'>;
  fork: Pick<Fork, 'make'>;
  /** The session that is forked. */
  lender: () => Pick<OrchestratorCalls, 'takeBack'>;
  deletion: Pick<Deletion, 'eraseAll'>;
  schedule: Pick<Schedule, 'set'>;
  publisher: Pick<Publisher, 'settleIndex'>;
  /** Told in the step in which nothing is left of it. */
  onUndone: () => void;
}

/** Brings a fork to its end: it is there, or nothing is left of it. */
export class ForkAttempt {
  readonly #parts: Parts;
  #making: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Goes on where it was broken off, where it is not there yet. A call meanwhile is the same work.
   *
   * @throws ProblemError as the session that is forked refuses; where that does not answer, it is asked again.
   */
  make(): Promise<void> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #make(): Promise<void> {
    const { origin, fork, schedule, publisher } = this.#parts;
    await schedule.set(); // Should this be broken off, it goes on later.
    try {
      if (!origin.isMade) await fork.make();
    } catch (error) {
      await this.#giveUp(error instanceof ProblemError && !awaited.has(error.code));
      throw error;
    }
    await publisher.settleIndex();
  }

  async #giveUp(isRefused: boolean): Promise<void> {
    const { session, lender, deletion, onUndone } = this.#parts;
    const isDeleted = () => session.get()?.deleted === true;
    const { name } = session.get() as SessionRecord;
    // Also where it was deleted meanwhile: what was lent behind that, nobody else would give back.
    if (isDeleted() || isRefused) await settled(lender().takeBack(name, [], true));
    if (!isRefused || isDeleted()) return; // Its id stays taken.
    const erased = deletion.eraseAll();
    onUndone();
    await erased;
  }
}
