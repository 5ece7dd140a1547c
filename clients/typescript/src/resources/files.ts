import type { FileBody } from '../contract.ts';
import { FileContent } from '../file-content.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { FileEntry } from '../types.ts';

const route = '/v1/sessions/{sessionId}/files/{path}';

/** The files in a session's workspace. Paths are relative to it. */
export class Files {
  readonly #transport: Transport;
  readonly #sessionId: string;

  constructor(transport: Transport, sessionId: string) {
    this.#transport = transport;
    this.#sessionId = sessionId;
  }

  /** What a directory holds; the workspace itself unless told. */
  async list(path?: string, options?: RequestOptions): Promise<FileEntry[]> {
    const params = { sessionId: this.#sessionId };
    const query = path === undefined ? {} : { path };
    const { data } = await this.#transport.json('GET /v1/sessions/{sessionId}/files', { params, query }, options);
    return data;
  }

  /**
   * Opens a file.
   *
   * @example
   * const text = await (await session.files.read('notes.md')).text();
   * @throws {ApiError} `file_not_found` if there is none
   */
  async read(path: string, options?: RequestOptions): Promise<FileContent> {
    const response = await this.#transport.bytes(`GET ${route}`, { params: this.#at(path) }, options);
    return new FileContent(path, response, options?.signal);
  }

  /**
   * Creates or replaces a file as a whole, and its directories. A failed write leaves the old content. A
   * `ReadableStream` cannot be sent twice, so it is not retried.
   */
  write(path: string, content: FileBody, options?: RequestOptions): Promise<FileEntry> {
    return this.#transport.json(`PUT ${route}`, { params: this.#at(path), bytes: content }, options);
  }

  /** Deletes a file, a link or an empty directory. */
  async delete(path: string, options?: RequestOptions): Promise<void> {
    await this.#transport.json(`DELETE ${route}`, { params: this.#at(path) }, options);
  }

  #at(path: string): { sessionId: string; path: string } {
    return { sessionId: this.#sessionId, path };
  }
}
