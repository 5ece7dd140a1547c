import { ApiPromise, headOf } from './api-promise.ts';
import type { Answer, FileBody, Input, Item, ListRoute, Route, StreamRoute } from './contract.ts';
import { ApiError } from './errors/api-error.ts';
import { ConnectionError } from './errors/connection-error.ts';
import { CursorExpiredError } from './errors/cursor-expired-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import { TimeoutError } from './errors/timeout-error.ts';
import { type PageData, PagePromise } from './page.ts';
import type { RequestLog } from './request-log.ts';
import { retry } from './retry.ts';
import { retryAfter } from './retry-timing.ts';
import type { Timing } from './timing.ts';
import type { Problem } from './types.ts';
import { fillPath, queryString } from './url.ts';

/** What any request may be told. */
export interface RequestOptions {
  /** Gives the request up; the promise rejects with the signal's reason. What runs on the server runs on. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds; of a stream or a file, until it begins. */
  timeoutMs?: number | undefined;
  /** How often it is sent again after a failure that passes. */
  maxRetries?: number | undefined;
}

/** What a request that creates or runs something may be told. */
export interface CreateOptions extends RequestOptions {
  /** Names what is made: another call with the same key makes no other. Made up for each call unless told. */
  idempotencyKey?: string | undefined;
}

/** A request, ready to be sent as often as need be. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: FileBody;
}

export interface TransportOptions {
  baseUrl: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
  timeoutMs: number;
  maxRetries: number;
  maxReconnects: number;
  timing: Timing;
  log: ((attempt: RequestLog) => void) | undefined;
}

/** Sends requests to one server with one key. */
export class Transport {
  readonly timing: Timing;
  readonly maxRetries: number;
  readonly maxReconnects: number;
  readonly #baseUrl: string;
  readonly #apiKey: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #log: TransportOptions['log'];
  readonly timeoutMs: number;

  constructor(options: TransportOptions) {
    this.timing = options.timing;
    this.maxRetries = options.maxRetries;
    this.maxReconnects = options.maxReconnects;
    this.#baseUrl = options.baseUrl;
    this.#apiKey = options.apiKey;
    this.#fetch = options.fetch;
    this.#log = options.log;
    this.timeoutMs = options.timeoutMs;
  }

  /** Asks a route for its JSON, as often as the retries allow; undefined where the answer is empty. */
  json<R extends Route>(route: R, input: Input<R>, options?: CreateOptions): ApiPromise<Answer<R>> {
    return this.#send(route, input, 'application/json', options, readJson) as ApiPromise<Answer<R>>;
  }

  /** Asks a route for its pages, one after the other. */
  pages<R extends ListRoute>(route: R, input: Input<R>, options?: RequestOptions): PagePromise<Item<R>> {
    return new PagePromise((after) => {
      const page = after === undefined ? input : ({ ...input, query: { ...input.query, after } } as Input<R>);
      return this.#send(route, page, 'application/json', options, readJson) as ApiPromise<PageData<Item<R>>>;
    });
  }

  /** Asks a route for its bytes, and answers as soon as they begin. */
  bytes<R extends Route>(route: R, input: Input<R>, options?: RequestOptions): ApiPromise<Response> {
    return this.#send(route, input, '*/*', options, (_, response) => response);
  }

  /** A request for the stream of a route, to be sent by whoever reads it. */
  stream<R extends StreamRoute>(route: R, input: Input<R>, options?: CreateOptions): HttpRequest {
    return this.#request(route, input, 'text/event-stream', options);
  }

