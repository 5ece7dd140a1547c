import type { Entry } from './entry.ts';
import { frameText } from './entry.ts';
import type { EventLog } from './event-log.ts';
import type { Feed } from './feed.ts';

/** How long a stream may say nothing before it says so in a comment, in milliseconds. */
const heartbeatMs = 15_000;

/** What a client waits before it comes back, in milliseconds. */
const retryMs = 1000;

export interface Selection {
  /** The number of the last event that the reader has. */
  after: number;
  /** Only this turn; the stream ends after its `complete`. */
  turnId?: string;
  types?: ReadonlySet<string>;
}

const encoder = new TextEncoder();

/**
 * Writes a stream for one reader: first the log behind its cursor, then what happens. It pulls with a cursor of its own
 * and has one write in flight, so that a slow reader costs nobody else anything: where it falls behind the feed it goes
 * back to the log, loses deltas, and gets a snapshot.
 */
export async function subscribe(
  writable: WritableStream<Uint8Array>,
  selection: Selection,
  source: { log: EventLog; feed: Feed; snapshots: () => Entry[] },
): Promise<void> {
  const { log, feed, snapshots } = source;
  const { turnId, types } = selection;
  const writer = writable.getWriter();
  let cursor = selection.after;

  const selects = (entry: Entry) =>
    (turnId === undefined || entry.turnId === turnId) && (types === undefined || types.has(entry.type));

  /** Writes what the reader wants of these; where the last was filtered out, its id alone carries the cursor on. */
  const write = async (entries: readonly Entry[], shared?: Uint8Array): Promise<void> => {
    const wanted = entries.filter(selects);
    const last = entries.findLast((entry) => entry.seq !== undefined)?.seq;
    if (shared && wanted.length === entries.length) await writer.write(shared);
    else if (wanted.length > 0) await writer.write(encoder.encode(wanted.map(frameText).join('')));
    if (types && last !== undefined && wanted.findLast((entry) => entry.seq !== undefined)?.seq !== last)
      await writer.write(encoder.encode(`id: ${last}\n\n`));
    cursor = last ?? cursor;
  };
  const isOver = (entries: readonly Entry[]) =>
    turnId !== undefined && entries.some((entry) => entry.turnId === turnId && entry.type === 'complete');

  try {
    await writer.write(encoder.encode(`retry: ${retryMs}\n: stream\n\n`));
    for (;;) {
      const past = log.read(cursor, turnId);
      if (past.length > 0) {
        await write(past);
        if (isOver(past)) return;
        continue;
      }
      // Nothing is awaited between the empty read and this line: what comes next is in the feed, and nothing is in both.
      let position = feed.end;
      await write(snapshots());
      for (;;) {
        const chunk = feed.at(position);
        if (chunk === 'lost') break;
        if (chunk) {
          position += 1;
          await write(chunk.entries, chunk.bytes);
          if (isOver(chunk.entries)) return;
        } else if (feed.closed) {
          return;
        } else if (!(await within(feed.changed(), heartbeatMs)) && feed.at(position) === undefined) {
          await writer.write(encoder.encode(': heartbeat\n\n'));
        }
      }
    }
  } finally {
    await writer.close().catch(() => undefined); // The reader is gone: nothing is left to do.
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
