import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentEvent, SandboxChatRequest, StopReason, Usage } from '@sandgate/api-spec';
import type { z } from 'zod';
import { type Agent, AgentFailure, type AgentSays, type AgentTurn, type Answer, type Ask } from './agent.ts';
import { errorFields, log } from './logger.ts';
import { Parked, type Parking } from './parking.ts';
import type { ParkedTurn, ParkingPlace } from './parking-place.ts';
import type { Requests } from './requests.ts';
import { TurnLog } from './turn-log.ts';

/** How long a stopped agent may take to end what it started. More than killing a command takes. */
const graceMs = 5_000;
/** How long a server that stops waits until a turn can be parked, in milliseconds. */
const parkSoonMs = 1_000;

/** What turns have in common. */
export interface TurnParts {
  requests: Requests;
  parkingPlace: ParkingPlace;
  /** How long a request waits until the agent gives up its process, in milliseconds. */
  parkAfterMs: number;
}

/** A request that waits. */
interface Waiting {
  requestId: string;
  options: Ask['options'];
  parking: Parking | undefined;
  giveUp: (parked: Parked) => void;
}

/** One chat request and all that follows until its `complete`, or until it is parked. */
export class Turn {
  readonly log: TurnLog;
  readonly #request: SandboxChatRequest;
  readonly #parts: TurnParts;
  readonly #resumed: (ParkedTurn & { answered: Promise<Answer> }) | undefined;
  readonly #waiting = new Set<Waiting>();
  /** The request that it is being parked with. */
  #parkedWith: Waiting | undefined;
  readonly #stop = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  /** That the agent said more than a turn may hold. */
  #excess: AgentFailure | undefined;
  /** What the assistant said, message by message. */
  readonly said: string[];
  #usage: z.infer<typeof Usage> | undefined;
  lastActivityAt = new Date();

  /** @param resumed what was parked, and its answer. */
  constructor(request: SandboxChatRequest, parts: TurnParts, resumed?: ParkedTurn & { answered: Promise<Answer> }) {
    this.#request = request;
    this.#parts = parts;
    this.#resumed = resumed;
    this.log = new TurnLog({}, resumed?.cursor);
    this.said = [...(resumed?.said ?? [])];
    this.#usage = resumed?.usage;
  }

  get id(): string {
    return this.#request.turnId;
  }

