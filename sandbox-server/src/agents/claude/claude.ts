import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type StopReason, textOf } from '@sandgate/api-spec';
import { AgentFailure, type AgentTurn } from '../../agent.ts';
import type { Config } from '../../config.ts';
import { errorFields, log } from '../../logger.ts';
import { endProcessGroup } from '../../tools/process-group.ts';
import { type Program, startProgram } from '../../tools/program.ts';
import type { ToolsUser } from '../../tools/user.ts';
import { Transcripts } from '../transcripts.ts';
import { ClaudeEvents } from './events.ts';
import { failureOf } from './failure.ts';
import { type Result, readMessage } from './messages.ts';
import { ClaudePermissions, ParkedCall } from './permissions.ts';
import { ToolRules } from './rules.ts';
import { findSdk, loadSdk, type SdkOptions, type SdkQuery, type SdkUserMessage, sdkMcpServers } from './sdk.ts';

/** How long the hook may wait for a person, in seconds: the longest that a request stays open. */
const hookTimeoutSeconds = 604_800;
/** How long the CLI may take to stop by itself. */
const interruptMs = 1_000;
/** How long it may take to give up its process with a call that waits, in milliseconds. */
const parkMs = 10_000;
/** How long it may take to come to that call again, in milliseconds: it never does where its transcript was spoiled. */
const goOnMs = 60_000;

/** Claude, by its SDK and its own CLI: a process of the tools' user for each turn, which goes on with the conversation. */
export class ClaudeAgent {
  readonly #user: ToolsUser;
  readonly #sdk: string | undefined;
  readonly #transcripts: Transcripts;
  /** The tools that a person allowed for a session. */
  readonly #allowed = new Map<string, Set<string>>();

  constructor({ claude, tools, dataDirectory, sessionId }: Config) {
    this.#sdk = findSdk(claude.directory);
    this.#transcripts = new Transcripts(join(dataDirectory, 'claude-transcripts.json'), sessionId);
    this.#user = { ...tools, env: { ...tools.env, ...environment(claude.baseUrl) } };
  }

