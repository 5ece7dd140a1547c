import { type AgentEvent, frameLimit } from '@sandgate/api-spec';

/** The longest message, in UTF-16 units as JSON: it must fit in the frame that ends it. */
const messageLimit = frameLimit - 4096;

/** How much of a tool's output its snapshot holds, in UTF-16 units: the gateway shows no more. */
const toolTail = 64 * 1024;

/** How much may be under way at once, in UTF-16 units. */
const totalLimit = 3 * 1024 * 1024;

interface Open {
  text: string;
  /** Its length as JSON. */
  size: number;
  truncated: boolean;
  /** The number of its newest frame. */
  cursor: number;
}

/** The messages and tool outputs that are under way: what their deltas made so far, should these be let go. */
export class OpenTexts {
  readonly #messages = new Map<string, Open>();
  readonly #tools = new Map<string, Open>();
  #size = 0;

  /** Why an event cannot be taken, if it cannot. */
  refusal(event: AgentEvent): string | undefined {
    if (event.type !== 'message.delta' && event.type !== 'tool.delta') return undefined;
    if (this.#size + event.text.length > totalLimit) return 'More messages were begun than ended.';
    if (event.type === 'tool.delta') return undefined;
    const size = (this.#messages.get(event.messageId)?.size ?? 0) + jsonLength(event.text);
    return size > messageLimit ? `A message is longer than ${messageLimit} characters.` : undefined;
  }

  apply(event: AgentEvent, cursor: number): void {
    if (event.type === 'message.delta') this.#add(this.#messages, event.messageId, event.text, cursor);
    else if (event.type === 'tool.delta') this.#add(this.#tools, event.toolCallId, event.text, cursor, toolTail);
    else if (event.type === 'message') this.#end(this.#messages, event.message.id);
    else if (event.type === 'tool.result') this.#end(this.#tools, event.toolCallId);
  }

  /** Each as one frame in the place of all of its deltas, under the number of the newest. */
  snapshots(): { cursor: number; event: AgentEvent }[] {
    return [
      ...[...this.#messages].map(([messageId, { text, cursor }]) => ({
        cursor,
        event: { type: 'message.snapshot' as const, messageId, text },
      })),
      ...[...this.#tools].map(([toolCallId, { text, truncated, cursor }]) => ({
        cursor,
        event: { type: 'tool.snapshot' as const, toolCallId, text, truncated },
      })),
    ];
  }

  #add(texts: Map<string, Open>, id: string, text: string, cursor: number, tail = Number.POSITIVE_INFINITY): void {
    const open = texts.get(id) ?? { text: '', size: 0, truncated: false, cursor };
    const all = open.text + text;
    const kept = all.length > tail ? all.slice(-tail) : all;
    this.#size += kept.length - open.text.length;
    const truncated = open.truncated || kept.length < all.length;
    texts.set(id, { text: kept, size: open.size + jsonLength(text), truncated, cursor });
  }

  #end(texts: Map<string, Open>, id: string): void {
    this.#size -= texts.get(id)?.text.length ?? 0;
    texts.delete(id);
  }
}

/** Without its quotes. */
const jsonLength = (text: string) => JSON.stringify(text).length - 2;
