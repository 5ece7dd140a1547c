import type { Serialized, SessionEvent } from './entry.ts';
import { TurnError } from './turn-error.ts';

/** How much of a tool's output a snapshot shows, in UTF-16 units. */
const toolTail = 64 * 1024;

/** How much text may be under way at once, in UTF-16 units, its names included: it stands in memory. */
const textLimit = 4 * 1024 * 1024;

/** What a text costs that says nothing yet, in the same units. */
const emptySize = 64;

/**
 * The messages and tool outputs that are under way: what somebody who arrives now must be shown once, and the frame
 * behind which a new reader of the sandbox has to begin to rebuild them.
 */
export class Partials {
  #messages = new Map<string, { text: string; from: number }>();
  #tools = new Map<string, { text: string; truncated: boolean; from: number }>();
  #size = 0;

  /**
   * @param cursor the number of the frame that brought the event.
   * @throws TurnError where more is under way than may be.
   */
  apply(told: Serialized<SessionEvent>, cursor: number): void {
    if (told.type === 'message.delta') {
      const { messageId, text } = told.event;
      const partial = this.#messages.get(messageId) ?? { text: '', from: cursor };
      this.#set(this.#messages, messageId, { ...partial, text: partial.text + text });
    } else if (told.type === 'message.snapshot') {
      const { messageId, text } = told.event;
      this.#set(this.#messages, messageId, { text, from: cursor });
    } else if (told.type === 'tool.snapshot') {
      const { toolCallId, text } = told.event;
      const truncated = told.event.truncated || text.length > toolTail;
      this.#set(this.#tools, toolCallId, { text: text.slice(-toolTail), truncated, from: cursor });
    } else if (told.type === 'tool.delta') {
      const { toolCallId } = told.event;
      const partial = this.#tools.get(toolCallId) ?? { text: '', truncated: false, from: cursor };
      const text = partial.text + told.event.text;
      const truncated = partial.truncated || text.length > toolTail;
      this.#set(this.#tools, toolCallId, { ...partial, text: text.slice(-toolTail), truncated });
    } else if (told.type === 'message') {
      this.#delete(this.#messages, told.event.message.id);
    } else if (told.type === 'tool.result') {
      this.#delete(this.#tools, told.event.toolCallId);
    } else if (told.type === 'complete') {
      this.clear();
    }
  }

  /** Whether the text that an event brings a piece of is under way. */
  has(told: Serialized<SessionEvent>): boolean {
    if (told.type === 'message.delta') return this.#messages.has(told.event.messageId);
    return told.type === 'tool.delta' && this.#tools.has(told.event.toolCallId);
  }

  /** The frame behind which all that is under way can be read again; `newest` where nothing is. */
  resumeCursor(newest: number): number {
    const starts = [...this.#messages.values(), ...this.#tools.values()].map(({ from }) => from - 1);
    return Math.min(newest, ...starts);
  }

  snapshots(): SessionEvent[] {
    return [
      ...[...this.#messages].map(
        ([messageId, { text }]): SessionEvent => ({ type: 'message.snapshot', messageId, text }),
      ),
      ...[...this.#tools].map(
        ([toolCallId, { text, truncated }]): SessionEvent => ({ type: 'tool.snapshot', toolCallId, text, truncated }),
      ),
    ];
  }

  clear(): void {
    this.#messages.clear();
    this.#tools.clear();
    this.#size = 0;
  }

  #set<T extends { text: string }>(partials: Map<string, T>, id: string, partial: T): void {
    const before = partials.get(id);
    this.#size += before ? partial.text.length - before.text.length : emptySize + id.length + partial.text.length;
    if (this.#size > textLimit) throw new TurnError('sandbox_error', 'The sandbox began more messages than it ended.');
    partials.set(id, partial);
  }

  #delete(partials: Map<string, { text: string }>, id: string): void {
    const before = partials.get(id);
    if (before) this.#size -= emptySize + id.length + before.text.length;
    partials.delete(id);
  }
}
