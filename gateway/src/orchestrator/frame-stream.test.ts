import { Frame } from '@sandgate/api-spec';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { frameBatches } from './frame-stream.ts';

const frame = (cursor: number, text: string): Frame => ({
  cursor,
  event: { type: 'message.delta', messageId: 'm', text },
});
const textOf = (...frames: Frame[]) =>
  frames.map((one) => `id: ${one.cursor}\ndata: ${JSON.stringify(one)}\n\n`).join('');

function bodyOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    type: 'bytes',
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk.slice()); // It is taken over.
      controller.close();
    },
  });
}

async function read(body: ReadableStream<Uint8Array>, signal = new AbortController().signal): Promise<Frame[][]> {
  const batches = await Array.fromAsync(frameBatches(body, signal));
  return batches.map((frames) => frames.map(({ cursor, from, event }) => ({ cursor, ...(from && { from }), event })));
}

describe('frameBatches', () => {
  afterEach(() => void vi.useRealTimers());

  it('gives together what came together, whatever bytes it was cut at', async () => {
    const bytes = new TextEncoder().encode(`retry: 1000\n: hello\n\n${textOf(frame(1, 'é'), frame(2, '🦆'))}`);
    expect(await read(bodyOf(bytes))).toEqual([[frame(1, 'é'), frame(2, '🦆')]]);
    expect(await read(bodyOf(new TextEncoder().encode(': heartbeat\n\n')))).toEqual([[]]);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect((await read(bodyOf(...single))).flat()).toEqual([frame(1, 'é'), frame(2, '🦆')]);
  });

  it.each<[string, string]>([
    ['as our server writes it', JSON.stringify(frame(7, 'a "b"\n\u001f \u2028é'))],
    ['of another order', '{"event":{"text":"x","messageId":"m","type":"message.delta"},"cursor":7}'],
    ['with other escapes', String.raw`{"cursor":7,"event":{"type":"message.delta","messageId":"m","text":"\/\u0041"}}`],
    ['with spaces', '{"cursor": 7,\ndata: "event":{"type":"message.delta","messageId":"m","text":"x"}}'],
    ['with more than it may have', '{"cursor":7,"event":{"type":"message.delta","messageId":"m","text":"x","a":"b"}}'],
    ['for many', '{"cursor":7,"from":3,"event":{"type":"message.delta","messageId":"m","text":"x"}}'],
    [
      'of what is not known by its text',
      '{"cursor":7,"event":{"type":"tool.call","toolCallId":"c","name":"n","input":{}}}',
    ],
  ])('takes a frame by a text that says what the frame does: %s', async (_, data) => {
    const bytes = new TextEncoder().encode(`data: ${data}\n\n`);
    const [[taken] = []] = await Array.fromAsync(frameBatches(bodyOf(bytes), new AbortController().signal));
    const { cursor, event, ...more } = Frame.parse(JSON.parse(data.replace('data: ', '')));
    expect(taken).toMatchObject({ cursor, type: event.type, json: JSON.stringify(event), ...more });
    expect(taken?.event).toEqual(event);
  });

  it('believes no frame unread', async () => {
    const encoder = new TextEncoder();
    await expect(read(bodyOf(encoder.encode('data: {"cursor":0}\n\n')))).rejects.toThrow();
    await expect(read(bodyOf(encoder.encode('data: not json\n\n')))).rejects.toThrow();
    const event = '{"type":"message.delta","messageId":"m","text":"x"}';
    for (const cursor of ['0', '-1', '01', '1.5', '1e300', '9007199254740993', '"1"'])
      await expect(read(bodyOf(encoder.encode(`data: {"cursor":${cursor},"event":${event}}\n\n`)))).rejects.toThrow();
    await expect(read(bodyOf(encoder.encode(`data: ${'x'.repeat(1024 * 1024 + 1)}`)))).rejects.toThrow();
  });

  it('ends and hangs up where nothing comes for 45 seconds, not even a heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    const cancel = vi.fn();
    let beat = () => {};
    const body = new ReadableStream({
      type: 'bytes',
      start(controller) {
        beat = () => controller.enqueue(new TextEncoder().encode(': heartbeat\n\n'));
      },
      cancel,
    });
    const batches = frameBatches(body, new AbortController().signal);
    for (let beats = 0; beats < 3; beats++) {
      const next = batches.next();
      vi.advanceTimersByTime(40_000);
      beat();
      expect(await next).toEqual({ done: false, value: [] });
    }
    const last = batches.next();
    vi.advanceTimersByTime(44_000);
    expect(cancel).not.toHaveBeenCalled();
    vi.advanceTimersByTime(16_000); // It is looked at every 15.
    expect(cancel).toHaveBeenCalledOnce();
    expect(await last).toEqual({ done: true });
  });

  it.each(['while it reads', 'before'])('ends and hangs up when it is told to %s', async (when) => {
    const stop = new AbortController();
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream({ type: 'bytes', cancel: () => cancelled.resolve() });
    if (when === 'before') stop.abort();
    const batches = read(body, stop.signal);
    stop.abort();
    expect(await batches).toEqual([]);
    await cancelled.promise;
  });
});
