import type { ApiPromise } from './api-promise.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import type { PagePromise } from './page.ts';
import type { RequestLog } from './request-log.ts';
import { Keys } from './resources/keys.ts';
import { Sessions } from './resources/sessions.ts';
import { Webhooks } from './resources/webhooks.ts';
import { systemTiming, type Timing } from './timing.ts';
import { type RequestOptions, Transport } from './transport.ts';
import type { Account, AccountRequest, AuditEntry, Health, ListAccountRequests, ListAudit } from './types.ts';

export interface SandgateOptions {
  /** `SANDGATE_API_KEY` of the environment unless told. */
  apiKey?: string | undefined;
  /** Where the gateway is: `https://sandgate.example.com`. `SANDGATE_BASE_URL` of the environment unless told. */
  baseUrl?: string | undefined;
  /** How long one attempt of a request may take, in milliseconds; 60 000 unless told. */
  timeoutMs?: number | undefined;
  /** How often a request is sent again after a failure that passes; 5 unless told, which is about a quarter of a minute. */
  maxRetries?: number | undefined;
  /** How often in a row a stream tries in vain to go on after a cut; 10 unless told, which is about a minute. */
  maxReconnects?: number | undefined;
  /** Sends the requests in place of the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Told of each attempt of each request when it is over. What it throws, the call throws.
   *
   * @example
   * new Sandgate({ log: ({ method, url, status, durationMs }) => console.debug(method, url, status, durationMs) });
   */
  log?: ((attempt: RequestLog) => void) | undefined;
  /** For tests: time and chance. */
  timing?: Timing | undefined;
}

/**
 * A client of one gateway with one key.
 *
 * @example
 * const client = new Sandgate({ baseUrl: 'http://127.0.0.1:8787', apiKey: 'sk_…' });
 * const session = await client.sessions.create();
 * console.log(await session.chat('echo hello').text());
 */
export class Sandgate {
  readonly sessions: Sessions;
  readonly keys: Keys;
  readonly webhooks: Webhooks;
  readonly #transport: Transport;

  /** @throws {SandgateError} if there is no key, or no URL */
  constructor(options: SandgateOptions = {}) {
    const apiKey = options.apiKey ?? environment('SANDGATE_API_KEY');
    const baseUrl = options.baseUrl ?? environment('SANDGATE_BASE_URL');
    if (!apiKey) throw new SandgateError('Give an apiKey, or set SANDGATE_API_KEY.');
    if (!baseUrl || !URL.canParse(baseUrl)) throw new SandgateError('Give a baseUrl, or set SANDGATE_BASE_URL.');
    this.#transport = new Transport({
      apiKey,
      baseUrl: baseUrl.replace(/\/+$/, ''),
      timeoutMs: options.timeoutMs ?? 60_000,
      maxRetries: options.maxRetries ?? 5,
      maxReconnects: options.maxReconnects ?? 10,
      // Not the function itself: a browser's refuses to be called as a member of anything.
      fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
      log: options.log,
      timing: options.timing ?? systemTiming,
    });
    this.sessions = new Sessions(this.#transport);
    this.keys = new Keys(this.#transport);
    this.webhooks = new Webhooks(this.#transport);
  }

  /**
   * What waits for a person in all sessions, the nearest deadline first. A session that could not be asked is left out,
   * and named in `unavailable` of its page: ask it by `session.requests()`.
   *
   * @example
   * for await (const { sessionId, requestId, title } of client.requests()) console.log(sessionId, requestId, title);
   */
  requests(query: ListAccountRequests = {}, options?: RequestOptions): PagePromise<AccountRequest> {
    return this.#transport.pages('GET /v1/requests', { query }, options);
  }

  /** What the key's account may have, and what it has. */
  account(options?: RequestOptions): ApiPromise<Account> {
    return this.#transport.json('GET /v1/account', {}, options);
  }

  /**
   * Who administered keys and sessions of the account, the newest first. Needs the scope `audit:read`.
   *
   * @example
   * for await (const { at, action, actor } of client.audit({ action: 'createKey' })) console.log(at, action, actor.id);
   */
  audit(query: ListAudit = {}, options?: RequestOptions): PagePromise<AuditEntry> {
    return this.#transport.pages('GET /v1/audit', { query }, options);
  }

  /** How the gateway is. Also tells a wrong `baseUrl`. */
  health(options?: RequestOptions): ApiPromise<Health> {
    return this.#transport.json('GET /health', {}, options);
  }
}

/** A variable of the environment, where there is one. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
