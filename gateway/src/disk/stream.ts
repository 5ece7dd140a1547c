import { type DiskFrame, diskFramePieces } from '@sandgate/api-spec';
import type { Patience } from './patience.ts';

/** How much is read at once, in bytes. Unless it is asked for so much, workerd gives what a packet brought. */
const readSize = 128 * 1024;

/** A stream of bytes, of which one frame at a time is held. Bytes, as only those travel between objects. */
export function bytesOf(frames: AsyncIterable<DiskFrame>): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream();
  const write = async () => {
    const writer = writable.getWriter();
    try {
      for await (const frame of frames) for (const piece of diskFramePieces(frame)) await writer.write(piece);
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
    }
  };
  void write();
  return readable;
}

/** The objects one behind the other. */
export function concatenated(bucket: R2Bucket, keys: readonly string[]): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream();
  const write = async () => {
    try {
      for (const key of keys) {
        const object = await bucket.get(key);
        if (!object) throw new Error(`The object ${key} is not there.`);
        await object.body.pipeTo(writable, { preventClose: true });
      }
      await writable.close();
    } catch (error) {
      await writable.abort(error).catch(() => undefined);
    }
  };
  void write();
  return readable;
}

/** The stream, until it is stopped or brings nothing for too long. Nothing that it brought is held here. */
export async function* unstalled(
  stream: ReadableStream<Uint8Array>,
  patience: Patience,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader({ mode: 'byob' });
  const stop = () => void reader.cancel().catch(() => undefined);
  const stopped = AbortSignal.any([signal, patience.over]);
  stopped.addEventListener('abort', stop);
  try {
    for (;;) {
      patience.renew();
      stopped.throwIfAborted();
      const { value, done } = await reader.readAtLeast(readSize, new Uint8Array(readSize));
      stopped.throwIfAborted();
      if (value && value.byteLength > 0) yield value;
      if (done) return;
    }
  } finally {
    stopped.removeEventListener('abort', stop);
    stop();
  }
}
