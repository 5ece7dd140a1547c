import type { Message } from '@sandgate/api-spec';
import type { AgentTurn } from '../../agent.ts';
import { resultLimit } from '../../tools/command-output.ts';
import { Excerpt } from '../../tools/excerpt.ts';
import type { SdkMessage, ToolResult } from './messages.ts';
import { titleOf } from './title.ts';

type Of<T extends SdkMessage['type']> = Extract<SdkMessage, { type: T }>;

/**
 * Turns what the SDK says into our events. The SDK sends an answer of the model block by block; a message of ours is
 * all that it says before it calls a tool.
 */
export class ClaudeEvents {
  readonly #turn: AgentTurn;
  readonly #names = new Map<string, string>();
  /** The calls that have no result yet. */
  readonly #open = new Set<string>();
  /** The calls of the agent's last answer, those of its helpers not counted, and whether more may come. */
  #answer = new Set<string>();
  #isAnswering = false;
  #messageId: string | undefined;
  #part = 0;
  #said: Message['content'] = [];
  /** What the CLI said of a request that failed, and why. */
  failure: { kind: string; text: string } | undefined;

  constructor(turn: AgentTurn) {
    this.#turn = turn;
  }

  /** A call of an earlier process has its result here. */
  goOnWith(toolCallId: string, name: string): void {
    this.#names.set(toolCallId, name);
    this.#open.add(toolCallId);
  }

  /** Whether nothing is under way but this call, and the model asked for no other beside it. */
  isAlone(toolCallId: string): boolean {
    const holdsOnly = (calls: Set<string>) => calls.size === 1 && calls.has(toolCallId);
    return !this.#isAnswering && holdsOnly(this.#answer) && holdsOnly(this.#open);
  }

  take(message: SdkMessage): void {
    if (message.type === 'stream_event') this.#stream(message);
    else if (message.type === 'assistant') this.#assistant(message);
    else if (message.type === 'user') this.#results(message);
    else if (message.type === 'system' && message.subtype === 'status')
      this.#turn.emit({ type: 'status', status: { state: 'thinking' } });
    else if (message.type === 'result') this.#result(message);
  }

  /** What a helper of the agent says is its own affair; what its tools do is not. */
  #stream({ event, parent_tool_use_id }: Of<'stream_event'>): void {
    if (parent_tool_use_id !== null) return;
    if (event.type === 'message_start') {
      this.#begin(event.message.id);
      this.#isAnswering = true;
    } else if (event.type === 'message_stop') {
      this.#flush();
      this.#isAnswering = false;
    } else this.#turn.emit({ type: 'message.delta', messageId: this.#ownId, text: event.delta.text });
  }

  #assistant({ message, parent_tool_use_id, error }: Of<'assistant'>): void {
    if (error !== undefined) {
      const text = message.content.map((block) => (block?.type === 'text' ? block.text : '')).join('');
      this.failure = { kind: error, text };
      return;
    }
    if (parent_tool_use_id === null && message.id !== this.#messageId) this.#begin(message.id);
    for (const block of message.content)
      if (block?.type === 'tool_use') {
        this.#flush();
        const { id: toolCallId, name, input } = block;
        this.#names.set(toolCallId, name);
        this.#open.add(toolCallId);
        if (parent_tool_use_id === null) this.#answer.add(toolCallId);
        this.#turn.emit({ type: 'tool.call', toolCallId, name, title: titleOf(block), input });
      } else if (block && parent_tool_use_id === null)
        this.#said.push(
          block.type === 'text' ? { type: 'text', text: block.text } : { type: 'reasoning', text: block.thinking },
        );
  }

  #results({ message, tool_use_result }: Of<'user'>): void {
    if (typeof message.content === 'string') return;
    const results = message.content.flatMap((block) => block ?? []);
    // The tool's own answer belongs to a message of one result.
    for (const result of results) this.#toolResult(result, results.length === 1 ? tool_use_result : undefined);
  }

  #toolResult(result: ToolResult, own: unknown): void {
    const { tool_use_id: toolCallId, is_error } = result;
    const isError = is_error ?? false;
    this.#open.delete(toolCallId);
    if (this.#turn.signal.aborted) {
      this.#turn.emit({ type: 'tool.result', toolCallId, isError: true, output: '[interrupted]' });
      return;
    }
    const { output, truncated } = shortened(outputOf(result, own));
    const exitCode = this.#names.get(toolCallId) === 'Bash' ? exitCodeOf(output, isError) : undefined;
    const about = { isError, output, ...(exitCode !== undefined && { exitCode }) };
    this.#turn.emit({
      type: 'tool.result',
      toolCallId,
      ...about,
      ...((truncated || isCut(own)) && { truncated: true }),
    });
  }

  #result({ usage }: Of<'result'>): void {
    this.#flush();
    const cached = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
    const inputTokens = usage.input_tokens + cached;
    if (inputTokens + usage.output_tokens > 0)
      this.#turn.emit({ type: 'usage', inputTokens, outputTokens: usage.output_tokens });
  }

  get #ownId(): string {
    return this.#part === 0 ? `${this.#messageId}` : `${this.#messageId}.${this.#part}`;
  }

  #begin(messageId: string): void {
    this.#flush();
    this.#messageId = messageId;
    this.#answer = new Set();
    this.#part = 0;
  }

  #flush(): void {
    if (this.#said.length === 0) return;
    this.#turn.emit({ type: 'message', message: { id: this.#ownId, role: 'assistant', content: this.#said } });
    this.#said = [];
    this.#part += 1;
  }
}

/** Bash tells both its outputs apart from what the model is given to read. */
function outputOf({ content = '' }: ToolResult, own: unknown): string {
  if (typeof own === 'object' && own !== null && 'stdout' in own && 'stderr' in own)
    return [own.stdout, own.stderr].filter((text) => typeof text === 'string' && text !== '').join('\n');
  if (typeof content === 'string') return content;
  return content.map(({ type, text }) => text ?? `[${type}]`).join('\n');
}

const isCut = (own: unknown) => typeof own === 'object' && own !== null && 'persistedOutputPath' in own;

function shortened(text: string): { output: string; truncated: boolean } {
  const excerpt = new Excerpt(resultLimit);
  excerpt.add(text);
  return { output: excerpt.toString(), truncated: excerpt.omitted > 0 };
}

function exitCodeOf(output: string, isError: boolean): number | undefined {
  if (!isError) return 0;
  const code = /^Exit code (\d+)/.exec(output)?.[1];
  return code === undefined ? undefined : Number(code);
}
