import { randomBytes } from 'node:crypto';
import {
  type InterruptResult,
  ProblemError,
  type SandboxChatRequest,
  type SandboxHealth,
  type SandboxResumeRequest,
  type SandboxResumeResult,
} from '@sandgate/api-spec';
import type { Agent } from './agent.ts';
import { Requests } from './requests.ts';
import { Turn } from './turn.ts';

/** Turns that keep their facts; those before them keep their `complete` only. */
const turnsKept = 16;

/** What is done around a turn that is not the agent's work. Must not throw. */
export interface TurnRecords {
  admitted(request: SandboxChatRequest): Promise<void>;
  ended(said: readonly string[]): void;
}

/** The turns of this start of the server: one runs at a time, and none runs twice. */
export class Turns {
  readonly bootId = `boot_${randomBytes(8).toString('hex')}`;
  readonly #agents: ReadonlyMap<string, Agent>;
  readonly #records: TurnRecords;
  readonly #requests = new Requests();
  /** All of them, so that no turn ever runs again. */
  readonly #turns = new Map<string, Turn>();
  #active: Turn | undefined;
  #lastActivityAt = new Date();
  #closing = false;

  constructor(agents: ReadonlyMap<string, Agent>, records: TurnRecords) {
    this.#agents = agents;
    this.#records = records;
  }

  /**
   * Starts a turn, or finds it if it is known.
   *
   * @throws {ProblemError} `boot_mismatch`, `session_busy`, or `invalid_request` for an agent that is not there.
   */
  start(request: SandboxChatRequest): Turn {
    if (request.expectedBootId !== undefined && request.expectedBootId !== this.bootId)
      throw new ProblemError('boot_mismatch', `This is ${this.bootId}; what ran before it is lost.`);
    const known = this.#turns.get(request.turnId);
    if (known) return known;
    const agent = this.#agents.get(request.agent);
    if (!agent) {
      const message = `The agent "${request.agent}" is not available here`;
      throw new ProblemError('invalid_request', `${message}.`, { errors: [{ path: 'agent', message }] });
    }
    if (this.#active) throw new ProblemError('session_busy', `The turn "${this.#active.id}" is running.`);
    if (this.#closing) throw new ProblemError('sandbox_unavailable', 'The server is stopping.');
    const turn = new Turn(request, this.#requests);
    this.#turns.set(turn.id, turn);
    this.#active = turn;
    this.touch();
    void this.#run(turn, request, agent);
    return turn;
  }

  /** @throws {ProblemError} `turn_not_found`. */
  find(turnId: string): Turn {
    const turn = this.#turns.get(turnId);
    if (!turn) throw new ProblemError('turn_not_found', `There is no turn "${turnId}".`);
    return turn;
  }

  /** @throws {ProblemError} as `Requests.answer` does. */
  resume(answer: SandboxResumeRequest): SandboxResumeResult {
    this.touch();
    return this.#requests.answer(answer);
  }

  /** Resolves once the turn has ended; does nothing if it does not run. */
  async interrupt(turnId?: string): Promise<InterruptResult> {
    this.touch();
    const turn = this.#active;
    if (!turn || (turnId !== undefined && turnId !== turn.id)) return { interrupted: false };
    await turn.interrupt();
    return { interrupted: true, turnId: turn.id };
  }

  health(): Omit<SandboxHealth, 'version'> {
    const active = this.#active;
    const latest = Math.max(this.#lastActivityAt.getTime(), active?.lastActivityAt.getTime() ?? 0);
    const lastActivityAt = new Date(latest).toISOString();
    if (!active) return { status: 'idle', bootId: this.bootId, lastActivityAt };
    const status = this.#requests.isWaiting(active.id) ? 'waiting' : 'busy';
    return { status, bootId: this.bootId, activeTurnId: active.id, lastActivityAt };
  }

  /** There was work. */
  touch(): void {
    this.#lastActivityAt = new Date();
  }

  /** Takes no new turn, and stops the one that runs. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#active?.interrupt();
  }

  async #run(turn: Turn, request: SandboxChatRequest, agent: Agent): Promise<void> {
    await this.#records.admitted(request);
    await turn.run(agent);
    this.#active = undefined;
    this.touch();
    this.#records.ended(turn.said);
    this.#shrinkOld();
  }

  #shrinkOld(): void {
    const before = [...this.#turns.values()].slice(0, -1);
    before.at(-1)?.log.shrink('facts');
    before.at(-turnsKept)?.log.shrink('complete');
  }
}
