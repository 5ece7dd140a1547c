import { ProblemError, type SandboxChatRequest, SandboxHealth, type SandboxResumeRequest } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import type { Launch, Sandbox } from './sandbox.ts';
import { sandboxSecret } from './secret.ts';

/** A fixed origin: nothing that a caller sends decides where a request goes. */
const origin = 'http://sandbox';

/** How long a request to a running server may wait for its first byte, in milliseconds. */
const answerTimeoutMs = 30_000;

/** How often a server that starts is asked whether it is ready, in milliseconds. */
const readinessIntervalMs = 100;

export interface SandboxSettings {
  /** The name of the Durable Object: see `sessionName`. */
  name: string;
  sessionId: string;
  idleTimeoutSeconds: number;
  env: Record<string, string>;
}

/** The sandbox of a session, in a few verbs. All that knows of `@cloudflare/sandbox` stays in this folder. */
export class SessionSandbox {
  readonly #env: Env;
  readonly #settings: SandboxSettings;

  constructor(env: Env, settings: SandboxSettings) {
    this.#env = env;
    this.#settings = settings;
  }

  /**
   * Starts the sandbox if need be and waits until its server is ready.
   *
   * @throws ProblemError `sandbox_unavailable` where it is not in time.
   */
  async ensure(): Promise<SandboxHealth> {
    const deadline = Date.now() + Number(this.#env.SANDBOX_PORT_TIMEOUT_MS);
    let last = 'it did not answer';
    for (;;) {
      const left = deadline - Date.now();
      if (left <= 0)
        throw new ProblemError('sandbox_unavailable', `The sandbox did not become ready: ${last}.`, {
          retryAfterSeconds: 5,
        });
      const response = await this.#deliver('/health', {}, left).catch((error: unknown) => String(error));
      if (typeof response === 'string') last = response;
      else if (response.ok) {
        const health = SandboxHealth.safeParse(await response.json().catch(() => undefined));
        if (health.success && health.data.status !== 'starting') return health.data;
        last = 'its health is unreadable, or it is still starting';
      } else {
        last = (await response.text()).slice(0, 200) || `HTTP ${response.status}`;
      }
      await scheduler.wait(Math.min(readinessIntervalMs, Math.max(0, deadline - Date.now())));
    }
  }

  /** Runs a turn, or follows it from its first frame where the sandbox knows it. */
  chat(body: SandboxChatRequest): Promise<Response> {
    return this.#post('/chat', body);
  }

  /** Follows a turn behind a cursor. */
  turnEvents(turnId: string, after: number): Promise<Response> {
    return this.fetch(`/turns/${encodeURIComponent(turnId)}/events?after=${after}`);
  }

  resume(body: SandboxResumeRequest): Promise<Response> {
    return this.#post('/resume', body);
  }

  interrupt(turnId: string): Promise<Response> {
    return this.#post('/interrupt', { turnId });
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#deliver(path, init, answerTimeoutMs);
  }

  async destroy(): Promise<void> {
    await this.#stub.destroy();
  }

  get #stub(): DurableObjectStub<Sandbox> {
    return this.#env.SANDBOX.getByName(this.#settings.name);
  }

  #post(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** `containerFetch` can hang where nothing listens, so that every request has a deadline for its first byte. */
  async #deliver(path: string, init: RequestInit, timeoutMs: number): Promise<Response> {
    const secret = await sandboxSecret(this.#env.SANDBOX_MASTER_SECRET, this.#settings.name);
    const request = new Request(new URL(path, origin), init);
    request.headers.set('authorization', `Bearer ${secret}`);
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(() => timeout.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      return await Promise.race([this.#stub.deliver(request, this.#launch(secret)), timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #launch(secret: string): Launch {
    const { sessionId, env, idleTimeoutSeconds } = this.#settings;
    return {
      idleTimeoutSeconds,
      env: {
        PORT: '8080',
        SANDGATE_SECRET: secret,
        SANDGATE_SESSION_ID: sessionId,
        SANDGATE_SESSION_ENV: JSON.stringify(env),
        ...(this.#env.ALLOW_SCRIPTED_AGENT === '1' && { SANDGATE_ALLOW_SCRIPTED: '1' }),
      },
    };
  }
}