  async run(turn: AgentTurn): Promise<StopReason> {
    const { query } = await loadSdk(this.#sdk as string);
    if (turn.signal.aborted) return 'interrupted';
    const cli = new Cli(this.#user);
    const heard = Promise.withResolvers<void>();
    const events = new ClaudeEvents(turn);
    const permissions = this.#permissions(turn, events);
    if (turn.resumed) {
      const { toolCallId, name } = ParkedCall.parse(turn.resumed.state);
      events.goOnWith(toolCallId, name);
    }
    const messages = query({ prompt: input(turn, heard.promise), options: this.#options(turn, permissions, cli) });
    let lastResort: NodeJS.Timeout | undefined;
    const endAfter = (ms: number) => {
      lastResort = setTimeout(() => void cli.end(), ms);
    };
    const stop = () => {
      askToStop(messages);
      endAfter(interruptMs);
    };
    void permissions.parked.promise.then(() => endAfter(parkMs));
    const lost = turn.resumed && setTimeout(() => permissions.awaitsCall && void cli.end(), goOnMs);
    turn.signal.addEventListener('abort', stop, { once: true });
    let result: Result | undefined;
    try {
      for await (const raw of messages) {
        const message = readMessage(raw);
        if (!message) continue;
        if (message.type === 'system' && message.subtype === 'init')
          this.#transcripts.begun(turn.sessionId, { id: message.session_id });
        events.take(message);
        if (message.type === 'result') {
          result = message;
          heard.resolve();
        }
      }
    } catch (error) {
      // An error that was reported is thrown once more at the end.
      if (!result && !turn.signal.aborted) throw ended(error);
    } finally {
      heard.resolve();
      turn.signal.removeEventListener('abort', stop);
      clearTimeout(lastResort);
      clearTimeout(lost);
      await cli.end();
    }
    if (turn.signal.aborted) return 'interrupted';
    if (permissions.awaitsCall || (result && isLost(result))) {
      this.#transcripts.lost(turn.sessionId);
      throw new AgentFailure('agent_session_lost', 'The conversation with Claude is lost; the next turn begins anew.', {
        retryable: true,
      });
    }
    if (!result) throw ended(undefined);
    if (result.deferred_tool_use) throw await permissions.parked.promise;
    return outcome(result, events);
  }

  #permissions(turn: AgentTurn, events: ClaudeEvents): ClaudePermissions {
    const rules = new ToolRules(turn.agentOptions, turn.permissionMode, this.#user.workspace);
    return new ClaudePermissions(turn, rules, this.#allowedIn(turn.sessionId), events);
  }

  #options({ agentOptions, sessionId, resumed }: AgentTurn, permissions: ClaudePermissions, cli: Cli): SdkOptions {
    const { model, maxTurns, systemPrompt } = agentOptions;
    const known = this.#transcripts.of(sessionId);
    return {
      ...(known === undefined ? { sessionId: randomUUID() } : { resume: known.id }),
      cwd: this.#user.workspace,
      env: this.#user.env,
      ...(model !== undefined && { model }),
      ...(maxTurns !== undefined && { maxTurns }),
      systemPrompt: {
        type: 'preset',
        preset: 'claude_code',
        ...(systemPrompt !== undefined && { append: systemPrompt }),
      },
      mcpServers: sdkMcpServers(agentOptions.mcpServers),
      mcpServersDelivery: 'initialize',
      strictMcpConfig: true,
      settingSources: [],
      // Else the CLI would run the parked call unasked, where it takes it for harmless.
      settings: { permissions: { ask: resumed ? [ParkedCall.parse(resumed.state).name] : [] } },
      permissionMode: 'default',
      includePartialMessages: true,
      hooks: { PreToolUse: [{ timeout: hookTimeoutSeconds, hooks: [permissions.hook] }] },
      canUseTool: permissions.canUseTool,
      spawnClaudeCodeProcess: ({ command, args, env }) => cli.start(command, args, env),
    };
  }

  #allowedIn(sessionId: string): Set<string> {
    const allowed = this.#allowed.get(sessionId) ?? new Set();
    this.#allowed.set(sessionId, allowed);
    return allowed;
  }
}

/** The key is added outside of the sandbox: what the CLI is given only keeps it from asking for one. */
function environment(baseUrl = ''): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: baseUrl,
    ANTHROPIC_API_KEY: 'none-in-the-sandbox',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '2',
  };
}

/** The process of one turn. */
class Cli {
  readonly #user: ToolsUser;
  #program: Program | undefined;

  constructor(user: ToolsUser) {
    this.#user = user;
  }

  start(command: string, args: string[], env: Record<string, string | undefined>): Program {
    const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    this.#program = startProgram({ ...this.#user, env: Object.fromEntries(given) }, command, args);
    return this.#program;
  }

  async end(): Promise<void> {
    if (this.#program?.pid !== undefined) await endProcessGroup(this.#program.pid);
  }
}

/**
 * All that was said in one message; then nothing until the answer is there, as the CLI takes our answers meanwhile. A
 * turn that was parked has been told already.
 */
async function* input({ messages, resumed }: AgentTurn, heard: Promise<void>): AsyncGenerator<SdkUserMessage> {
  const content = messages.map((message) => ({ type: 'text' as const, text: textOf(message) }));
  if (!resumed) yield { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null };
  await heard;
}

/** So that its conversation can go on later. It may have ended meanwhile. */
function askToStop(messages: SdkQuery): void {
  messages.interrupt().catch((error) => log('claude_not_interrupted', errorFields(error)));
}

function ended(cause: unknown): AgentFailure {
  return new AgentFailure('agent_crashed', 'Claude ended in the middle of the turn; nobody can know how far it got.', {
    cause,
  });
}

const isLost = ({ errors = [] }: Result) => errors.some((error) => error.includes('No conversation found'));

function outcome(result: Result, { failure }: ClaudeEvents): StopReason {
  if (result.subtype === 'error_max_turns') return 'max_turns';
  if (result.stop_reason === 'refusal') return 'refusal';
  if (result.is_error || result.subtype !== 'success') throw failureOf(result, failure);
  return 'end_turn';
}
