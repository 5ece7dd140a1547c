import type { AgentEvent } from '@sandgate/api-spec';

interface Entry {
  cursor: number;
  type: AgentEvent['type'];
  /** As it goes over the wire; encoded once for all followers. */
  bytes: Uint8Array;
}

/** What a follower has not seen yet, as much of it as is sent at once. */
export interface Segment {
  bytes: Uint8Array;
  /** The cursor of its last frame. */
  cursor: number;
}

const segmentBytes = 64 * 1024;
const encoder = new TextEncoder();
const isTransient = ({ type }: Entry) => type === 'message.delta' || type === 'tool.delta';

/**
 * The frames of one turn, numbered from 1 without a gap, and ended by its `complete`.
 *
 * Memory is bounded: above `limitBytes` the oldest deltas are let go. A follower that comes too late for them skips
 * them: the `message` or `tool.result` that follows holds the same text. Facts are never let go while the turn runs.
 */
export class TurnLog {
  readonly #limitBytes: number;
  readonly #wakers = new Set<() => void>();
  #entries: Entry[] = [];
  #bytes = 0;
  #head = 0;
  #ended = false;

  constructor(limitBytes = 16 * 1024 * 1024) {
    this.#limitBytes = limitBytes;
  }

  /** The cursor of the newest frame; 0 before any. */
  get head(): number {
    return this.#head;
  }

  /** Whether `complete` is there: nothing follows. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What comes after `complete` is dropped: an agent may be late to see that its turn is over. */
  append(event: AgentEvent): void {
    if (this.#ended) return;
    const cursor = ++this.#head;
    const bytes = encoder.encode(`id: ${cursor}\ndata: ${JSON.stringify({ cursor, event })}\n\n`);
    this.#entries.push({ cursor, type: event.type, bytes });
    this.#bytes += bytes.length;
    this.#ended = event.type === 'complete';
    if (this.#bytes > this.#limitBytes) this.#dropOldest(isTransient, this.#limitBytes * 0.75);
    for (const wake of this.#wakers) wake();
  }

  /** The next frames after a cursor that are kept; `undefined` if there are none. */
  read(after: number): Segment | undefined {
    const first = this.#indexAfter(after);
    let end = first;
    for (let size = 0; end < this.#entries.length && size < segmentBytes; end++)
      size += this.#entries[end]?.bytes.length ?? 0;
    const entries = this.#entries.slice(first, end);
    const last = entries.at(-1);
    return last && { bytes: Buffer.concat(entries.map(({ bytes }) => bytes)), cursor: last.cursor };
  }

  /** Waits for a frame after the cursor. `false` if none came in time, or `signal` was aborted. */
  async wait(after: number, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.#head > after || signal.aborted) return this.#head > after;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const timer = setTimeout(wake, timeoutMs);
    signal.addEventListener('abort', wake);
    this.#wakers.add(wake);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
    this.#wakers.delete(wake);
    return this.#head > after;
  }

  /** Lets go of what a turn that ended long ago need not keep: its deltas, or all but its `complete`. */
  shrink(to: 'facts' | 'complete'): void {
    this.#dropOldest((entry) => (to === 'facts' ? isTransient(entry) : entry.type !== 'complete'), 0);
  }

  #dropOldest(mayGo: (entry: Entry) => boolean, untilBytes: number): void {
    this.#entries = this.#entries.filter((entry) => {
      const goes = this.#bytes > untilBytes && mayGo(entry);
      if (goes) this.#bytes -= entry.bytes.length;
      return !goes;
    });
  }

  /** Cursors rise, but not without a gap once something was dropped. */
  #indexAfter(after: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.cursor ?? 0) <= after) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
