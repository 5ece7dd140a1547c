import { expect, it } from 'vitest';
import { UsageMeter } from './usage-meter.ts';

const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const start = event('message_start', {
  message: {
    usage: { input_tokens: 3, cache_read_input_tokens: 20, cache_creation_input_tokens: 100, output_tokens: 1 },
  },
});
const piece = (text: string) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
const end = event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } });

function metered(text: string, contentType = 'text/event-stream; charset=utf-8') {
  const meter = new UsageMeter(contentType);
  for (const byte of new TextEncoder().encode(text)) meter.take(Uint8Array.of(byte));
  return meter.tokens();
}

it('takes the counts of a stream, which are sums', () => {
  const all = { input: 3, output: 7, cacheRead: 20, cacheWrite: 100 };
  expect(metered(start + piece('é'.repeat(300)) + end)).toEqual(all);
});

it('counts what was written, where the stream was cut before its count', () => {
  expect(metered(start + piece('a'.repeat(30)) + piece('b'.repeat(30)))).toMatchObject({ input: 3, output: 20 });
  expect(metered(start)).toMatchObject({ input: 3, output: 1 });
});

it('takes the counts of an answer in one piece', () => {
  const body = JSON.stringify({
    type: 'message',
    usage: { input_tokens: 5, output_tokens: 2, cache_read_input_tokens: null },
  });
  expect(metered(body, 'application/json')).toEqual({ input: 5, output: 2, cacheRead: 0, cacheWrite: 0 });
});

it('knows nothing where nothing was said', () => {
  expect(metered('')).toBeUndefined();
  expect(metered('{"input_tokens":12}', 'application/json')).toBeUndefined();
});
