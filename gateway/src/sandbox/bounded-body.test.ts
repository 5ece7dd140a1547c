import { describe, expect, it } from 'vitest';
import { boundedJson } from './bounded-body.ts';

const endless = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });

describe('boundedJson', () => {
  it('reads JSON, whatever bytes it was cut at', async () => {
    const bytes = new TextEncoder().encode('{"a":"é"}');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await boundedJson(new Response(body))).toEqual({ a: 'é' });
  });

  it('refuses what is none, is too large, or is too slow', async () => {
    await expect(boundedJson(new Response('x'))).rejects.toThrow(SyntaxError);
    await expect(boundedJson(new Response(null))).rejects.toThrow(SyntaxError);
    await expect(boundedJson(new Response(endless()))).rejects.toThrow(RangeError);
    const silent = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    await expect(boundedJson(new Response(silent), 20)).rejects.toThrow(SyntaxError);
  });
});
