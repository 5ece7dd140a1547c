import { z } from '@hono/zod-openapi';

/** The most bytes of a frame: a pack, or a part of a manifest. Both sides hold one frame in memory at a time. */
export const diskFrameLimit = 8 * 1024 * 1024;

/** The longest head of a frame, in bytes: the last of a save names all of its packs. */
const headLimit = 256 * 1024;

const length = z.int().min(0).max(diskFrameLimit);

/**
 * What a part of a disk on its way is: a line of JSON, and as many bytes behind it as its `length` says. The manifest of
 * a tree lists what is in it, and where in which pack its bytes are.
 */
export const DiskFrameHead = z.discriminatedUnion('type', [
  z.object({ type: z.literal('manifest'), length }),
  z.object({ type: z.literal('pack'), number: z.int().min(1), length }),
  /** The last of a save: without it, nothing was saved. */
  z.object({
    type: z.literal('end'),
    packs: z.array(z.int().min(1)).max(10_000),
    entries: z.int().min(0),
    bytes: z.int().min(0),
  }),
  /** The last of one that came to nothing. */
  z.object({ type: z.literal('problem'), code: z.string(), detail: z.string().max(1000) }),
]);
export type DiskFrameHead = z.infer<typeof DiskFrameHead>;

export interface DiskFrame {
  head: DiskFrameHead;
  bytes: Uint8Array;
}

const newline = 10;
const encoder = new TextEncoder();

/** The frame as it is sent, in pieces. */
export function* diskFramePieces({ head, bytes }: DiskFrame): Generator<Uint8Array> {
  yield encoder.encode(`${JSON.stringify(head)}\n`);
  if (bytes.byteLength > 0) yield bytes;
}

/** @throws where the stream holds anything else, or ends within a frame. */
export async function* diskFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<DiskFrame> {
  const source = new Source(stream);
  for (let line = await source.line(); line !== undefined; line = await source.line()) {
    const head = DiskFrameHead.parse(JSON.parse(line));
    yield { head, bytes: await source.take('length' in head ? head.length : 0) };
  }
}

/** Reads lines and numbers of bytes from a stream, and holds no more of it than it was asked for. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<string | undefined> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const end = this.#rest.indexOf(newline);
      const part = end < 0 ? this.#rest : this.#rest.subarray(0, end);
      parts.push(part);
      size += part.byteLength;
      if (size > headLimit) throw new RangeError('The head of a frame is too long.');
      this.#rest = end < 0 ? new Uint8Array() : this.#rest.subarray(end + 1);
      if (end >= 0) return new TextDecoder().decode(joined(parts, size));
      if (await this.#pull()) continue;
      if (size > 0) throw new Error('The stream was cut off.');
      return undefined;
    }
  }

  async take(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let taken = 0; taken < length; ) {
      if (this.#rest.byteLength === 0 && !(await this.#pull())) throw new Error('The stream was cut off.');
      const part = this.#rest.subarray(0, length - taken);
      bytes.set(part, taken);
      taken += part.byteLength;
      this.#rest = this.#rest.subarray(part.byteLength);
    }
    return bytes;
  }

  async #pull(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (!done) this.#rest = value;
    return !done;
  }
}

function joined(parts: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
