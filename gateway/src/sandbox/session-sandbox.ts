import {
  type DiskTree,
  ProblemError,
  type SandboxChatRequest,
  SandboxHealth,
  type SandboxResumeRequest,
  type Trace,
  writeTraceparent,
} from '@sandgate/api-spec';
import { modelBaseUrl } from '../egress/model-host.ts';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { boundedJson } from './bounded-body.ts';
import { gatewayLine } from './gateway-line.ts';
import { refusalOf } from './refusal.ts';
import type { Launch, Sandbox } from './sandbox.ts';
import { openEnv, type SealedEnv } from './sealed-env.ts';
import { sandboxSecret } from './secret.ts';

/** A fixed origin: nothing that a caller sends decides where a request goes. */
const origin = 'http://sandbox';

/** How long a request to a running server may wait for its first byte, in milliseconds. */
const answerTimeoutMs = 30_000;

/** How long the end of a container is waited for, in milliseconds. */
const endLimitMs = 30_000;

/** How often a server that starts is asked whether it is ready, in milliseconds. */
const readinessIntervalMs = 100;

/** How long a request waits until the agent gives up its process, in seconds; never longer than the sandbox stays idle. */
const parkAfterSeconds = 30;

const octets = { 'content-type': 'application/octet-stream' };

const jsonInit = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const notEnded = () =>
  new ProblemError('sandbox_unavailable', 'The container did not end in time; try again.', { retryAfterSeconds: 5 });

