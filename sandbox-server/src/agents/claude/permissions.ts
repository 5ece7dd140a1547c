import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { AgentTurn, Answer, Ask } from '../../agent.ts';
import { Parked } from '../../parking.ts';
import { allOptions, denial } from '../answers.ts';
import type { ClaudeEvents } from './events.ts';
import type { ToolRules, ToolUse } from './rules.ts';
import type { CanUseTool, PreToolUse, SdkPermission } from './sdk.ts';
import { titleOf } from './title.ts';

const Questions = z.object({
  questions: z.array(z.object({ question: z.string(), options: z.array(z.object({ label: z.string() })).optional() })),
});
type Questions = z.infer<typeof Questions>;

/** The call that the process was given up with. */
export const ParkedCall = z.object({
  toolCallId: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
});
type ParkedCall = z.infer<typeof ParkedCall>;

interface AnsweredCall {
  call: ParkedCall;
  answer: Answer;
}

/**
 * Asks a person for what the rules do not decide. The CLI asks twice for each call: the hook comes for every call, and
 * waits; what it learned is handed over when the CLI then asks for the permission, where a denial can be said in words.
 */
export class ClaudePermissions {
  readonly #turn: AgentTurn;
  readonly #rules: ToolRules;
  /** The tools that a person allowed for the session. */
  readonly #allowed: Set<string>;
  readonly #events: ClaudeEvents;
  /** By the id of the call, until the CLI asks. */
  readonly #decided = new Map<string, SdkPermission>();
  /** The call that was answered while there was no process. */
  #resumed: AnsweredCall | undefined;
  readonly #parkedCallId: string | undefined;
  /** Settles once the process is to be given up, with what its end is told by. */
  readonly parked = Promise.withResolvers<Parked>();

  constructor(turn: AgentTurn, rules: ToolRules, allowed: Set<string>, events: ClaudeEvents) {
    this.#turn = turn;
    this.#rules = rules;
    this.#allowed = allowed;
    this.#events = events;
    this.#resumed = turn.resumed && { call: ParkedCall.parse(turn.resumed.state), answer: turn.resumed.answer };
    this.#parkedCallId = this.#resumed?.call.toolCallId;
  }

  /** Whether the call that was answered has not come yet. */
  get awaitsCall(): boolean {
    return this.#resumed !== undefined;
  }

  readonly hook: PreToolUse = async ({ tool_name: name = '', tool_input }, toolCallId) => {
    const hookEventName = 'PreToolUse';
    if (toolCallId === undefined)
      return {
        hookSpecificOutput: { hookEventName, permissionDecision: 'deny', permissionDecisionReason: 'Not known.' },
      };
    const use = { name, input: z.record(z.string(), z.unknown()).catch({}).parse(tool_input) };
    try {
      this.#decided.set(toolCallId, await this.#decide(use, toolCallId));
    } catch (error) {
      if (!(error instanceof Parked)) throw error;
      this.parked.resolve(error);
      return { hookSpecificOutput: { hookEventName, permissionDecision: 'defer' } };
    }
    return { hookSpecificOutput: { hookEventName, permissionDecision: 'ask' } };
  };

  /**
   * A decision is for one call of one tool, once. For the call that was parked the CLI comes here without the hook, and
   * more than once: each answer names the input that runs.
   */
  readonly canUseTool: CanUseTool = async (name, input, { toolUseID }) => {
    if (this.#resumed?.call.toolCallId === toolUseID)
      this.#decided.set(toolUseID, await this.#decide({ name, input }, toolUseID));
    const decided = this.#decided.get(toolUseID);
    if (toolUseID !== this.#parkedCallId) this.#decided.delete(toolUseID);
    return decided ?? { behavior: 'deny', message: 'Nobody was asked for this call.' };
  };

  async #decide(use: ToolUse, toolCallId: string): Promise<SdkPermission> {
    const verdict = this.#rules.verdict(use);
    const resumed = this.#resumedWith(toolCallId);
    if (resumed && !isSame(resumed.call, use))
      return { behavior: 'deny', message: 'This is another call than the one that was answered.' };
    if (verdict === 'deny') return { behavior: 'deny', message: "The session's rules do not allow this." };
    if (use.name === 'AskUserQuestion') return this.#askQuestions(use, toolCallId, resumed?.answer);
    // What was asked is answered, whatever the rules are by now.
    if (resumed || (verdict === 'ask' && !this.#allowed.has(use.name)))
      return this.#askPermission(use, toolCallId, resumed?.answer);
    this.#sayWorking(use);
    return { behavior: 'allow', updatedInput: use.input };
  }

  async #askPermission(use: ToolUse, toolCallId: string, given?: Answer): Promise<SdkPermission> {
    const answer = given ?? (await this.#ask(use, toolCallId, { kind: 'permission', options: allOptions }));
    if (answer.decision === 'deny') return { behavior: 'deny', message: denial(answer) };
    if (answer.scope === 'session') this.#allowed.add(use.name);
    const input = answer.updatedInput ?? use.input;
    // The log shows what runs: the newest call of an id.
    if (answer.updatedInput)
      this.#turn.emit({ type: 'tool.call', toolCallId, name: use.name, title: titleOf({ ...use, input }), input });
    this.#sayWorking(use);
    return { behavior: 'allow', updatedInput: input };
  }

  async #askQuestions(use: ToolUse, toolCallId: string, given?: Answer): Promise<SdkPermission> {
    const asked = Questions.safeParse(use.input);
    if (!asked.success) return { behavior: 'deny', message: 'These are no questions.' };
    const questions = asked.data.questions.map(({ question, options }, index) => ({
      id: String(index + 1),
      text: question,
      ...(options && { choices: options.map(({ label }) => label) }),
    }));
    const options = allOptions.filter(({ scope }) => scope === 'once');
    const answer = given ?? (await this.#ask(use, toolCallId, { kind: 'question', questions, options }));
    if (answer.decision === 'deny') return { behavior: 'deny', message: denial(answer) };
    return { behavior: 'allow', updatedInput: { ...use.input, answers: answersByText(asked.data, answer) } };
  }

  #ask(use: ToolUse, toolCallId: string, more: Pick<Ask, 'kind' | 'options' | 'questions'>): Promise<Answer> {
    const state: ParkedCall = { toolCallId, ...use };
    const isAlone = () => this.#events.isAlone(toolCallId);
    const request = { toolCallId, tool: use.name, title: titleOf(use), input: use.input, ...more };
    return this.#turn.ask(request, { state, isAlone });
  }

  /** The answer that the call with this id waits for: it comes for one call, once. */
  #resumedWith(toolCallId: string): AnsweredCall | undefined {
    const resumed = this.#resumed;
    if (resumed?.call.toolCallId !== toolCallId) return undefined;
    this.#resumed = undefined;
    return resumed;
  }

  #sayWorking(use: ToolUse): void {
    this.#turn.emit({ type: 'status', status: { state: 'working', detail: titleOf(use) } });
  }
}

/** The CLI has a call from its transcript, which the tools can write: an answer is for what was asked. */
function isSame({ name, input }: ParkedCall, use: ToolUse): boolean {
  return isDeepStrictEqual({ name, input }, use);
}

/** The CLI wants the answers by the texts of the questions. */
function answersByText({ questions }: Questions, { answers = {} }: Answer): Record<string, string> {
  return Object.fromEntries(
    questions.flatMap(({ question }, index) => {
      const answer = answers[String(index + 1)];
      return answer === undefined ? [] : [[question, answer]];
    }),
  );
}
