import { randomBytes } from 'node:crypto';
import {
  type AgentInfo,
  type AgentName,
  type InterruptResult,
  ProblemError,
  type SandboxChatRequest,
  type SandboxHealth,
  type SandboxResumeRequest,
  type SandboxResumeResult,
} from '@sandgate/api-spec';
import type { Agent, Answer } from './agent.ts';
import { Disk } from './disk/disk.ts';
import type { ParkedTurn, ParkingPlace } from './parking-place.ts';
import { Requests } from './requests.ts';
import { Turn } from './turn.ts';
import type { TurnLog } from './turn-log.ts';

/** What is done around a turn that is not the agent's work. What it throws fails the turn. */
export interface TurnRecords {
  admitted(request: SandboxChatRequest): Promise<void>;
  ended(said: readonly string[]): void;
}

/** The turns of this start of the server: one runs at a time, and none runs twice. */
export class Turns {
  readonly bootId = `boot_${randomBytes(8).toString('hex')}`;
  readonly #agents: ReadonlyMap<AgentName, Agent>;
  readonly #records: TurnRecords;
  readonly #disk: Disk;
  readonly #parking: { place: ParkingPlace; afterMs: number };
  readonly #requests = new Requests();
  /** Of all turns by their ids, so that none ever runs again. What else a turn held goes with its end. */
  readonly #logs = new Map<string, TurnLog>();
  #latest: TurnLog | undefined;
  #active: Turn | undefined;
  #lastActivityAt = new Date();
  #closing = false;

  /** @param parking where turns are parked, and how long a request waits before. */
  constructor(
    agents: ReadonlyMap<AgentName, Agent>,
    records: TurnRecords,
    parking: { place: ParkingPlace; afterMs: number },
    disk = new Disk(false),
  ) {
    this.#agents = agents;
    this.#records = records;
    this.#parking = parking;
    this.#disk = disk;
  }

  /**
   * Starts a turn, goes on with one that is parked, or finds it if it is known, and answers its log.
   *
   * @throws {ProblemError} `boot_mismatch`, `sandbox_unavailable` where the server stops, `session_busy`,
   * `agent_unavailable`, or `turn_not_found` for one that is not parked here.
   */
  start(request: SandboxChatRequest): TurnLog {
    if (request.expectedBootId !== undefined && request.expectedBootId !== this.bootId)
      throw new ProblemError('boot_mismatch', `This is ${this.bootId}; what ran before it is lost.`);
    this.#disk.requireReady();
    const parked = this.#parked(request);
    const known = this.#logs.get(request.turnId);
    if (known && !parked) return known;
    if (request.resume && !parked)
      throw new ProblemError('turn_not_found', `The turn "${request.turnId}" is not parked here.`);
    if (this.#closing) throw new ProblemError('sandbox_unavailable', 'The server is stopping.');
    const agent = this.#agentOf(request);
    if (this.#active) throw new ProblemError('session_busy', `The turn "${this.#active.id}" is running.`);
    const resumed = parked && { ...parked, answered: this.#reopen(parked, request.resume as SandboxResumeRequest) };
    this.#parking.place.clear();
    const { place: parkingPlace, afterMs: parkAfterMs } = this.#parking;
    const turn = new Turn(request, { requests: this.#requests, parkingPlace, parkAfterMs }, resumed);
    this.#logs.set(turn.id, turn.log);
    this.#latest?.shrink(); // Whoever hands over the next turn has stored the end of the one before.
    this.#latest = turn.log;
    this.#active = turn;
    this.touch();
    void this.#run(turn, request, agent);
    return turn.log;
  }

  /** @throws {ProblemError} `turn_not_found`. */
  find(turnId: string): TurnLog {
    const log = this.#logs.get(turnId);
    if (!log) throw new ProblemError('turn_not_found', `There is no turn "${turnId}".`);
    return log;
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

  /** @throws {ProblemError} `boot_mismatch` where it is meant for another start of the server. */
  requireBoot(bootId: string): void {
    if (bootId !== this.bootId) throw new ProblemError('boot_mismatch', `This is ${this.bootId}, and not ${bootId}.`);
  }

  /** `starting` also while the server stops: whoever waits for it meets the next one. */
  health(): Omit<SandboxHealth, 'version'> {
    const active = this.#active;
    const latest = Math.max(this.#lastActivityAt.getTime(), active?.lastActivityAt.getTime() ?? 0);
    const lastActivityAt = new Date(latest).toISOString();
    const awaitsDisk = this.#disk.isReady ? {} : { awaitsDisk: true as const };
    const about = { bootId: this.bootId, ...awaitsDisk, ...(active && { activeTurnId: active.id }), lastActivityAt };
    return { status: this.#status(active), agents: this.#agentInfo(), ...about };
  }

  /** There was work. */
  touch(): void {
    this.#lastActivityAt = new Date();
  }

  /** Takes no new turn, and parks or stops the one that runs. Resolves with whether one was parked. */
  async close(): Promise<boolean> {
    this.#closing = true;
    const isParked = (await this.#active?.close()) ?? false;
    await Promise.all(this.#agents.values().map((agent) => agent.close?.()));
    return isParked;
  }

  #parked({ turnId, resume }: SandboxChatRequest): ParkedTurn | undefined {
    return resume && this.#parking.place.find(turnId, resume.requestId);
  }

  /** @throws {ProblemError} `invalid_request` for an answer that was not among the options. */
  #reopen({ requestId, turnId, options }: ParkedTurn, answer: SandboxResumeRequest): Promise<Answer> {
    const answered = this.#requests.reopen(requestId, turnId, options);
    this.#requests.answer(answer);
    return answered;
  }

  #agentOf({ agent: name }: SandboxChatRequest): Agent {
    const agent = this.#agents.get(name);
    if (!agent) throw new ProblemError('agent_unavailable', `The agent "${name}" is not available here.`);
    if (agent.needs !== undefined)
      throw new ProblemError(
        'agent_unavailable',
        `The agent "${name}" is not available here: it needs ${agent.needs}.`,
      );
    return agent;
  }

  #agentInfo(): AgentInfo[] {
    return [...this.#agents].map(([name, { needs, capabilities }]) => ({
      ...{ name, available: needs === undefined, capabilities },
      ...(needs !== undefined && { needs }),
    }));
  }

  #status(active: Turn | undefined): SandboxHealth['status'] {
    if (this.#closing || !this.#disk.isReady) return 'starting';
    if (!active) return 'idle';
    return this.#requests.isWaiting(active.id) ? 'waiting' : 'busy';
  }

  /** Never throws: nobody waits for it. */
  async #run(turn: Turn, request: SandboxChatRequest, agent: Agent): Promise<void> {
    try {
      if (!request.resume) await this.#records.admitted(request);
      await turn.run(agent);
      if (!turn.isParked) this.#records.ended(turn.said);
    } catch (error) {
      turn.fail(error);
    }
    this.#active = undefined;
    this.touch();
  }
}