/** @throws what `late` answers, where the time is over first. */
async function within<T>(promise: Promise<T>, limitMs: number, late: () => Error): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(late()), limitMs);
  try {
    return await Promise.race([promise, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a caller may know of a failed request: our own words, and nobody's stack. */
function whyNot(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  log('error', 'sandbox not reached', { error });
  return 'it could not be reached';
}

export interface SandboxSettings {
  /** The name of the Durable Object: see `sessionName`. */
  name: string;
  sessionId: string;
  idleTimeoutSeconds: number;
  env: SealedEnv;
  /** What its server is asked for: part of this trace, which it names in its log and hands to nobody. */
  trace?: Trace | undefined;
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
   * @param signal ends it: nothing is started for a turn that is over.
   * @throws ProblemError `sandbox_unavailable` where it is not in time.
   */
  async ensure(signal?: AbortSignal): Promise<SandboxHealth> {
    const limitMs = Number(this.#env.SANDBOX_READY_TIMEOUT_MS);
    let deadline = Date.now() + limitMs;
    let last = 'it did not answer';
    let answer: unknown;
    let prepared: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const left = deadline - Date.now();
      if (left <= 0) throw await this.#notReady(last, answer);
      const response = await this.#deliver('/health', {}, left).catch(whyNot);
      if (typeof response === 'string') last = response;
      else {
        const body = await boundedJson(response, left).catch(() => undefined);
        const health = SandboxHealth.safeParse(response.ok ? body : undefined);
        if (health.success && health.data.status !== 'starting') return health.data;
        last = health.success ? 'it is still starting' : `it answered HTTP ${response.status} and no health`;
        answer = body;
        if (health.success && health.data.awaitsDisk) {
          const { bootId } = health.data;
          const failure = await this.#prepareDisk(bootId);
          if (failure === undefined) {
            deadline = Date.now() + limitMs; // A large disk takes its time.
            if (prepared !== bootId) {
              prepared = bootId;
              continue; // It waits for nothing else.
            }
          } else last = failure;
        }
      }
      await scheduler.wait(Math.min(readinessIntervalMs, Math.max(0, deadline - Date.now())));
    }
  }

  /** Runs a turn, or follows it from its first frame where the sandbox knows it. */
  chat(body: SandboxChatRequest): Promise<Response> {
    return this.#post('/chat', body);
  }

  /** As `chat`, where the sandbox runs already: starts none. Nothing where the turn certainly reached nobody. */
  chatWhereItRuns(body: SandboxChatRequest): Promise<Response | undefined> {
    const send = (request: Request, launch: Launch) => this.#stub.deliverWhereItRuns(request, launch);
    return this.#send('/chat', jsonInit(body), answerTimeoutMs, send);
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

  /** Whether its container runs, so that asking for something starts none. */
  isRunning(): Promise<boolean> {
    return this.#stub.isRunning();
  }

  /** Saves a part of the disk, given the manifest of its last save. */
  saveDisk(
    tree: DiskTree,
    query: { bootId: string; firstPack: number; byteLimit: number; entryLimit: number },
    manifest: ReadableStream<Uint8Array>,
  ): Promise<Response> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.fetch(`/disk/${tree}/save?${search}`, { method: 'POST', headers: octets, body: manifest });
  }

  /** Puts a save in the place of a part of the disk. */
  restoreDisk(tree: DiskTree, bootId: string, frames: ReadableStream<Uint8Array>): Promise<Response> {
    const search = new URLSearchParams({ bootId });
    return this.fetch(`/disk/${tree}?${search}`, { method: 'PUT', headers: octets, body: frames });
  }

  /** Lets the server begin: its disk is as it shall be. */
  diskReady(bootId: string): Promise<void> {
    return this.#say('/disk/ready', bootId);
  }

  /** Lets a server go that was told to stop, and waits for the save of what it parked. */
  diskSaved(bootId: string): Promise<void> {
    return this.#say('/disk/saved', bootId);
  }

  /** A body may take as long as its sender does; anything else is answered in time, or not at all. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#deliver(path, init, init.body instanceof ReadableStream ? undefined : answerTimeoutMs);
  }

  /**
   * Ends the container, whose disk is saved.
   *
   * @throws ProblemError as `destroy`.
   */
  async sleep(why: string): Promise<void> {
    await within(this.#stub.putToSleep(why), endLimitMs, notEnded);
  }

  /** @throws ProblemError `sandbox_unavailable` where it does not come to its end in time: it may be destroyed again. */
  async destroy(): Promise<void> {
    await within(this.#stub.destroy(), endLimitMs, notEnded);
  }

  get #stub(): DurableObjectStub<Sandbox> {
    return this.#env.SANDBOX.getByName(this.#settings.name);
  }

  /** By the Orchestrator, which alone knows what is saved. Answers why not, where the disk is not restored. */
  async #prepareDisk(bootId: string): Promise<string | undefined> {
    const failure = 'its disk could not be restored';
    const orchestrator = this.#env.ORCHESTRATOR.getByName(this.#settings.name);
    const prepared = await orchestrator.prepareDisk(bootId).catch((error: unknown) => {
      // The Orchestrator was restarted under the call: it is asked again.
      log('error', 'disk not prepared', { error });
    });
    if (!prepared) return failure;
    if ('value' in prepared) return undefined;
    const { code, detail } = prepared.refusal;
    if (code === 'session_not_found') throw new ProblemError(code, detail); // Deleted meanwhile: nothing is waited for.
    return code === 'disk_full' ? 'its disk has no room for what was saved' : failure;
  }

  /** The refusal, which leads to the container's logs; there, what was answered is shown too, without the secret. */
  async #notReady(last: string, answer: unknown): Promise<ProblemError> {
    const { name, sessionId } = this.#settings;
    const why = `The sandbox did not become ready: ${last}`;
    const secret = await sandboxSecret(this.#env.SANDBOX_MASTER_SECRET, name);
    const answered = JSON.stringify(answer)?.replaceAll(secret, '[secret]');
    const line = gatewayLine(answered === undefined ? `${why}.` : `${why}. The last answer: ${answered}`);
    await this.#env.ORCHESTRATOR.getByName(name)
      .logContainer([line])
      .catch((error: unknown) => log('error', 'container log not written', { error }));
    const logs = `/v1/sessions/${encodeURIComponent(sessionId)}/logs`;
    return new ProblemError('sandbox_unavailable', `${why}. GET ${logs} tells more.`, { retryAfterSeconds: 5 });
  }

  async #say(path: string, bootId: string): Promise<void> {
    const response = await this.fetch(`${path}?${new URLSearchParams({ bootId })}`, { method: 'POST' });
    if (!response.ok) throw await refusalOf(response);
    await response.body?.cancel();
  }

  #post(path: string, body: unknown): Promise<Response> {
    return this.fetch(path, jsonInit(body));
  }

  #deliver(path: string, init: RequestInit, timeoutMs: number | undefined): Promise<Response> {
    return this.#send(path, init, timeoutMs, (request, launch) => this.#stub.deliver(request, launch));
  }

  /** `containerFetch` can hang where nothing listens, so that its first byte has a deadline. */
  async #send<T extends Response | undefined>(
    path: string,
    init: RequestInit,
    timeoutMs: number | undefined,
    send: (request: Request, launch: Launch) => Promise<T>,
  ): Promise<T> {
    const secret = await sandboxSecret(this.#env.SANDBOX_MASTER_SECRET, this.#settings.name);
    const request = new Request(new URL(path, origin), init);
    request.headers.set('authorization', `Bearer ${secret}`);
    const { trace } = this.#settings;
    if (trace) request.headers.set('traceparent', writeTraceparent(trace));
    const delivered = send(request, await this.#launch(secret));
    if (timeoutMs === undefined) return delivered;
    return within(delivered, timeoutMs, () => {
      // A late answer that nobody reads would keep the sandbox awake.
      delivered.then((response) => response?.body?.cancel()).catch(() => undefined);
      return new NoAnswer(`it did not answer within ${timeoutMs} ms`);
    });
  }

  async #launch(secret: string): Promise<Launch> {
    const { name, sessionId, idleTimeoutSeconds } = this.#settings;
    const env = await openEnv(this.#env.SANDBOX_MASTER_SECRET, name, this.#settings.env);
    return {
      idleTimeoutSeconds,
      env: {
        PORT: '8080',
        SANDGATE_SECRET: secret,
        SANDGATE_AWAIT_DISK: '1',
        SANDGATE_PARK_AFTER_SECONDS: String(Math.min(parkAfterSeconds, idleTimeoutSeconds)),
        SANDGATE_SESSION_ID: sessionId,
        SANDGATE_SESSION_ENV: JSON.stringify(env),
        ...(this.#env.ALLOW_SCRIPTED_AGENT === '1' && { SANDGATE_ALLOW_SCRIPTED: '1' }),
        ...(this.#env.ANTHROPIC_API_KEY && { ANTHROPIC_BASE_URL: modelBaseUrl }),
      },
    };
  }
}
