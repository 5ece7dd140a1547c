import type { Frame } from '@sandgate/api-spec';
import { isDurable, type SessionEvent } from './entry.ts';
import type { Journal } from './journal.ts';
import type { Partials } from './partials.ts';

/** The least time between two flushes, in milliseconds: a commit costs more than an event. */
const flushIntervalMs = 5;

/** What makes a flush due at once, in UTF-16 units of text. */
const flushSize = 64 * 1024;

/**
 * Takes the frames of one turn into the journal, each exactly once whatever is sent again: at once where it is quiet,
 * else together with those that follow within a few milliseconds.
 */
export class Intake {
  readonly #turnId: string;
  readonly #journal: Journal;
  readonly #partials: Partials;
  /** The newest frame that was read. */
  #seen: number;
  /** The newest frame that is in the log, with all before it. */
  #stored: number;
  #pending: SessionEvent[] = [];
  #pendingSize = 0;
  #lastFlush = 0;
  #timer: number | null = null;
  #failure: unknown;

  constructor(
    turn: { id: string; storedCursor: number; resumeCursor: number },
    parts: { journal: Journal; partials: Partials },
  ) {
    this.#turnId = turn.id;
    this.#journal = parts.journal;
    this.#partials = parts.partials;
    this.#seen = turn.resumeCursor;
    this.#stored = turn.storedCursor;
  }

  /** The cursor to go on behind. */
  get cursor(): number {
    return this.#seen;
  }

  /** Takes frames in their order. Those that were read before are passed over. */
  take(frames: Frame[]): void {
    if (this.#failure) throw this.#failure;
    for (const { cursor, event } of frames) {
      if (cursor <= this.#seen) continue;
      this.#seen = cursor;
      this.#partials.apply(event, cursor);
      if (cursor > this.#stored) this.#push(event);
      else if (cursor === this.#stored) this.#caughtUp();
    }
    if (this.#pendingSize >= flushSize || Date.now() - this.#lastFlush >= flushIntervalMs) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLater(), flushIntervalMs);
  }

  /** Commits and shows what is pending. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#pendingSize = 0;
    this.#lastFlush = Date.now();
    if (events.some(isDurable)) this.#stored = this.#seen;
    this.#journal.record(this.#turnId, events, {
      storedCursor: this.#stored,
      resumeCursor: this.#partials.resumeCursor(this.#seen),
    });
  }

  #push(event: SessionEvent): void {
    this.#pending.push(event);
    this.#pendingSize += 'text' in event ? event.text.length : 1024;
  }

  /** What was under way before a restart is rebuilt: whoever came meanwhile is shown it as it is now. */
  #caughtUp(): void {
    this.#journal.show(this.#turnId, this.#partials.snapshots());
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch (error) {
      this.#failure = error; // Told to the reader of the stream with the next frames.
    }
  }
}
