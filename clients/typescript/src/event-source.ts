import { createParser } from 'eventsource-parser';
import { ConnectionError } from './errors/connection-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import type { Timing } from './timing.ts';

/** The server sends a comment every 15 s: after three that did not come, the connection is dead. */
export const longestSilenceMs = 45_000;
const longestFrame = 64 * 1024 * 1024;

/** A part of an event stream: an `id` comes before the `data` that it belongs to, or alone. A heartbeat is a comment. */
export type Frame = { id: string } | { data: string } | { retryMs: number } | { comment: string };

/**
 * Decodes an event stream until it ends or falls silent. What a cut left unfinished is dropped. `label` is what errors
 * call the stream.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @throws {ConnectionError} if the connection breaks
 */
export async function* decode(
  body: ReadableStream<Uint8Array>,
  label: string,
  timing: Timing,
): AsyncGenerator<Frame, void, undefined> {
  const frames: Frame[] = [];
  const parser = createParser({
    maxBufferSize: longestFrame,
    onId: (id) => frames.push({ id }),
    onEvent: ({ data }) => frames.push({ data }),
    onRetry: (retryMs) => frames.push({ retryMs }),
    onComment: (comment) => frames.push({ comment }),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw new SandgateError(`${label}: an event is too large`);
    },
  });
  // The parser takes off the byte order mark: taken off here too, it would be two.
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  const reader = body.getReader();
  // Also ends a read that is under way.
  const hangUp = () => void reader.cancel().catch(() => {});
  try {
    for (;;) {
      const stop = timing.after(longestSilenceMs, hangUp);
      const { done, value } = await reader.read().finally(stop);
      if (done) return;
      parser.feed(text.decode(value, { stream: true }));
      yield* frames.splice(0);
    }
  } catch (error) {
    if (error instanceof SandgateError) throw error;
    throw new ConnectionError(`${label}: the stream broke off`, { cause: error });
  } finally {
    hangUp();
  }
}
