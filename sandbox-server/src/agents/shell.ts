import { randomUUID } from 'node:crypto';
import { type StopReason, textOf } from '@sandgate/api-spec';
import { z } from 'zod';
import { type Agent, AgentFailure, type AgentTurn } from '../agent.ts';
import { type CommandEnd, runCommand } from '../tools/command.ts';
import { CommandOutput } from '../tools/command-output.ts';
import type { ToolsUser } from '../tools/user.ts';
import { allOptions, denial } from './answers.ts';

const name = 'shell';
const title = 'Run a shell script';
const defaultTimeoutSeconds = 600;
const ShellInput = z.strictObject({ script: z.string() });

/** Runs each message as a shell script, in the workspace, and nothing else: there is no model behind it. */
export class ShellAgent implements Agent {
  readonly capabilities = {
    speaks: false,
    asksQuestions: false,
    asksInParallel: false,
    takesEditedInput: true,
    takesDenyMessage: true,
    namesProviderFailures: false,
    limitsTurns: false,
    parks: false,
  };
  readonly #user: ToolsUser;
  /** The sessions whose person allowed every script of theirs. */
  readonly #allowed = new Set<string>();

  constructor(user: ToolsUser) {
    this.#user = user;
  }

  async run(turn: AgentTurn): Promise<StopReason> {
    for (const message of turn.messages) {
      const toolCallId = `call_${randomUUID().replaceAll('-', '')}`;
      const script = await this.#permitted(textOf(message), toolCallId, turn);
      if (script === undefined || turn.signal.aborted) break;
      await this.#execute(script, toolCallId, turn);
    }
    return 'end_turn';
  }

  /**
   * The script that may run: the given one, or what the person made of it. A `tool.call` with an id seen before
   * replaces its input: the newest is what runs. Of a denied one the result says why.
   */
  async #permitted(script: string, toolCallId: string, turn: AgentTurn): Promise<string | undefined> {
    turn.emit({ type: 'tool.call', toolCallId, name, title, input: { script } });
    if (turn.permissionMode === 'bypass' || this.#allowed.has(turn.sessionId)) return script;
    const answer = await turn.ask({
      kind: 'permission',
      toolCallId,
      tool: name,
      title,
      input: { script },
      options: allOptions,
    });
    if (answer.decision === 'deny') {
      turn.emit({ type: 'tool.result', toolCallId, isError: true, output: denial(answer) });
      return undefined;
    }
    if (answer.scope === 'session') this.#allowed.add(turn.sessionId);
    if (answer.updatedInput === undefined) return script;
    const updated = ShellInput.safeParse(answer.updatedInput);
    if (!updated.success) {
      const output = `Not run: the updated input must be {"script": "…"}. ${z.prettifyError(updated.error)}`;
      turn.emit({ type: 'tool.result', toolCallId, isError: true, output });
      return undefined;
    }
    turn.emit({ type: 'tool.call', toolCallId, name, title, input: updated.data });
    return updated.data.script;
  }

  async #execute(script: string, toolCallId: string, turn: AgentTurn): Promise<void> {
    turn.emit({ type: 'status', status: { state: 'working', detail: 'Running the script' } });
    const output = new CommandOutput(this.#user, `.sandgate/output/${toolCallId}.txt`, (stream, text) =>
      turn.emit({ type: 'tool.delta', toolCallId, stream, text }),
    );
    const timeoutSeconds = turn.agentOptions.commandTimeoutSeconds ?? defaultTimeoutSeconds;
    const { exitCode, stoppedBy } = await runCommand(script, this.#user, {
      signal: turn.signal,
      timeoutSeconds,
      onOutput: (stream, chunk) => output.add(stream, chunk),
    }).catch(failToStart);
    if (stoppedBy === 'timeout') output.note(`\n[stopped after ${timeoutSeconds} s]\n`);
    if (stoppedBy === 'interrupt') output.note('\n[interrupted]\n');
    const isError = exitCode !== 0 || stoppedBy !== undefined;
    turn.emit({ type: 'tool.result', toolCallId, isError, exitCode, ...(await output.end()) });
  }
}

function failToStart(cause: unknown): CommandEnd {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  throw new AgentFailure('shell_not_started', `The shell could not be started (${reason}).`, { cause });
}
