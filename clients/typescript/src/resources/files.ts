import type { ApiPromise } from '../api-promise.ts';
import type { FileBody } from '../contract.ts';
import { FileContent } from '../file-content.ts';
import type { PagePromise } from '../page.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { ArchiveResult, FileEntry } from '../types.ts';

const session = '/v1/sessions/{sessionId}';
const route = `${session}/files/{path}` as const;

export interface ListFilesOptions extends RequestOptions {
  /** Whether all below the directory is listed too, each directory before what is in it. */
  recursive?: boolean | undefined;
  /** The most entries in a page. */
  limit?: number | undefined;
}

export interface ReadFileOptions extends RequestOptions {
  /** Which bytes: from `start` to `end`, which is the last one; to the end of the file unless told. */
  range?: { start: number; end?: number } | undefined;
  /** Only if the file still has this `etag`. */
  ifMatch?: string | undefined;
}

export interface WriteFileOptions extends RequestOptions {
  /** Only if the file still has this `etag`. */
  ifMatch?: string | undefined;
  /** Only where there is nothing yet. */
  createOnly?: boolean | undefined;
}

export interface DeleteFileOptions extends RequestOptions {
  /** Whether a directory goes with all that it holds. */
  recursive?: boolean | undefined;
  /** Only if the file still has this `etag`. */
  ifMatch?: string | undefined;
}

export interface MoveFileOptions extends RequestOptions {
  /** Whether what is there already is replaced. */
  overwrite?: boolean | undefined;
}

export interface ReadArchiveOptions extends RequestOptions {
  /** `tar.gz` unless told. */
  format?: 'tar' | 'tar.gz' | undefined;
}

/** The files in a session's workspace. Paths are relative to it; `.` is the workspace itself. */
export class Files {
  readonly #transport: Transport;
  readonly #sessionId: string;

  constructor(transport: Transport, sessionId: string) {
    this.#transport = transport;
    this.#sessionId = sessionId;
  }

  /**
   * What a directory holds, by name.
   *
   * @example
   * for await (const { path, size } of session.files.list('src', { recursive: true })) console.log(path, size);
   */
  list(path = '.', { recursive = false, limit, ...options }: ListFilesOptions = {}): PagePromise<FileEntry> {
    const query = { path, ...(recursive && { recursive }), ...(limit !== undefined && { limit }) };
    return this.#transport.pages(`GET ${session}/files`, { params: this.#session, query }, options);
  }

  /** What is at a path; a link at its end is not followed. */
  stat(path: string, options?: RequestOptions): ApiPromise<FileEntry> {
    return this.#transport.json(`GET ${session}/stat`, { params: this.#session, query: { path } }, options);
  }

  /**
   * Opens a file, or a part of it.
   *
   * @example
   * const text = await (await session.files.read('notes.md')).text();
   * @throws {ApiError} `file_not_found` if there is none, `precondition_failed` if it is another than `ifMatch` says
   */
  read(path: string, { range, ifMatch, ...options }: ReadFileOptions = {}): ApiPromise<FileContent> {
    const headers = { 'if-match': ifMatch, range: range && `bytes=${range.start}-${range.end ?? ''}` };
    return this.#transport
      .bytes(`GET ${route}`, { params: this.#at(path), headers }, options)
      .map((response) => new FileContent(path, response, options.signal));
  }

  /**
   * Creates or replaces a file as a whole, and its directories. A failed write leaves the old content. A
   * `ReadableStream` cannot be sent twice, so it is not retried; neither is a write with a condition. The whole upload
   * is one attempt: give `timeoutMs` for what is large.
   *
   * @example
   * const { etag } = await session.files.stat('notes.md');
   * await session.files.write('notes.md', changed, { ifMatch: etag });
   * @throws {ApiError} `precondition_failed` if `ifMatch` or `createOnly` is not so
   */
  write(
    path: string,
    content: FileBody,
    { ifMatch, createOnly, ...options }: WriteFileOptions = {},
  ): ApiPromise<FileEntry> {
    const headers = { 'if-match': ifMatch, 'if-none-match': createOnly ? '*' : undefined };
    const input = { params: this.#at(path), headers, bytes: content };
    return this.#transport.json(`PUT ${route}`, input, ifMatch || createOnly ? { maxRetries: 0, ...options } : options);
  }

  /** Makes a directory and those above it; one that is there already is left as it is. */
  mkdir(path: string, options?: RequestOptions): ApiPromise<FileEntry> {
    const json = { operation: 'mkdir', path } as const;
    return this.#transport.json(`POST ${session}/files`, { params: this.#session, json }, options);
  }

  /**
   * Moves a file, a link or a directory, and makes the directories above its new place. Not retried unless told.
   *
   * @throws {ApiError} `file_conflict` if something is there already
   */
  move(from: string, to: string, { overwrite = false, ...options }: MoveFileOptions = {}): ApiPromise<FileEntry> {
    const json = { operation: 'move', from, to, overwrite } as const;
    const input = { params: this.#session, json };
    return this.#transport.json(`POST ${session}/files`, input, { maxRetries: 0, ...options });
  }

  /**
   * Deletes a file, a link or an empty directory, or with `recursive` a directory with all that it holds. Not retried
   * with a condition.
   */
  delete(path: string, { recursive, ifMatch, ...options }: DeleteFileOptions = {}): ApiPromise<void> {
    const input = { params: this.#at(path), headers: { 'if-match': ifMatch }, query: recursive ? { recursive } : {} };
    return this.#transport.json(`DELETE ${route}`, input, ifMatch ? { maxRetries: 0, ...options } : options);
  }

  /** Opens a directory as an archive, with modes, times and links. */
  readArchive(path = '.', { format, ...options }: ReadArchiveOptions = {}): ApiPromise<FileContent> {
    const input = { params: this.#session, query: { path, ...(format && { format }) } };
    return this.#transport
      .bytes(`GET ${session}/archive`, input, options)
      .map((response) => new FileContent(path, response, options.signal));
  }

  /**
   * Unpacks a `tar` or `tar.gz` into a directory: all of it, or nothing. The whole upload is one attempt: give
   * `timeoutMs` for what is large.
   *
   * @throws {ApiError} `invalid_request` if something in it is not safe
   */
  writeArchive(path: string, archive: FileBody, options?: RequestOptions): ApiPromise<ArchiveResult> {
    const input = { params: this.#session, query: { path }, bytes: archive };
    return this.#transport.json(`PUT ${session}/archive`, input, options);
  }

  get #session(): { sessionId: string } {
    return { sessionId: this.#sessionId };
  }

  #at(path: string): { sessionId: string; path: string } {
    return { sessionId: this.#sessionId, path };
  }
}
