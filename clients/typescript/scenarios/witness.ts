import type { CompleteEvent, DurableEvent, Event } from '@sandgate/client';

/** What comes out of a stream, for a scenario to judge. */
export interface Watched {
  /** The agent's last message or, where it says nothing itself, the output of its last tool. */
  text: string;
  stopReason: CompleteEvent['stopReason'] | undefined;
  turnId: string | undefined;
  /** Of its durable events, without `status`. */
  types: string[];
  /** Of the last of them. */
  seq: number | undefined;
}

/** Sees every event of a stream once. */
export class Witness {
  readonly durable: DurableEvent[] = [];
  /** What deltas and snapshots made of each message and of each tool's output. */
  readonly #built = new Map<string, string>();

  see(event: Event): void {
    if ('seq' in event) this.durable.push(event);
    else if (event.type === 'message.snapshot') this.#built.set(event.messageId, event.text);
    else if (event.type === 'message.delta') this.#add(event.messageId, event.text);
    else if (event.type === 'tool.snapshot') this.#built.set(event.toolCallId, event.text);
    else if (event.type === 'tool.delta') this.#add(event.toolCallId, event.text);
  }

  get watched(): Omit<Watched, 'text'> {
    const complete = this.durable.find((event) => event.type === 'complete');
    return {
      stopReason: complete?.stopReason,
      turnId: this.durable[0]?.turnId,
      types: this.durable.map(({ type }) => type).filter((type) => type !== 'status'),
      seq: this.durable.at(-1)?.seq,
    };
  }

  /**
   * Holds what was seen against the log.
   *
   * @param isWhole whether no delta may be missing of what has any: nothing was cut.
   * @param isLive whether all must have come in deltas: it was watched from the start.
   * @throws where an event is missing, came twice or out of order, or the deltas do not make up what came of them
   */
  judge(log: DurableEvent[], { isWhole, isLive }: { isWhole: boolean; isLive: boolean }): void {
    const [seen, due] = [this.durable, log].map((events) => JSON.stringify(events.map(({ seq }) => seq)));
    if (seen !== due) throw new Error(`The stream had the events ${seen}, the log has ${due}`);
    for (const event of this.durable) {
      if (event.type === 'message') {
        const isDue = isLive && event.message.role === 'assistant';
        this.#compare(event.message.id, textOf(event.message), { isWhole, isDue });
      }
      if (event.type === 'tool.result') {
        // What was denied never ran and has no exit code: its output is the reason, which comes as a whole.
        const isDue = isLive && event.exitCode !== undefined;
        this.#compare(event.toolCallId, event.output, { isWhole, isDue });
      }
    }
  }

  #add(id: string, text: string): void {
    this.#built.set(id, (this.#built.get(id) ?? '') + text);
  }

  /** Who comes back when it is done gets no more deltas of it. */
  #compare(id: string, text: string, { isWhole, isDue }: { isWhole: boolean; isDue: boolean }): void {
    const built = this.#built.get(id) ?? (isDue ? '' : text);
    if (built === text || (!isWhole && text.startsWith(built))) return;
    throw new Error(`The deltas of ${id} make ${JSON.stringify(built)}, not ${JSON.stringify(text)}`);
  }
}

function textOf({ content }: { content: { text: string }[] }): string {
  return content.map(({ text }) => text).join('');
}
