import { z } from 'zod';
import type { AgentTurn, Answer, Ask } from '../../agent.ts';
import { allOptions, denial } from '../answers.ts';
import type { ToolRules, ToolUse } from './rules.ts';
import type { CanUseTool, PreToolUse, SdkPermission } from './sdk.ts';
import { titleOf } from './title.ts';

const Questions = z.object({
  questions: z.array(z.object({ question: z.string(), options: z.array(z.object({ label: z.string() })).optional() })),
});
type Questions = z.infer<typeof Questions>;

/**
 * Asks a person for what the rules do not decide. The CLI asks twice for each call: the hook comes for every call, and
 * waits; what it learned is handed over when the CLI then asks for the permission, where a denial can be said in words.
 */
export class ClaudePermissions {
  readonly #turn: AgentTurn;
  readonly #rules: ToolRules;
  /** The tools that a person allowed for the session. */
  readonly #allowed: Set<string>;
  /** By the id of the call, until the CLI asks. */
  readonly #decided = new Map<string, SdkPermission>();

  constructor(turn: AgentTurn, rules: ToolRules, allowed: Set<string>) {
    this.#turn = turn;
    this.#rules = rules;
    this.#allowed = allowed;
  }

  readonly hook: PreToolUse = async ({ tool_name: name = '', tool_input }, toolCallId) => {
    const hookEventName = 'PreToolUse';
    if (toolCallId === undefined)
      return {
        hookSpecificOutput: { hookEventName, permissionDecision: 'deny', permissionDecisionReason: 'Not known.' },
      };
    const use = { name, input: z.record(z.string(), z.unknown()).catch({}).parse(tool_input) };
    this.#decided.set(toolCallId, await this.#decide(use, toolCallId));
    return { hookSpecificOutput: { hookEventName, permissionDecision: 'ask' } };
  };

  /** A decision is for one call of one tool, once. */
  readonly canUseTool: CanUseTool = async (_name, _input, { toolUseID }) => {
    const decided = this.#decided.get(toolUseID);
    this.#decided.delete(toolUseID);
    return decided ?? { behavior: 'deny', message: 'Nobody was asked for this call.' };
  };

  async #decide(use: ToolUse, toolCallId: string): Promise<SdkPermission> {
    const verdict = this.#rules.verdict(use);
    if (verdict === 'deny') return { behavior: 'deny', message: "The session's rules do not allow this." };
    if (use.name === 'AskUserQuestion') return this.#askQuestions(use, toolCallId);
    if (verdict === 'ask' && !this.#allowed.has(use.name)) return this.#askPermission(use, toolCallId);
    this.#sayWorking(use);
    return { behavior: 'allow', updatedInput: use.input };
  }

  async #askPermission(use: ToolUse, toolCallId: string): Promise<SdkPermission> {
    const answer = await this.#ask(use, toolCallId, { kind: 'permission', options: allOptions });
    if (answer.decision === 'deny') return { behavior: 'deny', message: denial(answer) };
    if (answer.scope === 'session') this.#allowed.add(use.name);
    const input = answer.updatedInput ?? use.input;
    // The log shows what runs: the newest call of an id.
    if (answer.updatedInput)
      this.#turn.emit({ type: 'tool.call', toolCallId, name: use.name, title: titleOf({ ...use, input }), input });
    this.#sayWorking(use);
    return { behavior: 'allow', updatedInput: input };
  }

  async #askQuestions(use: ToolUse, toolCallId: string): Promise<SdkPermission> {
    const asked = Questions.safeParse(use.input);
    if (!asked.success) return { behavior: 'deny', message: 'These are no questions.' };
    const questions = asked.data.questions.map(({ question, options }, index) => ({
      id: String(index + 1),
      text: question,
      ...(options && { choices: options.map(({ label }) => label) }),
    }));
    const options = allOptions.filter(({ scope }) => scope === 'once');
    const answer = await this.#ask(use, toolCallId, { kind: 'question', questions, options });
    if (answer.decision === 'deny') return { behavior: 'deny', message: denial(answer) };
    return { behavior: 'allow', updatedInput: { ...use.input, answers: answersByText(asked.data, answer) } };
  }

  #ask(use: ToolUse, toolCallId: string, more: Pick<Ask, 'kind' | 'options' | 'questions'>): Promise<Answer> {
    return this.#turn.ask({ toolCallId, tool: use.name, title: titleOf(use), input: use.input, ...more });
  }

  #sayWorking(use: ToolUse): void {
    this.#turn.emit({ type: 'status', status: { state: 'working', detail: titleOf(use) } });
  }
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
