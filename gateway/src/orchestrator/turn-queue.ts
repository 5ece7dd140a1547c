import type { StopReason } from '@sandgate/api-spec';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import type { SessionEvent } from './entry.ts';
import type { Journal } from './journal.ts';
import { Partials } from './partials.ts';
import type { RequestStore } from './request-store.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import { TurnRun } from './turn-run.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

interface Parts {
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  journal: Journal;
  sandbox: () => SessionSandbox;
}

/** Runs the open turns of a session, one after the other. */
export class TurnQueue {
  readonly #parts: Parts;
  readonly #partials = new Partials();
  #active: TurnRun | undefined;
  #isWorking = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Works until nothing is open. A call while it works is the same work. */
  async work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    await this.#runAll();
  }

  /** Stops the turn where it is active, cancels it where it is queued. Resolves once it is over. */
  async stop(turn: TurnRecord, reason: StopReason): Promise<void> {
    if (this.#active?.turnId === turn.id) await this.#active.stop(reason);
    else if (this.#parts.turns.get(turn.id)?.status === 'queued')
      this.#parts.journal.record(turn.id, [{ type: 'complete', stopReason: reason }]);
  }

  /** Stops all: what is queued first, so that nothing begins meanwhile. */
  async stopAll(reason: StopReason): Promise<void> {
    const open = this.#parts.turns.open().toReversed();
    for (const turn of open) await this.stop(turn, reason);
  }

  async deliverAnswers(): Promise<void> {
    try {
      await this.#active?.deliverAnswers();
    } catch (error) {
      // The answer is stored: it is handed over again with the next connection, or by the watchdog.
      console.error(JSON.stringify({ message: 'answer not delivered', error: String(error) }));
    }
  }

  /** What is under way, for somebody who arrives now. */
  snapshots(): { turnId: string; events: SessionEvent[] } | undefined {
    return this.#active && { turnId: this.#active.turnId, events: this.#partials.snapshots() };
  }

  async #runAll(): Promise<void> {
    const { session, journal } = this.#parts;
    try {
      for (let turn = this.#next(); turn; turn = this.#next()) {
        session.setAsleep(false);
        const parts = { ...this.#parts, session: session.get() as SessionRecord, sandbox: this.#parts.sandbox() };
        this.#active = new TurnRun(turn, { ...parts, partials: this.#partials });
        await this.#active.run();
        this.#active = undefined;
        if (!this.#next() && !session.get()?.deleted)
          journal.record(undefined, [{ type: 'status', status: { state: 'idle' } }]);
      }
    } finally {
      this.#active = undefined;
      this.#isWorking = false; // In the same step as the last look: what is admitted after it is seen.
    }
  }

  #next(): TurnRecord | undefined {
    return this.#parts.session.get()?.deleted ? undefined : this.#parts.turns.open()[0];
  }
}
