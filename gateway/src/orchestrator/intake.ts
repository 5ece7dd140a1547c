import type { AgentEvent } from '@sandgate/api-spec';
import { log } from '../observe/log.ts';
import { isDurable, type Serialized, type SessionEvent, serialized } from './entry.ts';
import type { Journal } from './journal.ts';
import type { Partials } from './partials.ts';
import { TurnError } from './turn-error.ts';

/** The least time between the end of a commit and the next, in milliseconds: a commit costs more than an event. */
const flushIntervalMs = 5;

/** As many frames in one flush are a flood, which no person reads as it comes: then it is this, in milliseconds. */
const flood = 16;
const floodIntervalMs = 50;

/** In a flood, commits may take a tenth of the time: where each takes long, there are fewer. But nobody waits for longer. */
const commitsEach = 10;
const longestIntervalMs = 250;

/** What makes a flush due at once, in UTF-16 units of text: more than one read brings, as each commit is an fsync. */
const flushSize = 256 * 1024;

/** What its envelope adds to an event, in the same units. */
const envelopeSize = 160;

/** A frame of what an agent says. That it parked is for nobody's log. */
export type TurnFrame = { cursor: number } & Serialized<Exclude<AgentEvent, { type: 'parked' }>>;

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
  #pending: TurnFrame[] = [];
  #pendingSize = 0;
  /** When the last flush was stored: in Unix milliseconds, or never so far. */
  #storedAt = 0;
  #intervalMs = flushIntervalMs;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #failure: TurnError | undefined;
  #storing: Promise<void> | undefined;
  /** Whether readers may have been shown more of a text than the log knows: before the object was restarted. */
  readonly #isResumed: boolean;

  constructor(
    turn: { id: string; storedCursor: number; resumeCursor: number; bootId?: string | undefined },
    parts: { journal: Journal; partials: Partials },
  ) {
    this.#turnId = turn.id;
    this.#journal = parts.journal;
    this.#partials = parts.partials;
    this.#seen = turn.resumeCursor;
    this.#stored = turn.storedCursor;
    this.#isResumed = turn.bootId !== undefined;
  }

  /** The cursor to go on behind. */
  get cursor(): number {
    return this.#seen;
  }

  /** Resolves once what was flushed is stored for good; `undefined` where it is. */
  get storing(): Promise<void> | undefined {
    return this.#storing;
  }

  /** Whether a frame brings what the log does not have. */
  isNew({ cursor }: { cursor: number }): boolean {
    return cursor > this.#seen && cursor > this.#stored;
  }

  /** Takes the next frame. One that was read before is passed over. */
  take(frame: TurnFrame): void {
    if (this.#failure) throw this.#failure;
    const { cursor } = frame;
    if (cursor <= this.#seen) return;
    const wasBehind = this.#seen < this.#stored;
    this.#seen = cursor;
    if (cursor <= this.#stored) this.#partials.apply(frame, cursor);
    // What was under way before a restart is rebuilt: whoever came meanwhile is shown it as it is now.
    if (wasBehind && cursor >= this.#stored) this.#journal.show(this.#turnId, this.#partials.snapshots());
    if (cursor <= this.#stored) return;
    this.#pending.push(frame);
    this.#pendingSize += frame.json.length + envelopeSize;
  }

  /** Flushes at once where it is due, else within milliseconds. */
  flushSoon(): void {
    if (this.#failure) throw this.#failure; // Also with a heartbeat, where nothing comes any more.
    if (this.#pendingSize >= flushSize || Date.now() - this.#storedAt >= this.#intervalMs) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLate(), this.#intervalMs);
  }

  /**
   * Commits and shows what is pending. A reader that arrives before is shown none of it, one that arrives after all.
   *
   * @throws TurnError where it cannot be stored: without it the log would have a hole that nobody sees.
   */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#failure) throw this.#failure;
    if (this.#pending.length === 0) return;
    const frames = this.#pending;
    this.#pending = [];
    this.#pendingSize = 0;
    // Counted from its end: where the disk is slow, each event would else have a commit that the next ones wait for.
    this.#storedAt = Number.POSITIVE_INFINITY;
    const isFlood = frames.length >= flood;
    this.#intervalMs = isFlood ? floodIntervalMs : flushIntervalMs;
    const began = Date.now();
    try {
      const events = frames.map((frame) => this.#applied(frame));
      const storedCursor = frames.some(isDurable) ? this.#seen : this.#stored;
      this.#journal.take(this.#turnId, events, {
        storedCursor,
        resumeCursor: this.#partials.resumeCursor(this.#seen),
      });
      this.#stored = storedCursor;
      const storing = this.#journal.stored().then(
        () => {
          if (this.#storing !== storing) return; // Another was flushed since.
          this.#storing = undefined;
          this.#storedAt = Date.now();
          const tookMs = this.#storedAt - began;
          if (isFlood) this.#intervalMs = Math.min(Math.max(floodIntervalMs, tookMs * commitsEach), longestIntervalMs);
        },
        () => undefined, // With its storage, the object ends.
      );
      this.#storing = storing;
    } catch (error) {
      log('error', 'events not stored', { turnId: this.#turnId, error });
      this.#failure =
        error instanceof TurnError ? error : new TurnError('internal_error', 'What the turn did could not be stored.');
      throw this.#failure;
    }
  }

  /** Forgets what is pending: nothing comes behind the `complete`. */
  discard(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending = [];
    this.#pendingSize = 0;
  }

  /**
   * Applies a frame, and answers it as it is to be shown. Deltas that were shown before a restart come again, and must
   * not be added twice: so the first of each text replaces what there is of it.
   */
  #applied(frame: TurnFrame): Serialized<SessionEvent> {
    const begins = this.#isResumed && !this.#partials.has(frame);
    this.#partials.apply(frame, frame.cursor);
    if (!begins) return frame;
    if (frame.type === 'message.delta') return serialized({ ...frame.event, type: 'message.snapshot' as const });
    if (frame.type !== 'tool.delta') return frame;
    const { toolCallId, text } = frame.event;
    return serialized({ type: 'tool.snapshot' as const, toolCallId, text, truncated: false });
  }

  #flushLate(): void {
    this.#timer = null;
    try {
      this.flush();
    } catch {
      // Kept, and thrown to the reader of the stream with its next frame.
    }
  }
}
