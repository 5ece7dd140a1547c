import { type AgentEvent, Frame, frameLimit } from '@sandgate/api-spec';
import { createParser } from 'eventsource-parser';
import { type Serialized, serialized } from './entry.ts';
import { exactText } from './exact-text.ts';
import { TurnError } from './turn-error.ts';

/** How much is read at once, in bytes. */
const readSize = 64 * 1024;

/** A server that says nothing for this long, not even its heartbeat, is gone; in milliseconds. */
const silenceLimitMs = 45_000;

/** A frame as it is taken: its event is known by its text. */
export type AgentFrame = Omit<Frame, 'event'> & Serialized<AgentEvent>;

/**
 * The frames of a turn's stream, as they arrive together; none where a heartbeat came. It ends when the stream does, or
 * falls silent, whatever the reason: only a `complete` says that the turn is over.
 *
 * @throws TurnError where a frame is none, or too large: nothing that a sandbox says is believed unread.
 */
export async function* frameBatches(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<AgentFrame[]> {
  const decoder = new TextDecoder();
  let frames: AgentFrame[] = [];
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

/** A frame whose event is the text that `JSON.stringify` makes of it. */
const exactFrame = new RegExp(
  `^\\{"cursor":(${exactText(Frame.shape.cursor)})(?:,"from":(${exactText(Frame.shape.from)}))?,` +
    `"event":(${exactText(Frame.shape.event)})\\}$`,
);

/** A frame of which no more is read than that it is one. */
class UnreadFrame {
  readonly cursor: number;
  readonly from?: number;
  readonly type: string;
  readonly json: string;
  #event: AgentEvent | undefined;

  constructor(cursor: number, from: number | undefined, json: string) {
    this.cursor = cursor;
    if (from !== undefined) this.from = from;
    this.type = json.slice(typeAt, json.indexOf('"', typeAt));
    this.json = json;
  }

  get event(): AgentEvent {
    this.#event ??= JSON.parse(this.json) as AgentEvent;
    return this.#event;
  }
}

const typeAt = '{"type":"'.length;

function frameOf(data: string): AgentFrame {
  const [, cursor, from, json] = exactFrame.exec(data) ?? [];
  if (json !== undefined)
    return new UnreadFrame(Number(cursor), from === undefined ? from : Number(from), json) as AgentFrame;
  try {
    const { event, ...numbers } = Frame.parse(JSON.parse(data));
    return { ...numbers, ...serialized(event) };
  } catch {
    throw new TurnError('sandbox_error', 'The sandbox sent an event that is none.');
  }
}
