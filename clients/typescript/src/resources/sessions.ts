import type { ApiPromise } from '../api-promise.ts';
import type { PagePromise } from '../page.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
import type { CreateSession, ListSessions, SessionData, SessionSummary } from '../types.ts';
import { Session } from './session.ts';

/** The sessions of the key's account. */
export class Sessions {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Opens a session. With an `id` of your own, a repeat is the same session.
   *
   * @example
   * const session = await client.sessions.create({ id: 'build-42', metadata: { project: 'website' } });
   * @throws {ApiError} `session_conflict` if the id belongs to a session created otherwise
   */
  create(session: CreateSession = {}, options?: CreateOptions): ApiPromise<Session<SessionData>> {
    return this.#transport
      .json('POST /v1/sessions', { json: session }, options)
      .map((data) => new Session(this.#transport, data.id, data));
  }

  /** @throws {ApiError} `session_not_found` */
  get(id: string, options?: RequestOptions): ApiPromise<Session<SessionData>> {
    return this.handle(id)
      .get(options)
      .map((data) => new Session(this.#transport, id, data));
  }

  /** A handle to a session that is known to exist: asks nothing of the server. */
  handle(id: string): Session<undefined> {
    return new Session(this.#transport, id, undefined);
  }

  /**
   * The sessions, the newest first.
   *
   * @example
   * for await (const { id } of client.sessions.list({ status: 'waiting' })) console.log(id);
   */
  list(query: ListSessions = {}, options?: RequestOptions): PagePromise<SessionSummary> {
    return this.#transport.pages('GET /v1/sessions', { query }, options);
  }

  /** Destroys a session's sandbox, its files and its log. The id stays taken. */
  delete(id: string, options?: RequestOptions): ApiPromise<void> {
    return this.handle(id).delete(options);
  }
}
