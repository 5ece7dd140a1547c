import { PagePromise } from '../page.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { CreateSession, ListSessions, SessionData, SessionSummary } from '../types.ts';
import { Session } from './session.ts';

export interface CreateSessionOptions extends RequestOptions {
  /** A call with the same key answers the same session. Made up unless told. */
  idempotencyKey?: string | undefined;
}

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
  async create(
    session: CreateSession = {},
    { idempotencyKey = crypto.randomUUID(), ...options }: CreateSessionOptions = {},
  ): Promise<Session<SessionData>> {
    const input = { headers: { 'idempotency-key': idempotencyKey }, json: session };
    const data = await this.#transport.json('POST /v1/sessions', input, options);
    return new Session(this.#transport, data.id, data);
  }

  /** @throws {ApiError} `session_not_found` */
  async get(id: string, options?: RequestOptions): Promise<Session<SessionData>> {
    const data = await this.handle(id).get(options);
    return new Session(this.#transport, id, data);
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
    return PagePromise.load((after) =>
      this.#transport.json('GET /v1/sessions', { query: after === undefined ? query : { ...query, after } }, options),
    );
  }

  /** Destroys a session's sandbox, its files and its log. The id stays taken. */
  delete(id: string, options?: RequestOptions): Promise<void> {
    return this.handle(id).delete(options);
  }
}
