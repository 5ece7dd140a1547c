import { ConnectionError } from './errors/connection-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';

/** The content of a file, which can be taken once: as text, as bytes, or as a stream. */
export class FileContent {
  readonly path: string;
  readonly #response: Response;
  readonly #signal: AbortSignal | undefined;

  constructor(path: string, response: Response, signal: AbortSignal | undefined) {
    this.path = path;
    this.#response = response;
    this.#signal = signal;
  }

  /** What `ifMatch` takes, so that nobody else's change is written over. An archive has none. */
  get etag(): string | undefined {
    return this.#response.headers.get('etag') ?? undefined;
  }

  /** The bytes as they come. If they break off, the stream fails with the error of the runtime. */
  get stream(): ReadableStream<Uint8Array> {
    return this.#response.body ?? new Blob([]).stream();
  }

  /** @throws {ConnectionError} if it breaks off */
  text(): Promise<string> {
    return this.#take((response) => response.text());
  }

  /** @throws {ConnectionError} if it breaks off */
  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#take(async (response) => new Uint8Array(await response.arrayBuffer()));
  }

  async #take<T>(read: (response: Response) => Promise<T>): Promise<T> {
    if (this.#response.bodyUsed) throw new SandgateError(`${this.path}: the content was taken before`);
    try {
      return await read(this.#response);
    } catch (cause) {
      this.#signal?.throwIfAborted();
      throw new ConnectionError(`${this.path}: the content broke off`, { cause });
    }
  }
}
