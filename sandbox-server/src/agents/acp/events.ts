import { randomUUID } from 'node:crypto';
import type { SessionUpdate, ToolCallContent, ToolCallUpdate } from '@agentclientprotocol/sdk';
import type { AgentTurn } from '../../agent.ts';
import { resultLimit } from '../../tools/command-output.ts';
import { Excerpt } from '../../tools/excerpt.ts';

/** A call as it is known so far: the agent tells of it piece by piece. */
interface Call {
  name: string;
  title: string;
  input: Record<string, unknown>;
  content: ToolCallContent[];
  rawOutput: unknown;
  isOver: boolean;
}

/** Turns the updates of the protocol into our events. Kinds that have no event of ours are passed over. */
export class AcpEvents {
  readonly #turn: AgentTurn;
  readonly #calls = new Map<string, Call>();
  #message: { id: string; text: string; reasoning: string } | undefined;

  constructor(turn: AgentTurn) {
    this.#turn = turn;
  }

  take(update: SessionUpdate): void {
    if (update.sessionUpdate === 'agent_message_chunk' && update.content.type === 'text')
      this.#say(update.content.text);
    else if (update.sessionUpdate === 'agent_thought_chunk' && update.content.type === 'text')
      this.#current.reasoning += update.content.text;
    else if (update.sessionUpdate === 'tool_call' || update.sessionUpdate === 'tool_call_update') this.call(update);
  }

  /** What a request for permission says of a call counts as an update of it. */
  call(update: ToolCallUpdate): Call {
    this.flush();
    const known = this.#calls.get(update.toolCallId);
    const call: Call = {
      name: update.kind ?? known?.name ?? 'other',
      title: update.title ?? known?.title ?? 'Use a tool',
      input: inputOf(update.rawInput) ?? known?.input ?? {},
      content: update.content ?? known?.content ?? [],
      rawOutput: update.rawOutput ?? known?.rawOutput,
      isOver: known?.isOver ?? false,
    };
    this.#calls.set(update.toolCallId, call);
    const { name, title, input } = call;
    const { toolCallId } = update;
    // At first the input is often empty, and the newest call of an id is what runs.
    if (!known || (update.rawInput !== undefined && known.input !== input && !known.isOver))
      this.#turn.emit({ type: 'tool.call', toolCallId, name, title, input });
    if (update.status === 'in_progress')
      this.#turn.emit({ type: 'status', status: { state: 'working', detail: title } });
    if (update.status === 'completed' || update.status === 'failed') this.#end(toolCallId, call, update.status);
    return call;
  }

  /** A message ends where a call begins, or with the turn. */
  flush(): void {
    if (!this.#message) return;
    const { id, text, reasoning } = this.#message;
    this.#message = undefined;
    this.#turn.emit({
      type: 'message',
      message: {
        id,
        role: 'assistant',
        content: [
          ...(reasoning ? [{ type: 'reasoning' as const, text: reasoning }] : []),
          ...(text ? [{ type: 'text' as const, text }] : []),
        ],
      },
    });
  }

  /** What was stopped has no end of its own. */
  interrupted(): void {
    this.flush();
    for (const [toolCallId, call] of this.#calls)
      if (!call.isOver) this.#turn.emit({ type: 'tool.result', toolCallId, isError: true, output: '[interrupted]' });
  }

  get #current() {
    this.#message ??= { id: `msg_${randomUUID().replaceAll('-', '')}`, text: '', reasoning: '' };
    return this.#message;
  }

  #say(text: string): void {
    this.#current.text += text;
    this.#turn.emit({ type: 'message.delta', messageId: this.#current.id, text });
  }

  #end(toolCallId: string, call: Call, status: 'completed' | 'failed'): void {
    if (call.isOver) return;
    call.isOver = true;
    const excerpt = new Excerpt(resultLimit);
    excerpt.add(outputOf(call));
    const truncated = excerpt.omitted > 0 && { truncated: true };
    this.#turn.emit({
      ...{ type: 'tool.result', toolCallId, isError: status === 'failed', output: String(excerpt) },
      ...truncated,
    });
  }
}

function inputOf(raw: unknown): Record<string, unknown> | undefined {
  if (raw === undefined || raw === null) return undefined;
  return typeof raw === 'object' && !Array.isArray(raw) ? (raw as Record<string, unknown>) : { input: raw };
}

function outputOf({ content, rawOutput }: Call): string {
  if (content.length > 0) return content.map(textOf).join('\n');
  if (rawOutput === undefined || rawOutput === null) return '';
  return typeof rawOutput === 'string' ? rawOutput : JSON.stringify(rawOutput);
}

function textOf(content: ToolCallContent): string {
  if (content.type === 'diff') return `Changed ${content.path}`;
  if (content.type === 'content')
    return content.content.type === 'text' ? content.content.text : `[${content.content.type}]`;
  return `[${content.type}]`;
}
