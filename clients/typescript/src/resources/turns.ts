import type { ApiPromise } from '../api-promise.ts';
import { type ChatInput, chatRequest } from '../chat-request.ts';
import { EventStream } from '../event-stream.ts';
import type { PagePromise } from '../page.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
import type { ListTurns, Turn } from '../types.ts';

const route = '/v1/sessions/{sessionId}/turns';

export interface GetTurnOptions extends RequestOptions {
  /** Answers once the turn is complete or waits for a person, or after so many seconds (at most 60). */
  wait?: number | undefined;
}

export interface FollowOptions extends RequestOptions {
  /** The `seq` of the last event that you have: what comes after it is streamed. */
  after?: number | undefined;
}

/** The turns of a session. */
export class Turns {
  readonly #transport: Transport;
  readonly #sessionId: string;

  constructor(transport: Transport, sessionId: string) {
    this.#transport = transport;
    this.#sessionId = sessionId;
  }

  /** Starts a turn and does not wait for it. To watch it from the start, use `session.chat()`. */
  start(input: ChatInput, options?: CreateOptions): ApiPromise<Turn> {
    const headers = { prefer: 'respond-async' };
    const request = { params: { sessionId: this.#sessionId }, headers, json: chatRequest(input) };
    return this.#transport.json('POST /v1/sessions/{sessionId}/chat', request, options);
  }

  /** The turns in the order of their admission. */
  list(query: ListTurns = {}, options?: RequestOptions): PagePromise<Turn> {
    const params = { sessionId: this.#sessionId };
    return this.#transport.pages(`GET ${route}`, { params, query }, options);
  }

  /**
   * A turn as it is now or, with `wait`, a while later.
   *
   * @example
   * const turn = await session.turns.get(id, { wait: 60 });
   * if (turn.status === 'complete') console.log(turn.outputText);
   */
  get(turnId: string, { wait, timeoutMs, ...options }: GetTurnOptions = {}): ApiPromise<Turn> {
    return this.#transport.json(
      `GET ${route}/{turnId}`,
      { params: { sessionId: this.#sessionId, turnId }, query: wait === undefined ? {} : { wait } },
      { ...options, timeoutMs: timeoutMs ?? this.#transport.timeoutMs + (wait ?? 0) * 1000 },
    );
  }

  /** A turn's events, whoever started it, until its `complete`. */
  events(turnId: string, { after, ...options }: FollowOptions = {}): EventStream {
    const params = { sessionId: this.#sessionId, turnId };
    const request = this.#transport.stream(`GET ${route}/{turnId}/events`, { params });
    return new EventStream(this.#transport, { request, after, untilComplete: true }, options);
  }
}
