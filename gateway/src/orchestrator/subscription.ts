import { type Chunk, chunkOf, lastSeq } from './chunk.ts';
import { type Entry, frameText } from './entry.ts';
import type { EventLog } from './event-log.ts';
import type { Feed } from './feed.ts';

/** How long a stream may say nothing before it says so in a comment, in milliseconds: less than the 15 s we promise. */
const heartbeatMs = 10_000;

/** How long a reader may leave a write unread before it is hung up on, in milliseconds. It can go on behind its cursor. */
const stuckMs = 60_000;

/** What a client waits before it comes back, in milliseconds. */
const retryMs = 1000;

export interface Selection {
  /** Where to begin: behind this event, or with the first that is kept. */
  after: number;
  /** Only this turn; the stream ends after its `complete`. */
  turnId?: string;
  types?: ReadonlySet<string>;
}

/** What is written at once. */
interface Parcel {
  bytes: Uint8Array;
  /** The number of the last event that it brings the reader past, if any. */
  last: number | undefined;
  /** Whether nothing comes behind it. */
  isOver: boolean;
}

/** What a stream is read from. */
interface Source {
  log: EventLog;
  feed: Feed;
  /** What is under way, for a reader that arrives now. */
  snapshots: () => Entry[];
  stored: () => Promise<void>;
}

const encoder = new TextEncoder();

/** A stream as the answer to its reader; `done` resolves once it has ended, and rejects where the reader hangs up. */
export function streamed(selection: Selection, source: Source): { response: Response; done: Promise<void> } {
  const { readable, writable } = new IdentityTransformStream();
  const done = subscribe(writable, selection, source);
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  };
  return { response: new Response(readable, { headers }), done };
}

/**
 * Writes a stream for one reader: first the log behind its cursor, then what happens. It pulls with a cursor of its own
 * and has one write in flight, so that a slow reader costs nobody else anything: where it falls behind the feed it goes
 * back to the log, loses deltas, and gets a snapshot.
 */
export async function subscribe(
  writable: WritableStream<Uint8Array>,
  selection: Selection,
  source: Source,
): Promise<void> {
  const { log, feed, snapshots, stored } = source;
  const { turnId, types } = selection;
  const writer = writable.getWriter();
  let cursor = selection.after;
  let lastWrite = 0;
  let greeting = `retry: ${retryMs}\n: stream\n\n`;
  const begin = log.first;

  /**
   * Waits until the reader has taken what was written. Half of its time counts from when it certainly could.
   *
   * @throws where the reader is gone, or stuck.
   */
  const taken = async (written: Promise<void>): Promise<void> => {
    if (await within(written, stuckMs / 2)) return;
    await stored();
    if (!(await within(written, stuckMs / 2))) throw new Error('The reader is stuck.');
  };

  const send = async (bytes: Uint8Array): Promise<void> => {
    await taken(writer.write(bytes));
    lastWrite = Date.now();
  };

  const close = () => taken(writer.close());

  /** What goes to the reader; where the last was filtered out, its id alone carries the cursor on. */
  const parcelOf = (chunk: Chunk): Parcel => {
    const { bytes, lastSeq: last } = chunk;
    const isOfTurn = turnId === undefined || chunk.turnId === turnId;
    const isOver = turnId !== undefined && isOfTurn && chunk.isEnd;
    if (isOfTurn && !types) return { bytes, last, isOver }; // Not taken apart: its events are looked at by nobody.
    const wanted = isOfTurn ? chunk.entries.filter(({ type }) => !types || types.has(type)) : [];
    const carry = types && last !== undefined && lastSeq(wanted) !== last ? `id: ${last}\n\n` : '';
    return { bytes: encoder.encode(wanted.map(frameText).join('') + carry), last, isOver };
  };

  // Only bytes are held while they are written: what a stuck reader keeps in memory is one write.
  const pastParcel = (): Parcel | undefined => {
    const chunk = log.read(cursor, turnId);
    return chunk && parcelOf(chunk);
  };
  const parcelAt = (position: number): Parcel | 'lost' | undefined => {
    const chunk = feed.at(position);
    return chunk && chunk !== 'lost' ? parcelOf(chunk) : chunk;
  };
  const write = async ({ bytes, last }: Parcel): Promise<void> => {
    const greeted = greeting ? Buffer.concat([encoder.encode(greeting), bytes]) : bytes; // One write takes the way of two.
    greeting = '';
    if (greeted.byteLength > 0) await send(greeted);
    cursor = last ?? cursor;
  };

  try {
    for (;;) {
      // It was so slow that what it needs next was dropped: with its cursor it is told so when it comes back.
      if (log.first > Math.max(begin, cursor + 1)) return await close();
      const past = pastParcel();
      if (past) {
        await write(past);
        if (past.isOver) return await close();
        continue;
      }
      // Nothing is awaited between the empty read and this line: what comes next is in the feed, and nothing is in both.
      let position = feed.end;
      await write(parcelOf(chunkOf(snapshots())));
      for (;;) {
        const parcel = parcelAt(position);
        if (parcel === 'lost') break;
        if (parcel) {
          position += 1;
          await write(parcel);
          if (parcel.isOver) return await close();
        } else if (feed.closed) {
          return await close();
        } else if (Date.now() - lastWrite >= heartbeatMs) {
          await send(encoder.encode(': heartbeat\n\n'));
        } else {
          await feed.changed(heartbeatMs - (Date.now() - lastWrite));
        }
      }
    }
  } catch (error) {
    writer.abort(error).catch(() => undefined); // Gone already.
    throw error;
  }
}

/** Whether the promise is settled within the time, in milliseconds. */
async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([promise.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
