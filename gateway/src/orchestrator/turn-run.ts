import { type Frame, Problem, type ProblemCode, ProblemError, type StopReason } from '@sandgate/api-spec';
import type { SandboxSettings, SessionSandbox } from '../sandbox/session-sandbox.ts';
import type { SessionEvent } from './entry.ts';
import { frameBatches } from './frame-stream.ts';
import { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { Partials } from './partials.ts';
import type { RequestStore } from './request-store.ts';
import type { SessionRecord } from './session-store.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** How long a request to a person stays open, in seconds: a week. */
const requestTimeoutSeconds = 604_800;

/** How often in a row the stream of a turn may be lost before the turn is given up. */
const maxLosses = 8;

/** How long the sandbox may take to end a turn that is stopped, in milliseconds. */
const stopLimitMs = 15_000;

/** Why a turn failed, as its `error` event says it. */
class TurnError extends Error {
  override readonly name = 'TurnError';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

interface Parts {
  session: SessionRecord;
  settings: SandboxSettings;
  sandbox: SessionSandbox;
  journal: Journal;
  partials: Partials;
  turns: TurnStore;
  requests: RequestStore;
}

/**
 * Drives one turn to its `complete`, detached from any caller. Made anew after a restart, it goes on where the log ends:
 * the turn is handed to one boot of the sandbox only, which runs it at most once, and is followed from there.
 */
export class TurnRun {
  readonly turnId: string;
  readonly #parts: Parts;
  readonly #intake: Intake;
  readonly #stopped = new AbortController();
  readonly #finished = Promise.withResolvers<void>();

  constructor(turn: TurnRecord, parts: Parts) {
    this.turnId = turn.id;
    this.#parts = parts;
    parts.partials.clear();
    this.#intake = new Intake(turn, parts);
  }

  /** Resolves once the turn is complete, however it ends. */
  async run(): Promise<void> {
    if (!this.#turn.startedAt) this.#start();
    try {
      for (let losses = 0; !this.#isComplete; ) {
        const before = this.#intake.cursor;
        try {
          await this.#follow(await this.#connect());
        } catch (error) {
          if (error instanceof TurnError || this.#isComplete) throw error;
          console.error(JSON.stringify({ message: 'turn stream lost', turnId: this.turnId, error: String(error) }));
        }
        losses = this.#intake.cursor > before ? 0 : losses + 1;
        if (losses > maxLosses)
          throw new TurnError(
            'sandbox_unreachable',
            'The sandbox stopped answering; nobody can know how far it got.',
            false,
          );
        if (!this.#isComplete) await scheduler.wait(Math.min(100 * 2 ** losses, 5000));
      }
    } catch (error) {
      if (!this.#isComplete) await this.#fail(error);
    } finally {
      this.#finished.resolve();
    }
  }

  /** Stops the turn and all that it started. Resolves once it is over. */
  async stop(reason: StopReason): Promise<void> {
    if (this.#isComplete) return;
    this.#parts.turns.change(this.turnId, { wantedStop: reason });
    if (this.#turn.bootId === undefined) return this.#end(reason);
    if (await this.#interruptSandbox()) await Promise.race([this.#finished.promise, scheduler.wait(stopLimitMs)]);
    if (this.#isComplete) return;
    // The sandbox did not stop it: the turn ends here, and what may still run there goes with the sandbox.
    this.#end(reason);
    await this.#parts.sandbox.destroy();
  }

  /** Hands stored answers to the agent. An answer that does not arrive is handed over again with the next connection. */
  async deliverAnswers(): Promise<void> {
    for (const { decision, by, id } of this.#parts.requests.unannounced(this.turnId)) {
      if (!decision || (by !== 'user' && by !== 'timeout')) continue;
      const { scope, message, updatedInput, answers } = decision;
      const response = await this.#parts.sandbox.resume({
        requestId: id,
        decision: decision.decision,
        by,
        ...(scope && { scope }),
        ...(message !== undefined && { message }),
        ...(updatedInput && { updatedInput }),
        ...(answers && { answers }),
      });
      await response.body?.cancel();
    }
  }

  get #turn(): TurnRecord {
    return this.#parts.turns.get(this.turnId) as TurnRecord;
  }

  get #isComplete(): boolean {
    return this.#turn.status === 'complete';
  }

  #start(): void {
    this.#parts.turns.change(this.turnId, { status: 'running', startedAt: new Date().toISOString() });
    this.#parts.turns.startClock(this.turnId, Date.now());
    this.#parts.journal.record(this.turnId, [{ type: 'status', status: { state: 'starting' } }]);
  }

  /** The stream of the turn, from where it was read to. */
  async #connect(): Promise<ReadableStream<Uint8Array>> {
    const { sandbox, turns, session } = this.#parts;
    const { bootId } = await this.#ready();
    this.#stopped.signal.throwIfAborted();
    const turn = this.#turn;
    if (turn.bootId === undefined) turns.change(this.turnId, { bootId });
    else if (turn.bootId !== bootId) throw restarted();
    const response =
      this.#intake.cursor > 0
        ? await sandbox.turnEvents(this.turnId, this.#intake.cursor)
        : await sandbox.chat({
            turnId: this.turnId,
            sessionId: session.id,
            expectedBootId: bootId,
            agent: session.agent,
            agentOptions: session.agentOptions,
            permissionMode: session.permissionMode,
            requestTimeoutSeconds,
            messages: turn.messages,
          });
    if (!response.ok || !response.body) throw await refusalOf(response);
    return response.body;
  }

  /** Waits for the sandbox, or until the turn is stopped. */
  async #ready() {
    const stopped = Promise.withResolvers<never>();
    const onAbort = () => stopped.reject(new TurnError('interrupted', 'The turn was stopped.', false));
    this.#stopped.signal.addEventListener('abort', onAbort);
    try {
      return await Promise.race([this.#parts.sandbox.ensure(), stopped.promise]);
    } catch (error) {
      if (error instanceof ProblemError)
        throw new TurnError(error.code, error.message, this.#turn.bootId === undefined);
      throw error;
    } finally {
      this.#stopped.signal.removeEventListener('abort', onAbort);
    }
  }

  async #follow(body: ReadableStream<Uint8Array>): Promise<void> {
    await this.deliverAnswers();
    if (this.#turn.wantedStop) await this.#interruptSandbox();
    for await (const frames of frameBatches(body, this.#stopped.signal)) {
      if (this.#isComplete) return;
      this.#intake.take(frames.map((frame) => this.#checked(frame)));
      if (frames.some(({ event }) => event.type === 'complete')) this.#intake.flush();
      if (this.#isComplete) return;
    }
    this.#intake.flush();
  }

  /**
   * What the sandbox says, held against what the gateway knows.
   *
   * @throws TurnError where it reports an answer that nobody gave.
   */
  #checked({ cursor, event }: Frame): Frame {
    if (event.type === 'permission.requested')
      return {
        cursor,
        event: { ...event, expiresAt: new Date(Date.now() + requestTimeoutSeconds * 1000).toISOString() },
      };
    if (event.type === 'complete')
      return { cursor, event: { ...event, stopReason: this.#turn.wantedStop ?? event.stopReason } };
    if (event.type === 'permission.resolved' && (event.by === 'user' || event.by === 'timeout')) {
      const stored = this.#parts.requests.get(event.requestId);
      if (stored?.turnId !== this.turnId || stored.decision?.decision !== event.decision || stored.by !== event.by)
        throw new TurnError('sandbox_untrusted', 'The sandbox reported an answer that nobody gave.', false);
    }
    return { cursor, event };
  }

  async #interruptSandbox(): Promise<boolean> {
    try {
      const response = await this.#parts.sandbox.interrupt(this.turnId);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  async #fail(error: unknown): Promise<void> {
    console.error(JSON.stringify({ message: 'turn failed', turnId: this.turnId, error: String(error) }));
    const { code, message, retryable } =
      error instanceof TurnError ? error : new TurnError('internal_error', 'The turn failed on our side.', false);
    this.#end('error', { type: 'error', code, message, retryable });
    if (outOfControl.has(code)) await this.#parts.sandbox.destroy();
  }

  /** Ends the turn here, whatever the sandbox still does. */
  #end(stopReason: StopReason, ...before: SessionEvent[]): void {
    if (this.#isComplete) return;
    this.#intake.flush();
    if (this.#isComplete) return;
    const by = stopReason === 'error' ? 'restart' : 'interrupt';
    const resolved = this.#parts.requests.unannounced(this.turnId).map(
      ({ id, decision, by: stored }): SessionEvent => ({
        type: 'permission.resolved',
        requestId: id,
        decision: decision?.decision ?? 'deny',
        by: stored ?? by,
      }),
    );
    this.#parts.journal.record(this.turnId, [...resolved, ...before, { type: 'complete', stopReason }]);
    this.#parts.partials.clear();
    this.#stopped.abort();
  }
}

function restarted(): TurnError {
  return new TurnError(
    'sandbox_restarted',
    'The sandbox was restarted while the turn ran; nobody can know how far it got. It is not run again.',
    false,
  );
}

/** Failures after which something may still run in the sandbox that nobody watches. */
const outOfControl: ReadonlySet<string> = new Set(['sandbox_untrusted', 'sandbox_unreachable', 'internal_error']);

/** Refusals that will not change, however often one asks. */
const final: ReadonlySet<string> = new Set<ProblemCode>(['invalid_request', 'unauthorized', 'forbidden']);

async function refusalOf(response: Response): Promise<Error> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) return new Error(`The sandbox answered HTTP ${response.status}.`);
  const { code, detail } = problem.data;
  if (code === 'boot_mismatch' || code === 'turn_not_found') return restarted();
  return final.has(code) ? new TurnError(code, detail, false) : new Error(detail);
}
