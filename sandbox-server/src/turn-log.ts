import { type AgentEvent, frameLimit } from '@sandgate/api-spec';
import { OpenTexts } from './open-texts.ts';
import { PackedFrames, type Segment } from './packed-frames.ts';

/** How much is sent at once, in bytes, give or take a frame. */
const segmentBytes = 64 * 1024;

/** How much of deltas is kept, in bytes: above it they give way to a snapshot of what is under way. */
const deltaLimit = 16 * 1024 * 1024;

/** How much of facts a turn may have, in bytes. The gateway's log ends it later, and less gently. */
const factLimit = 48 * 1024 * 1024;

/** The ends of what was begun: taken however full the log is. They are small. */
const ends: ReadonlySet<AgentEvent['type']> = new Set(['permission.resolved', 'error', 'parked', 'complete']);

const transientTypes: ReadonlySet<AgentEvent['type']> = new Set([
  'message.delta',
  'message.snapshot',
  'tool.delta',
  'tool.snapshot',
]);
const isEnd = ({ type }: AgentEvent) => type === 'complete' || type === 'parked';
const isFact = ({ type }: AgentEvent) => !transientTypes.has(type);

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
  #frames = new PackedFrames();
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
    const size = this.#frames.add(cursor, isFact(event), frame);
    this.#open.apply(event, cursor);
    if (isFact(event)) this.#factBytes += size;
    else this.#deltaBytes += size;
    this.#ended = isEnd(event);
    if (this.#deltaBytes > this.#deltaLimit) this.#letDeltasGo();
    for (const wake of this.#wakers) wake();
    return undefined;
  }

  /** The next frames after a cursor that are kept; `undefined` if there are none. */
  read(after: number): Segment | undefined {
    return this.#frames.read(after, segmentBytes);
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
    this.#keep(({ cursor }) => this.#ended && cursor === this.#head);
    this.#open = new OpenTexts(); // What was begun and never ended, as it was stopped.
  }

  #letDeltasGo(): void {
    const snapshots = new Map(this.#open.snapshots().map(({ cursor, event }) => [cursor, event]));
    this.#keep(({ cursor, isFact }) => isFact || snapshots.get(cursor));
    this.#deltaBytes = 0;
  }

  /** Only these from now on, or what takes their places; each stands for what is gone before it. */
  #keep(choose: (frame: { cursor: number; isFact: boolean }) => boolean | AgentEvent | undefined): void {
    const kept = new PackedFrames();
    let before = this.start;
    let stoodBehind = this.start;
    for (const frame of this.#frames) {
      const { cursor, isFact, bytes } = frame;
      const chosen = choose(frame);
      if (typeof chosen === 'object') kept.add(cursor, isFact, frameOf(cursor, chosen, before + 1));
      else if (chosen)
        kept.add(cursor, isFact, before === stoodBehind ? bytes : standingFrom(before + 1, cursor, bytes));
      if (chosen) before = cursor;
      stoodBehind = cursor;
    }
    this.#frames = kept;
  }
}

/** A frame as it goes over the wire. `from` is left away where it stands for itself alone. */
function frameOf(cursor: number, event: AgentEvent, from = cursor): string {
  return `${headOf(cursor, from)}"event":${JSON.stringify(event)}}\n\n`;
}

function headOf(cursor: number, from: number): string {
  return `id: ${cursor}\ndata: {"cursor":${cursor},${from === cursor ? '' : `"from":${from},`}`;
}

/** A frame that stands for what was before it as well. */
function standingFrom(from: number, cursor: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(headOf(cursor, from)), bytes.subarray(bytes.indexOf('"event":'))]);
}
