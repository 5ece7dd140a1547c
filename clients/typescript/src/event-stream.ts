import { headOf, type ResponseHead } from './api-promise.ts';
import { follow, type Source } from './follow.ts';
import type { RequestOptions, Transport } from './transport.ts';
import type { Event } from './types.ts';

/**
 * Events as they happen, through cuts and reconnections. `break` hangs up; it stops nothing on the server.
 *
 * Iterating throws {@link ApiError} if the server refuses, {@link ConnectionError} if it cannot be reached for about a
 * minute, and the reason of the signal if that is aborted. Each iteration begins where the first one did.
 */
export class EventStream implements AsyncIterable<Event> {
  readonly #transport: Transport;
  readonly #source: Source;
  readonly #options: RequestOptions;
  #response: ResponseHead | undefined;

  constructor(transport: Transport, source: Source, options: RequestOptions) {
    this.#transport = transport;
    this.#source = {
      ...source,
      onOpen: (response) => {
        this.#response = headOf(response);
        source.onOpen?.(response);
      },
    };
    this.#options = options;
  }

  /** How the server answered when the stream was opened, or opened again after a cut; undefined before. */
  get response(): ResponseHead | undefined {
    return this.#response;
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, void, undefined> {
    const { signal } = this.#options;
    const hangUp = new AbortController();
    const events = follow(this.#transport, this.#source, {
      ...this.#options,
      signal: AbortSignal.any(signal ? [signal, hangUp.signal] : [hangUp.signal]),
    });
    return {
      async next() {
        try {
          return await events.next();
        } catch (error) {
          if (hangUp.signal.aborted) return { done: true, value: undefined };
          throw error;
        }
      },
      /** Does not wait for an event that is awaited elsewhere, as a generator's own `return` would. */
      return() {
        hangUp.abort();
        return events.return();
      },
    };
  }
}
