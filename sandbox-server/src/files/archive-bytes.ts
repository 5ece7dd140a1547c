import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ProblemError } from '@sandgate/api-spec';

/** How many bytes an archive may unpack to. */
export const maxBytes = 10 * 1024 ** 3;
/** How many times its own size a `tar.gz` may unpack to, once it is more than `ratioFrom` bytes. */
const maxRatio = 100;
const ratioFrom = 64 * 1024 ** 2;

/**
 * The bytes of the `tar` in an upload, which may be compressed.
 *
 * @throws {ProblemError} `payload_too_large` for what unpacks to too much.
 */
export async function* tarBytes(upload: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = upload[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = Readable.from(
    (async function* () {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
    { objectMode: false },
  );
  // The first byte of a `tar` is that of a name, which no control character begins (RFC 1952, section 2.3.1).
  yield* bounded(whole, first.value[0] === 0x1f);
}

async function* bounded(bytes: Readable, isGzip: boolean): AsyncGenerator<Buffer> {
  const gunzip = isGzip ? createGunzip() : undefined;
  if (gunzip) pipeline(bytes, gunzip, () => {}); // Whoever reads from it is told.
  let unpacked = 0;
  for await (const chunk of (gunzip ?? bytes) as AsyncIterable<Buffer>) {
    unpacked += chunk.length;
    if (unpacked > maxBytes) throw tooLarge(`to more than ${maxBytes / 1024 ** 3} GiB`);
    if (gunzip && unpacked > ratioFrom && unpacked > maxRatio * gunzip.bytesWritten)
      throw tooLarge(`to more than ${maxRatio} times its size; send such a one as a plain tar`);
    yield chunk;
  }
}

export const tooLarge = (what: string) => new ProblemError('payload_too_large', `The archive unpacks ${what}.`);