  /**
   * Runs the agent to the turn's end, or until it is parked. What goes wrong is said in the turn.
   *
   * @throws where what is parked cannot be written.
   */
  async run(agent: Agent): Promise<void> {
    const outcome = await this.#outcome(agent);
    if (this.#excess) this.fail(this.#excess);
    else if (outcome instanceof Parked) this.#putAside();
    else this.#end(outcome);
  }

  /** Whether it goes on later. */
  get isParked(): boolean {
    return this.#parkedWith !== undefined;
  }

  /**
   * Has the agent give up its process where it waits with one request, and can go on with that later. An answer comes
   * too late from here on; `run` comes to its end.
   *
   * @returns whether it does.
   */
  park(): boolean {
    const [waiting, ...others] = this.#waiting;
    if (!waiting?.parking || others.length > 0 || this.#stop.signal.aborted) return false;
    if (waiting.parking.isAlone?.() === false || !this.#parts.requests.park(waiting.requestId)) return false;
    this.#parkedWith = waiting;
    waiting.giveUp(new Parked());
    return true;
  }

  /** The server stops: the turn is parked where it can be, or else stopped. Resolves with whether it is parked. */
  async close(): Promise<boolean> {
    if (!(await this.#parkSoon())) await this.interrupt();
    await this.#ended.promise;
    return this.isParked;
  }

  /** Ends a turn that something other than its agent has failed. */
  fail(error: unknown): void {
    this.#append(failureEvent(error, this.id));
    this.#end('error');
  }

  /** Stops the agent, and resolves once the turn has ended. */
  async interrupt(): Promise<void> {
    this.#stop.abort();
    this.#parts.requests.denyAll(this.id);
    await this.#ended.promise;
  }

  /** What hinders it may be over in a moment: a model that just asked still has the end of its answer to say. */
  async #parkSoon(): Promise<boolean> {
    const deadline = performance.now() + parkSoonMs;
    while (!this.#parkedWith && !this.park()) {
      const [waiting, ...others] = this.#waiting;
      if (!waiting?.parking || others.length > 0 || performance.now() > deadline) return false;
      await sleep(10);
    }
    return true;
  }

  async #outcome(agent: Agent): Promise<StopReason | Parked> {
    const { signal } = this.#stop;
    if (signal.aborted) return 'interrupted';
    try {
      const stopReason = await Promise.race([agent.run(await this.#asSeenByAgent()), this.#patience()]);
      if (signal.aborted) return 'interrupted';
      if (stopReason === 'interrupted') throw new AgentFailure('agent_failed', 'The agent stopped by itself.');
      return stopReason;
    } catch (error) {
      if (error instanceof Parked && this.#parkedWith && !signal.aborted) return error;
      if (!signal.aborted) this.#append(failureEvent(error, this.id));
      return signal.aborted ? 'interrupted' : 'error';
    }
  }

  /** An agent that does not stop is left behind; the log takes nothing from it any more. */
  #patience(): Promise<StopReason> {
    return new Promise((resolve) => {
      const giveUp = () => setTimeout(resolve, graceMs, 'interrupted').unref();
      this.#stop.signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  async #asSeenByAgent(): Promise<AgentTurn> {
    const { turnId, sessionId, messages, permissionMode, agentOptions } = this.#request;
    const resumed = this.#resumed;
    const answer = resumed && this.#answered(resumed.requestId, await resumed.answered);
    return {
      ...{ turnId, sessionId, messages, permissionMode, agentOptions },
      ...(answer && { resumed: { state: resumed.state, answer } }),
      signal: this.#stop.signal,
      emit: (event) => this.#emit(event),
      ask: (request, parking) => this.#ask(request, parking),
    };
  }

  #emit(event: AgentSays): void {
    if (!this.#append(event)) return;
    if (event.type === 'usage') this.#use(event);
    if (event.type !== 'message' || event.message.role !== 'assistant') return;
    this.said.push(event.message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''));
  }

  /** A price in part of the turn only would be none of the whole. */
  #use({ inputTokens, outputTokens, costUsd }: z.infer<typeof Usage>): void {
    const before = this.#usage ?? { inputTokens: 0, outputTokens: 0, costUsd: 0 };
    this.#usage = {
      inputTokens: before.inputTokens + inputTokens,
      outputTokens: before.outputTokens + outputTokens,
      ...(costUsd !== undefined && before.costUsd !== undefined && { costUsd: before.costUsd + costUsd }),
    };
  }

  async #ask(request: Ask, parking?: Parking): Promise<Answer> {
    if (this.#stop.signal.aborted) return { decision: 'deny', by: 'interrupt' };
    const { requestId, answered } = this.#parts.requests.open(this.id, request.options);
    const expiresAt = new Date(Date.now() + this.#request.requestTimeoutSeconds * 1_000).toISOString();
    if (!this.#append({ type: 'permission.requested', requestId, ...request, expiresAt })) return answered;
    this.#append({ type: 'status', status: { state: 'waiting', detail: request.title } });
    const { promise: parked, reject: giveUp } = Promise.withResolvers<never>();
    const waiting = { requestId, options: request.options, parking, giveUp };
    this.#waiting.add(waiting);
    // Again and again: what hinders it may be over later.
    const patience = setInterval(() => this.park(), this.#parts.parkAfterMs);
    try {
      return this.#answered(requestId, await Promise.race([answered, parked]));
    } finally {
      clearInterval(patience);
      this.#waiting.delete(waiting);
    }
  }

  #answered(requestId: string, answer: Answer): Answer {
    const { decision, scope, by } = answer;
    this.#append({ type: 'permission.resolved', requestId, decision, ...(scope && { scope }), by });
    return answer;
  }

  #putAside(): void {
    const { requestId, options, parking } = this.#parkedWith as Waiting;
    this.#parts.parkingPlace.put({
      ...{ turnId: this.id, requestId, options, said: this.said },
      cursor: this.log.head + 1,
      ...(this.#usage && { usage: this.#usage }),
      state: parking?.state,
    });
    this.#append({ type: 'parked' });
    this.#ended.resolve();
  }

  #end(stopReason: StopReason): void {
    this.#parkedWith = undefined;
    this.#append({ type: 'complete', stopReason, ...(this.#usage && { usage: this.#usage }) });
    this.#ended.resolve();
  }

  /** Whether the log took it. Where it is too much the agent is stopped: thrown here, it might meet nobody. */
  #append(event: AgentEvent): boolean {
    this.lastActivityAt = new Date();
    const refusal = this.log.append(event);
    if (refusal === undefined) return true;
    this.#excess ??= new AgentFailure('turn_too_large', refusal);
    this.#stop.abort();
    this.#parts.requests.denyAll(this.id);
    return false;
  }
}

function failureEvent(error: unknown, turnId: string): AgentEvent {
  if (error instanceof AgentFailure)
    return { type: 'error', code: error.code, message: error.message, retryable: error.retryable };
  log('turn_failed', { turnId, ...errorFields(error) });
  return { type: 'error', code: 'internal_error', message: 'The agent failed unexpectedly.', retryable: false };
}
