import { join } from 'node:path';
import { RequestError } from '@agentclientprotocol/sdk';
import { type StopReason, textOf } from '@sandgate/api-spec';
import { AgentFailure, type AgentTurn } from '../../agent.ts';
import type { Config } from '../../config.ts';
import { errorFields, log } from '../../logger.ts';
import type { ToolsUser } from '../../tools/user.ts';
import { type Transcript, Transcripts } from '../transcripts.ts';
import { AcpConnection, NotResumed } from './connection.ts';
import { AcpEvents } from './events.ts';
import { AcpPermissions } from './permissions.ts';
import { askQuestions } from './questions.ts';

/** How long an agent may take to stop by itself. */
const cancelMs = 1_000;

const stopReasons: Record<string, StopReason> = {
  end_turn: 'end_turn',
  max_tokens: 'end_turn',
  max_turn_requests: 'max_turns',
  refusal: 'refusal',
  cancelled: 'interrupted',
};

interface Conversation {
  connection: AcpConnection;
  permissions: AcpPermissions;
}

/**
 * Any agent that speaks the Agent Client Protocol (https://agentclientprotocol.com), as a program of the tools' user.
 * It lives on between turns, as it alone remembers them, and goes on with what it remembers after a sleep where it can;
 * what it does without asking is its own to decide.
 */
export class AcpAgent {
  readonly #user: ToolsUser;
  readonly #transcripts: Transcripts;
  readonly #conversations = new Map<string, Conversation>();
  /** Sessions whose conversation their agent refused to go on with, though it may still know it. */
  readonly #refused = new Set<string>();
  /** Sessions whose conversation is given up; the next turn says so. */
  readonly #lost = new Set<string>();

  constructor({ tools, dataDirectory, sessionId }: Pick<Config, 'tools' | 'dataDirectory' | 'sessionId'>) {
    this.#user = tools;
    this.#transcripts = new Transcripts(join(dataDirectory, 'acp-sessions.json'), sessionId);
  }

  async run(turn: AgentTurn): Promise<StopReason> {
    turn.emit({ type: 'status', status: { state: 'thinking' } });
    const { connection, permissions } = await this.#conversation(turn);
    this.#transcripts.begun(turn.sessionId, { id: connection.sessionId, modeId: connection.modeId });
    const events = new AcpEvents(turn);
    connection.listener = {
      onUpdate: (update) => events.take(update),
      onPermission: (request) => permissions.answer(request, turn, events),
      onQuestions: (request) => askQuestions(request, turn),
    };
    let lastResort: NodeJS.Timeout | undefined;
    const stop = () => {
      connection.cancel().catch((error) => log('acp_not_cancelled', errorFields(error)));
      // It is started anew with the next turn.
      lastResort = setTimeout(() => void connection.close(), cancelMs);
    };
    turn.signal.addEventListener('abort', stop, { once: true });
    if (turn.signal.aborted) stop();
    try {
      const stopReason = await connection.prompt(turn.messages.map(textOf));
      if (turn.signal.aborted) events.interrupted();
      else events.flush();
      return stopReasons[stopReason] ?? 'end_turn';
    } catch (error) {
      if (turn.signal.aborted) events.interrupted();
      else events.flush();
      throw failureOf(error, connection);
    } finally {
      turn.signal.removeEventListener('abort', stop);
      clearTimeout(lastResort);
      connection.listener = undefined;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#conversations.values().map(({ connection }) => connection.close()));
  }

  /** The one that goes on, or a new one, where the agent may or may not remember what was said before. */
  async #conversation(turn: AgentTurn): Promise<Conversation> {
    const { sessionId, emit } = turn;
    const before = this.#conversations.get(sessionId);
    if (before?.connection.isOpen) return before;
    const known = this.#transcripts.of(sessionId);
    const connection = await this.#open(turn, known);
    const conversation = { connection, permissions: before?.permissions ?? new AcpPermissions() };
    this.#conversations.set(sessionId, conversation);
    const isForgotten = known === undefined ? this.#lost.has(sessionId) : known.id !== connection.sessionId;
    this.#lost.delete(sessionId);
    if (isForgotten)
      emit({
        type: 'status',
        status: { state: 'thinking', detail: 'The agent was started anew and remembers nothing.' },
      });
    return conversation;
  }

  /**
   * A refusal may pass, so it is taken for good only when it comes twice in a row; an agent that ends or hangs on what it
   * is to remember would do so in each turn from now on.
   */
  async #open({ sessionId, agentOptions, signal }: AgentTurn, known: Transcript | undefined): Promise<AcpConnection> {
    const before = known && { ...known, wasRefused: this.#refused.has(sessionId) };
    try {
      const connection = await AcpConnection.open(this.#user, agentOptions, before, signal);
      this.#refused.delete(sessionId);
      return connection;
    } catch (error) {
      if (!(error instanceof NotResumed)) throw error;
      const more = { retryable: true, cause: error };
      if (error.refusal) {
        this.#refused.add(sessionId);
        const message = `The agent did not go on with its conversation: ${error.refusal.message}`;
        throw new AgentFailure('agent_failed', message, more);
      }
      this.#lost.add(sessionId);
      this.#transcripts.lost(sessionId);
      throw new AgentFailure('agent_session_lost', 'The agent could not go on; the next turn begins anew.', more);
    }
  }
}

function failureOf(cause: unknown, connection: AcpConnection): AgentFailure {
  if (!connection.isOpen)
    return new AgentFailure(
      'agent_crashed',
      'The agent ended in the middle of the turn; nobody can know how far it got.',
      {
        cause,
      },
    );
  const message = cause instanceof RequestError ? cause.message : 'The agent could not be spoken to.';
  return new AgentFailure('agent_failed', `The agent failed: ${message}`, { cause });
}
