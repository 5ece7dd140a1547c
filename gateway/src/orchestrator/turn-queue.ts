import type { StopReason, Trace } from '@sandgate/api-spec';
import type { Disk } from '../disk/disk.ts';
import { log } from '../observe/log.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import type { SessionEvent } from './entry.ts';
import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';
import { isParked, resolution } from './parked.ts';
import { Partials } from './partials.ts';
import type { RequestStore } from './request-store.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import { notStarted } from './turn-error.ts';
import { TurnRun } from './turn-run.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

interface Parts {
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  outbox: Outbox;
  journal: Journal;
  sandbox: (trace?: Trace) => SessionSandbox;
  disk: Pick<Disk, 'bootId' | 'changed' | 'unchanged' | 'settled' | 'keep'>;
  /** Puts the turn on the Queue. */
  send: (turnId: string) => Promise<unknown>;
}

/**
 * Runs the open turns of a session, one after the other. One that the Queue starts is put on it once nothing is before
 * it, so that no message waits behind another turn, and stays first in the order until it is over.
 */
export class TurnQueue {
  readonly #parts: Parts;
  readonly #partials = new Partials();
  #active: TurnRun | undefined;
  #isWorking = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Works until nothing is open, or the Queue has to come first. A call while it works is the same work. */
  async work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    await this.#runAll();
    await this.#sendFirst();
  }

  /**
   * The Queue has brought the turn. One that is taken, is not first, or has to wait for its next try, stays as it is.
   * Resolves, as `work`, when there is nothing more to do.
   */
  async begin(turnId: string): Promise<void> {
    const entry = this.#parts.outbox.get(turnId);
    if (entry?.sendAt === undefined || entry.startAt > Date.now() || this.#first()?.id !== turnId) return;
    this.#parts.outbox.begin(turnId);
    await this.work();
  }

  /** The Queue could not bring the turn: unless it is taken or being started, it ends. Resolves as `work`. */
  async giveUp(turnId: string): Promise<void> {
    const entry = this.#parts.outbox.get(turnId);
    if (entry?.sendAt === undefined) return;
    const { code, message, retryable } = notStarted(entry.attempts);
    this.#complete(turnId, 'error', [{ type: 'error', code, message, retryable }]);
    await this.work();
  }

  /** Stops the turn where it is active, cancels it where no sandbox has it. Resolves once it is over. */
  async stop({ id }: TurnRecord, reason: StopReason): Promise<void> {
    if (this.#active?.turnId === id) return this.#active.stop(reason);
    const turn = this.#parts.turns.get(id);
    if (!turn || turn.status === 'complete') return;
    // The object was restarted, and waits for its disk: the turn is stopped as soon as it is taken up again.
    if (turn.bootId !== undefined) return this.#parts.turns.change(id, { wantedStop: turn.wantedStop ?? reason });
    const waiting = this.#parts.requests.unannounced(id);
    this.#complete(
      id,
      reason,
      waiting.map((request) => resolution(request, 'interrupt')),
    );
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
      log('error', 'answer not delivered', { error });
    }
  }

  /** What is under way, for somebody who arrives now. */
  snapshots(): { turnId: string; events: SessionEvent[] } | undefined {
    return this.#active && { turnId: this.#active.turnId, events: this.#partials.snapshots() };
  }

  async #runAll(): Promise<void> {
    const { session, journal, disk } = this.#parts;
    try {
      for (;;) {
        await disk.settled(); // What one turn did is saved before the next changes it.
        const turn = this.#next();
        if (!turn) return;
        session.setAsleep(false);
        const parts = {
          ...this.#parts,
          session: session.get() as SessionRecord,
          sandbox: this.#parts.sandbox(turn.trace),
        };
        this.#active = new TurnRun(turn, { ...parts, partials: this.#partials });
        await this.#active.run();
        this.#active = undefined;
        this.#restIfIdle();
        await journal.shown();
        await disk.keep();
      }
    } finally {
      this.#active = undefined;
      this.#isWorking = false; // In the same step as the last look: what is admitted after it is seen.
    }
  }

  /** Puts the first turn on the Queue where it is for the Queue to start, and its message is due. */
  async #sendFirst(): Promise<void> {
    const { outbox, send } = this.#parts;
    const turn = this.#first();
    const entry = turn && outbox.get(turn.id);
    if (!turn || !entry?.sendAt || entry.sendAt > Date.now()) return;
    if (entry.isLost) return this.giveUp(turn.id);
    outbox.sent(turn.id, Date.now());
    try {
      await send(turn.id);
    } catch (error) {
      log('error', 'turn not sent', { turnId: turn.id, error }); // Sent again.
    }
  }

  /** Ends a turn that no sandbox has. */
  #complete(turnId: string, stopReason: StopReason, before: SessionEvent[] = []): void {
    this.#parts.journal.record(turnId, [...before, { type: 'complete', stopReason }]);
    // Also where another turn is just over, and its disk still being saved: what runs sees to it at its own end.
    if (!this.#active) this.#restIfIdle();
  }

  #restIfIdle(): void {
    const { session, turns, journal } = this.#parts;
    if (turns.open().length > 0 || session.get()?.deleted) return;
    journal.record(undefined, [{ type: 'status', status: { state: 'idle' } }]);
  }

  #first(): TurnRecord | undefined {
    return this.#parts.session.get()?.deleted ? undefined : this.#parts.turns.open()[0];
  }

  /** The first turn, unless it is with the Queue, or waits for a person without a sandbox. */
  #next(): TurnRecord | undefined {
    const turn = this.#first();
    return turn && !isParked(turn) && this.#parts.outbox.get(turn.id)?.sendAt === undefined ? turn : undefined;
  }
}