  /** A request for the stream at a path that the server named; undefined if it is not a path of this server. */
  streamAt(path: string | null): HttpRequest | undefined {
    if (!path?.startsWith('/')) return undefined;
    return { method: 'GET', url: this.#baseUrl + path, headers: this.#headers('text/event-stream') };
  }

  /**
   * Sends a request once. The time allowed is over when `read` has what it wants of the answer.
   *
   * @param failures how many attempts in a row came to nothing before this one
   * @throws {ApiError} if the server refuses
   * @throws {ConnectionError} if no whole answer comes, {@link TimeoutError} if not in time
   */
  async attempt<T>(
    request: HttpRequest,
    { signal, timeoutMs = this.timeoutMs }: RequestOptions,
    failures: number,
    read: (response: Response) => T | Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const deadline = new AbortController();
    const stop = this.timing.after(timeoutMs, () => deadline.abort());
    const began = this.timing.now();
    const send = this.#fetch;
    let response: Response | undefined;
    let error: unknown;
    try {
      response = await send(request.url, {
        method: request.method,
        headers: request.headers,
        signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
        ...(request.body !== undefined && { body: request.body }),
        // To follow a redirect, Node's fetch would keep a copy of all that was sent.
        ...(isOneWay(request.body) && { duplex: 'half', redirect: 'error' }),
      });
      if (!response.ok) throw await this.#refusal(request, response);
      return await read(response);
    } catch (cause) {
      if (cause instanceof SandgateError) error = cause;
      else if (signal?.aborted) error = signal.reason;
      else if (deadline.signal.aborted) error = new TimeoutError(`${label(request)}: no answer within ${timeoutMs} ms`);
      else error = new ConnectionError(`${label(request)}: the connection failed`, { cause });
      throw error;
    } finally {
      stop();
      this.#log?.({
        method: request.method,
        url: address(request),
        attempt: failures + 1,
        durationMs: this.timing.now() - began,
        status: response?.status,
        requestId: response && headOf(response).requestId,
        error,
      });
    }
  }

  #send<R extends Route, T>(
    route: R,
    input: Input<R>,
    accept: string,
    options: CreateOptions = {},
    read: (request: HttpRequest, response: Response) => T | Promise<T>,
  ): ApiPromise<T> {
    const { signal, maxRetries = this.maxRetries } = options;
    const answer = async () => {
      const request = this.#request(route, input, accept, options);
      return retry(
        (failures) =>
          this.attempt(request, options, failures, async (response) => ({
            data: await read(request, response),
            response: headOf(response),
          })),
        { maxRetries: isOneWay(request.body) ? 0 : maxRetries, timing: this.timing, signal },
      );
    };
    return new ApiPromise(answer());
  }

  #request<R extends Route>(
    route: R,
    input: Input<R>,
    accept: string,
    { idempotencyKey }: CreateOptions = {},
  ): HttpRequest {
    const { params, query, headers, json, bytes } = input as {
      params?: Record<string, string>;
      query?: Record<string, string | number | boolean>;
      headers?: Record<string, string | undefined>;
      json?: unknown;
      bytes?: FileBody;
    };
    const [method = '', template = ''] = route.split(' ');
    const request = {
      method,
      url: this.#baseUrl + fillPath(template, params) + queryString(query),
      headers: this.#headers(accept),
    };
    for (const [header, value] of Object.entries(headers ?? {})) {
      if (value !== undefined) request.headers.set(header, value);
    }
    // All attempts of a call have one. A route that needs none does not mind.
    if (method === 'POST') request.headers.set('idempotency-key', idempotencyKey ?? crypto.randomUUID());
    if (json !== undefined) request.headers.set('content-type', 'application/json');
    if (bytes !== undefined) request.headers.set('content-type', 'application/octet-stream');
    const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
    return body === undefined ? request : { ...request, body };
  }

  #headers(accept: string): Headers {
    return new Headers({ accept, authorization: `Bearer ${this.#apiKey}` });
  }

  async #refusal(request: HttpRequest, response: Response): Promise<ApiError> {
    const problem = await readProblem(response);
    const Refusal = problem?.code === 'cursor_expired' ? CursorExpiredError : ApiError;
    return new Refusal(label(request), response.status, {
      problem,
      requestId: headOf(response).requestId,
      retryAfterMs: retryAfter(response.headers.get('retry-after'), this.timing.now()),
    });
  }
}

/** What an error message calls a request: a query may say what is nobody's business. */
export function label(request: HttpRequest): string {
  return `${request.method} ${address(request)}`;
}

function address({ url }: HttpRequest): string {
  return url.replace(/\?.*/s, '');
}

/** A stream can be sent only once. */
function isOneWay(body: FileBody | undefined): boolean {
  return body instanceof ReadableStream;
}

async function readJson(request: HttpRequest, response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SandgateError(`${label(request)}: the answer is not JSON`, { cause });
  }
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
