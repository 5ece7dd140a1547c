import { type AgentEvent, frameLimit } from '@sandgate/api-spec';
import { OpenTexts } from './open-texts.ts';

interface Entry {
  cursor: number;
  /** The first number that it stands for. */
  from: number;
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

/** How much is sent at once, in bytes, give or take a frame. */
export const segmentBytes = 64 * 1024;

/** How much of deltas is kept, in bytes: above it they give way to a snapshot of what is under way. */
const deltaLimit = 16 * 1024 * 1024;

/** How much of facts a turn may have, in bytes. The gateway's log ends it later, and less gently. */
const factLimit = 48 * 1024 * 1024;

/** The ends of what was begun: taken however full the log is. They are small. */
const ends: ReadonlySet<AgentEvent['type']> = new Set(['permission.resolved', 'error', 'parked', 'complete']);

const encoder = new TextEncoder();
const transientTypes: ReadonlySet<AgentEvent['type']> = new Set([
  'message.delta',
  'message.snapshot',
  'tool.delta',
  'tool.snapshot',
]);
const isEnd = ({ type }: Pick<Entry, 'type'>) => type === 'complete' || type === 'parked';
const isFact = ({ type }: Pick<Entry, 'type'>) => !transientTypes.has(type);

/**
 * The frames of one turn, numbered without a gap, and ended by its `complete`; where it is parked, by `parked`, and those
 * that follow are in another log.
 *
 * Memory is bounded, and nothing is on disk. Facts are never let go while the turn runs: it ends where they are too
 * many. Deltas are: what they made of a message that is whole stands in its `message`, and of one that is under way in a
 * snapshot, so that whoever comes late can build each to the letter. A frame that follows on such a gap says so.
 */
export class TurnLog {
  readonly #deltaLimit: number;
  readonly #factLimit: number;
  readonly #wakers = new Set<() => void>();
  #open = new OpenTexts();
  #entries: Entry[] = [];
  #deltaBytes = 0;
  #factBytes = 0;
  /** The number before the first: 0, but for a turn that goes on. */
  readonly start: number;
  #head: number;
  #ended = false;

  constructor(limits: { deltas?: number; facts?: number } = {}, start = 0) {
    this.start = start;
    this.#head = start;
    this.#deltaLimit = limits.deltas ?? deltaLimit;
    this.#factLimit = limits.facts ?? factLimit;
  }

  /** The cursor of the newest frame; `start` before any. */
  get head(): number {
    return this.#head;
  }

  /** Whether `complete` or `parked` is there: nothing follows. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * What comes after the end is dropped: an agent may be late to see that its turn is over.
   *
   * @returns why the event was not taken, where it is too much.
   */
  append(event: AgentEvent): string | undefined {
    if (this.#ended) return undefined;
    const cursor = this.#head + 1;
    const refusal = this.#open.refusal(event);
    if (refusal !== undefined) return refusal;
    if (this.#factBytes > this.#factLimit && !ends.has(event.type))
      return `The turn is larger than ${this.#factLimit} bytes.`;
    const frame = frameOf(cursor, event);
    if (frame.length > frameLimit - 1024) return `An event is larger than ${frameLimit - 1024} characters.`;

    this.#head = cursor;
    const entry = { cursor, from: cursor, type: event.type, bytes: encoder.encode(frame) };
    this.#entries.push(entry);
    this.#open.apply(event, cursor);
    if (isFact(entry)) this.#factBytes += entry.bytes.length;
    else this.#deltaBytes += entry.bytes.length;
    this.#ended = isEnd(event);
    if (this.#deltaBytes > this.#deltaLimit) this.#letDeltasGo();
    for (const wake of this.#wakers) wake();
    return undefined;
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

  /** Lets go of all but the last frame of a turn whose end nobody needs to read again. */
  shrink(): void {
    this.#keep(this.#entries.filter(isEnd));
    this.#open = new OpenTexts(); // What was begun and never ended, as it was stopped.
  }

  #letDeltasGo(): void {
    const snapshots = this.#open.snapshots().map(
      ({ cursor, event }): Entry => ({
        cursor,
        from: cursor,
        type: event.type,
        bytes: encoder.encode(frameOf(cursor, event)),
      }),
    );
    this.#keep([...this.#entries.filter(isFact), ...snapshots].sort((a, b) => a.cursor - b.cursor));
    this.#deltaBytes = 0;
  }

  /** Only these from now on; each stands for what is gone before it. */
  #keep(entries: Entry[]): void {
    let before = this.start;
    this.#entries = entries.map((entry) => {
      const from = before + 1;
      before = entry.cursor;
      return entry.from === from ? entry : standingFor(from, entry);
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

/** A frame as it goes over the wire. `from` is left away where it stands for itself alone. */
function frameOf(cursor: number, event: AgentEvent): string {
  return `${headOf(cursor, cursor)}"event":${JSON.stringify(event)}}\n\n`;
}

function headOf(cursor: number, from: number): string {
  return `id: ${cursor}\ndata: {"cursor":${cursor},${from === cursor ? '' : `"from":${from},`}`;
}

function standingFor(from: number, { cursor, type, bytes, from: before }: Entry): Entry {
  const rest = bytes.subarray(headOf(cursor, before).length);
  return { cursor, from, type, bytes: Buffer.concat([encoder.encode(headOf(cursor, from)), rest]) };
}
