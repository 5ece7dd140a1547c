import { expect, test } from 'vitest';
import { ConnectionError } from './errors/connection-error.ts';
import { decode, type Frame, longestSilenceMs } from './event-source.ts';
import { collect } from './testing/collect.ts';
import { TestTiming } from './testing/timing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function body(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(stream: ReadableStream<Uint8Array>): Promise<Frame[]> {
  return collect(decode(stream, 'GET /events', new TestTiming()));
}

test.each(['\n', '\r\n', '\r'])('is the same however the network cuts it, with %j', async (newline) => {
  const text = ['\uFEFFretry: 1000', ': hello', '', 'id: 1', 'data: {"text":"grüß 🐘"}', '', 'id: 2', '', ''].join(
    newline,
  );
  const whole = bytes(text);
  const expected = [{ retryMs: 1000 }, { comment: 'hello' }, { id: '1' }, { data: '{"text":"grüß 🐘"}' }, { id: '2' }];
  for (let at = 0; at <= whole.length; at++) {
    expect(await read(body(whole.slice(0, at), whole.slice(at)))).toEqual(expected);
  }
});

test('an unfinished frame is dropped', async () => {
  expect(await read(body(bytes('data: 1\n\ndata: 2\n')))).toEqual([{ data: '1' }]);
});

test('a stream that breaks off is a connection error', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
  await expect(read(broken)).rejects.toThrow(ConnectionError);
});

test('silence ends it, and hangs up', async () => {
  const timing = new TestTiming();
  let hungUp = false;
  const silent = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes('data: 1\n\n')),
    cancel() {
      hungUp = true;
    },
  });
  const frames = decode(silent, 'GET /events', timing);
  expect((await frames.next()).value).toEqual({ data: '1' });
  const next = frames.next();
  await timing.expire(longestSilenceMs);
  expect((await next).done).toBe(true);
  expect(hungUp).toBe(true);
});
