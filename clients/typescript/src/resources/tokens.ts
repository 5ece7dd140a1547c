import type { ApiPromise } from '../api-promise.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { CreateSessionToken, SessionToken } from '../types.ts';

const route = '/v1/sessions/{sessionId}/tokens';

/** What opens one session for a while: give it to a browser as its `apiKey`. Needs the scope `tokens:write`. */
export class Tokens {
  readonly #transport: Transport;
  readonly #sessionId: string;

  constructor(transport: Transport, sessionId: string) {
    this.#transport = transport;
    this.#sessionId = sessionId;
  }

  /**
   * Makes a token.
   *
   * @example
   * const { token } = await session.tokens.create({
   *   scopes: ['sessions:read', 'turns:write'],
   *   allowedOrigins: ['https://app.example.com'],
   * });
   */
  create(token: CreateSessionToken, options?: RequestOptions): ApiPromise<SessionToken> {
    return this.#transport.json(`POST ${route}`, { params: this.#params, json: token }, options);
  }

  /** Revokes all that were made for the session so far, everywhere within five seconds. */
  revoke(options?: RequestOptions): ApiPromise<void> {
    return this.#transport.json(`DELETE ${route}`, { params: this.#params }, options);
  }

  get #params(): { sessionId: string } {
    return { sessionId: this.#sessionId };
  }
}
