import { setTimeout as sleep } from 'node:timers/promises';
import type { TurnLog } from './turn-log.ts';

/** Under the 15 s that the contract allows between two signs of life. */
const heartbeatMs = 10_000;

/** The least time between two sends that are not full, in milliseconds: what follows close on the last goes together. */
const gatherMs = 5;

const encoder = new TextEncoder();
const opening = encoder.encode('retry: 1000\n: sandgate\n\n');
const heartbeat = encoder.encode(': heartbeat\n\n');

/**
 * A turn as server-sent events (WHATWG HTML, "Server-sent events"): what came after the cursor, then what comes, to
 * the end. What is quiet is sent at once, what comes thick is gathered: whoever follows pays for each send, not for
 * each frame. Frames are read as the follower takes them: a slow one costs no memory, and one that hangs up
 * cancels nothing.
 */
export function turnStream(log: TurnLog, after: number): Response {
  const hangUp = new AbortController();
  let cursor = after;
  let opened = false;
  let sentAt = 0;
  let isBehind = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!opened) {
          opened = true;
          return controller.enqueue(opening);
        }
        if (log.ended && log.head <= cursor) return controller.close();
        const isNews = await log.wait(cursor, heartbeatMs, hangUp.signal);
        if (isNews && !isBehind && !log.ended) await pause(sentAt + gatherMs - Date.now(), hangUp.signal);
        if (hangUp.signal.aborted) return;
        const segment = isNews ? log.read(cursor) : undefined;
        isBehind = segment !== undefined && segment.cursor < log.head;
        sentAt = Date.now();
        // News that were let go already are skipped.
        if (isNews) cursor = segment?.cursor ?? log.head;
        controller.enqueue(segment?.bytes ?? heartbeat);
      },
      cancel: () => hangUp.abort(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** Ends early where the follower hangs up. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => {});
}
