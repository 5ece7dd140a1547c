import { randomUUID } from 'node:crypto';
import { type StopReason, textOf } from '@sandgate/api-spec';
import { z } from 'zod';
import { type Agent, AgentFailure, type AgentTurn, type Answer } from '../agent.ts';
import { type CommandEnd, runCommand } from '../tools/command.ts';
import { CommandOutput } from '../tools/command-output.ts';
import type { ToolsUser } from '../tools/user.ts';
import { allOptions, denial } from './answers.ts';

const name = 'shell';
const title = 'Run a shell script';
const defaultTimeoutSeconds = 600;
const ShellInput = z.strictObject({ script: z.string() });

/** A script that waits for its permission, of the message with this index. */
const Waiting = z.object({ index: z.int(), toolCallId: z.string(), script: z.string() });
type Waiting = z.infer<typeof Waiting>;

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
    parks: true,
  };
  readonly #user: ToolsUser;
  /** The sessions whose person allowed every script of theirs. */
  readonly #allowed = new Set<string>();

  constructor(user: ToolsUser) {
    this.#user = user;
  }

  async run(turn: AgentTurn): Promise<StopReason> {
    const resumed = turn.resumed && { waiting: Waiting.parse(turn.resumed.state), answer: turn.resumed.answer };
    for (const [index, message] of turn.messages.entries()) {
      if (resumed && index < resumed.waiting.index) continue;
      const isResumed = index === resumed?.waiting.index;
      const waiting = isResumed ? resumed.waiting : { index, toolCallId: newCallId(), script: textOf(message) };
      const script = isResumed ? this.#answered(waiting, resumed.answer, turn) : await this.#permitted(waiting, turn);
      if (script === undefined || turn.signal.aborted) break;
      await this.#execute(script, waiting.toolCallId, turn);
    }
    return 'end_turn';
  }

  /** The script, if it may run. */
  async #permitted(waiting: Waiting, turn: AgentTurn): Promise<string | undefined> {
    const { toolCallId, script } = waiting;
    const input = { script };
    turn.emit({ type: 'tool.call', toolCallId, name, title, input });
    if (turn.permissionMode === 'bypass' || this.#allowed.has(turn.sessionId)) return script;
    const request = { kind: 'permission' as const, toolCallId, tool: name, title, input, options: allOptions };
    return this.#answered(waiting, await turn.ask(request, { state: waiting }), turn);
  }

  /**
   * The script that may run: the given one, or what the person made of it. A `tool.call` with an id seen before
   * replaces its input: the newest is what runs. Of a denied one the result says why.
   */
  #answered({ toolCallId, script }: Waiting, answer: Answer, turn: AgentTurn): string | undefined {
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

const newCallId = () => `call_${randomUUID().replaceAll('-', '')}`;

function failToStart(cause: unknown): CommandEnd {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  throw new AgentFailure('shell_not_started', `The shell could not be started (${reason}).`, { cause });
}
