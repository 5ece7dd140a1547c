import type {
  AgentCapabilities,
  AgentEvent,
  PermissionRequest,
  SandboxChatRequest,
  SandboxResumeRequest,
  StopReason,
} from '@sandgate/api-spec';
import type { z } from 'zod';
import type { Parking, Resumed } from './parking.ts';

/** What an agent says itself. How a turn ends, and what a person answered, is not its to say. */
export type AgentSays = Exclude<
  AgentEvent,
  {
    type: 'complete' | 'parked' | 'permission.requested' | 'permission.resolved' | 'message.snapshot' | 'tool.snapshot';
  }
>;

/** A question to a person. */
export type Ask = Omit<z.infer<typeof PermissionRequest>, 'requestId' | 'expiresAt'>;

/** The person's answer, or `deny` by `interrupt` if the turn is stopped before there is one. */
export type Answer = Pick<SandboxResumeRequest, 'decision' | 'scope' | 'message' | 'updatedInput' | 'answers'> & {
  by: SandboxResumeRequest['by'] | 'interrupt';
};

/** A turn, as the agent sees it. */
export interface AgentTurn
  extends Pick<SandboxChatRequest, 'turnId' | 'sessionId' | 'messages' | 'permissionMode' | 'agentOptions'> {
  /** Aborted when the turn is stopped: the agent ends what it started and returns; a few seconds later it is left alone. */
  signal: AbortSignal;
  /** Where the turn was parked: it goes on with the call that it was parked with. */
  resumed?: Resumed;
  emit(event: AgentSays): void;
  /**
   * Asks a person, and says `waiting` meanwhile.
   *
   * @param parking lets the agent give up its process if nobody answers soon; without it the agent waits.
   * @throws {Parked} where it shall, which may be while the server stops.
   */
  ask(request: Ask, parking?: Parking): Promise<Answer>;
}

/** Whoever does the work of a turn. One object serves every turn of a session, one turn at a time. */
export interface Agent {
  readonly capabilities: AgentCapabilities;
  /** What it lacks to run here, where it lacks something. */
  readonly needs?: string | undefined;
  /** @throws {AgentFailure} if it cannot go on; the turn then ends in `error`. */
  run(turn: AgentTurn): Promise<StopReason>;
  /** Ends what it keeps running between turns. */
  close?(): Promise<void>;
}

/** A failure that the caller is told of. Any other error of an agent is logged, and told as `internal_error`. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, more: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.code = code;
    this.retryable = more.retryable ?? false;
  }
}
