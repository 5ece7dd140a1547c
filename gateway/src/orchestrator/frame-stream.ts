import { Frame, frameLimit } from '@sandgate/api-spec';
import { createParser } from 'eventsource-parser';
import { exactMatch } from './exact-match.ts';
import { TurnError } from './turn-error.ts';

/** How much is read at once, in bytes. */
const readSize = 64 * 1024;

/** A server that says nothing for this long, not even its heartbeat, is gone; in milliseconds. */
const silenceLimitMs = 45_000;

/**
 * The frames of a turn's stream, as they arrive together; none where a heartbeat came. It ends when the stream does, or
 * falls silent, whatever the reason: only a `complete` says that the turn is over.
 *
 * @throws TurnError where a frame is none, or too large: nothing that a sandbox says is believed unread.
 */
export async function* frameBatches(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Frame[]> {
  const decoder = new TextDecoder();
  let frames: Frame[] = [];
  const parser = createParser({
    maxBufferSize: frameLimit,
    onEvent: ({ data }) => frames.push(frameOf(data)),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded')
        throw new TurnError('sandbox_error', 'The sandbox sent more in one event than it may.');
    },
  });
  const reader = body.getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(readSize);
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel(); // Before it was asked for the first frame: of that no event tells.
  // Looked at now and then: a timer for each read would cost more than what is read.
  let heardAt = Date.now();
  const watch = setInterval(() => Date.now() - heardAt >= silenceLimitMs && cancel(), silenceLimitMs / 3);
  try {
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) return;
      heardAt = Date.now();
      parser.feed(decoder.decode(value, { stream: true }));
      buffer = value.buffer as ArrayBuffer;
      yield frames;
      frames = [];
    }
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

const isFrame = exactMatch(Frame);

function frameOf(data: string): Frame {
  try {
    const frame: unknown = JSON.parse(data);
    return isFrame(frame) ? frame : Frame.parse(frame);
  } catch {
    throw new TurnError('sandbox_error', 'The sandbox sent an event that is none.');
  }
}
