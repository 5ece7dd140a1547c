import type { AgentEvent, SandboxChatRequest, StopReason, Usage } from '@sandgate/api-spec';
import type { z } from 'zod';
import { type Agent, AgentFailure, type AgentSays, type AgentTurn, type Answer, type Ask } from './agent.ts';
import { errorFields, log } from './logger.ts';
import type { Requests } from './requests.ts';
import { TurnLog } from './turn-log.ts';

/** How long a stopped agent may take to end what it started. More than killing a command takes. */
const graceMs = 5_000;

/** One chat request and all that follows until its `complete`. */
export class Turn {
  readonly log = new TurnLog();
  readonly #request: SandboxChatRequest;
  readonly #requests: Requests;
  readonly #stop = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  /** That the agent said more than a turn may hold. */
  #excess: AgentFailure | undefined;
  /** What the assistant said, message by message. */
  readonly said: string[] = [];
  #usage: z.infer<typeof Usage> | undefined;
  lastActivityAt = new Date();

  constructor(request: SandboxChatRequest, requests: Requests) {
    this.#request = request;
    this.#requests = requests;
  }

  get id(): string {
    return this.#request.turnId;
  }

  /** Runs the agent to the turn's end. Never throws: what goes wrong is said in the turn. */
  async run(agent: Agent): Promise<void> {
    const stopReason = await this.#outcome(agent);
    if (this.#excess) this.fail(this.#excess);
    else this.#end(stopReason);
  }

  /** Ends a turn that something other than its agent has failed. */
  fail(error: unknown): void {
    this.#append(failureEvent(error, this.id));
    this.#end('error');
  }

  /** Stops the agent, and resolves once the turn has ended. */
  async interrupt(): Promise<void> {
    this.#stop.abort();
    this.#requests.denyAll(this.id);
    await this.#ended.promise;
  }

  async #outcome(agent: Agent): Promise<StopReason> {
    const { signal } = this.#stop;
    if (signal.aborted) return 'interrupted';
    try {
      const stopReason = await Promise.race([agent.run(this.#asSeenByAgent()), this.#patience()]);
      return signal.aborted ? 'interrupted' : stopReason;
    } catch (error) {
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

  #asSeenByAgent(): AgentTurn {
    const { turnId, sessionId, messages, permissionMode, agentOptions } = this.#request;
    return {
      ...{ turnId, sessionId, messages, permissionMode, agentOptions },
      signal: this.#stop.signal,
      emit: (event) => this.#emit(event),
      ask: (request) => this.#ask(request),
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

  async #ask(request: Ask): Promise<Answer> {
    if (this.#stop.signal.aborted) return { decision: 'deny', by: 'interrupt' };
    const { requestId, answered } = this.#requests.open(this.id, request.options);
    const expiresAt = new Date(Date.now() + this.#request.requestTimeoutSeconds * 1_000).toISOString();
    if (!this.#append({ type: 'permission.requested', requestId, ...request, expiresAt })) return answered;
    this.#append({ type: 'status', status: { state: 'waiting', detail: request.title } });
    const answer = await answered;
    const { decision, scope, by } = answer;
    this.#append({ type: 'permission.resolved', requestId, decision, ...(scope && { scope }), by });
    return answer;
  }

  #end(stopReason: StopReason): void {
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
    this.#requests.denyAll(this.id);
    return false;
  }
}

function failureEvent(error: unknown, turnId: string): AgentEvent {
  if (error instanceof AgentFailure)
    return { type: 'error', code: error.code, message: error.message, retryable: error.retryable };
  log('turn_failed', { turnId, ...errorFields(error) });
  return { type: 'error', code: 'internal_error', message: 'The agent failed unexpectedly.', retryable: false };
}
