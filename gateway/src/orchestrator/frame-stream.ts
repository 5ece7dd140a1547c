import { Frame } from '@sandgate/api-spec';
import { createParser } from 'eventsource-parser';

/** The largest frame that is taken from a sandbox, in UTF-16 units: a row of the log holds 2 MB. */
const frameLimit = 1024 * 1024;

/** A server that says nothing for this long, not even its heartbeat, is gone; in milliseconds. */
const silenceLimitMs = 45_000;

/**
 * The frames of a turn's stream, as they arrive together. It ends when the stream does, whatever the reason: only a
 * `complete` says that the turn is over.
 *
 * @throws where a frame is none, or too large (nothing that a sandbox says is believed unread), or where it falls silent.
 */
export async function* frameBatches(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Frame[]> {
  const decoder = new TextDecoder();
  let frames: Frame[] = [];
  const parser = createParser({
    maxBufferSize: frameLimit,
    onEvent: ({ data }) => frames.push(Frame.parse(JSON.parse(data))),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw error;
    },
  });
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const silence = setTimeout(cancel, silenceLimitMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      if (frames.length > 0) yield frames;
      frames = [];
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
