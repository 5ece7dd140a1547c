import type { Herald } from './herald.ts';
import type { Origin } from './origin.ts';
import type { Schedule } from './schedule.ts';
import type { SessionIndex } from './session-index.ts';
import { isThere } from './session-status.ts';
import type { SessionStore } from './session-store.ts';

/** How long a status has to last before it is written to the account's index, in milliseconds: a short turn costs no write. */
const indexDelayMs = 100;

interface Parts {
  session: SessionStore;
  origin: Origin;
  index: Pick<SessionIndex, 'bringUpToDate'>;
  herald: Pick<Herald, 'work'>;
}

/**
 * Tells those outside how the session is: the account's index, with its audit log, and webhooks. Where the object does
 * not live to do it, or one of them cannot be told, the alarm sees to it.
 */
export class Publisher {
  readonly #ctx: Pick<DurableObjectState, 'waitUntil'>;
  readonly #schedule: Pick<Schedule, 'set'>;
  readonly #parts: () => Parts | undefined;
  #isDue = false;

  /** @param parts those of the session; none where it was never more than begun. */
  constructor(
    ctx: Pick<DurableObjectState, 'waitUntil'>,
    schedule: Pick<Schedule, 'set'>,
    parts: () => Parts | undefined,
  ) {
    this.#ctx = ctx;
    this.#schedule = schedule;
    this.#parts = parts;
  }

  /** Tells of a change soon, and of all that follow until then at once. */
  publishSoon(): void {
    this.#ctx.waitUntil(this.#publishSoon());
  }

  /** Hands over what webhooks are to be told. */
  async announce(): Promise<void> {
    const parts = this.#thoseThere();
    if (!parts) return;
    await parts.herald.work();
    await this.#schedule.set();
  }

  /** Brings the account's index up to date. */
  async settleIndex(): Promise<void> {
    if (!this.#thoseThere()) return;
    await this.#schedule.set(); // First of all: a write to the index may take long, or never end.
    await this.#parts()?.index.bringUpToDate();
    await this.#schedule.set();
  }

  async #publishSoon(): Promise<void> {
    await this.#schedule.set();
    if (this.#isDue) return;
    this.#isDue = true;
    await scheduler.wait(indexDelayMs);
    this.#isDue = false;
    this.#ctx.waitUntil(this.announce());
    await this.settleIndex();
  }

  #thoseThere(): Parts | undefined {
    const parts = this.#parts();
    return parts && isThere(parts) ? parts : undefined;
  }
}
