import { type DiskFrame, diskFramePieces } from '@sandgate/api-spec';
import type { Patience } from './patience.ts';

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

/** The stream, until it is stopped or brings nothing for too long. */
export async function* unstalled(
  stream: ReadableStream<Uint8Array>,
  patience: Patience,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      patience.renew();
      const { value, done } = await patience.for(reader.read());
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
