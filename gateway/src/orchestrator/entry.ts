import type { AgentEvent, Event } from '@sandgate/api-spec';

/** What can happen to a session: what agents say, and what only the gateway makes. */
export type SessionEvent = DistributiveOmit<Event, 'seq' | 'at' | 'sessionId' | 'turnId'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event as it is stored and sent: its JSON text, and what readers select by. */
export interface Entry {
  /** Absent where the event is not durable. */
  seq?: number;
  turnId: string | undefined;
  type: string;
  json: string;
}

const transientTypes: ReadonlySet<string> = new Set<AgentEvent['type'] | Event['type']>([
  'message.delta',
  'message.snapshot',
  'tool.delta',
  'tool.snapshot',
]);

export function isDurable(event: { type: string }): boolean {
  return !transientTypes.has(event.type);
}

/** The JSON text of an event with its envelope, which is set behind the type: that comes first in both. */
export function enveloped(event: SessionEvent, envelope: string): string {
  const text = JSON.stringify(event);
  const head = `{"type":"${event.type}"`;
  if (!text.startsWith(head)) throw new Error(`An event does not begin with its type: ${event.type}`);
  return `${head},${envelope}${text.slice(head.length)}`;
}

/** A frame of the public stream. JSON text holds no line break, so no text of a user can break the framing. */
export function frameText(entry: Entry): string {
  return entry.seq === undefined ? `data: ${entry.json}\n\n` : `id: ${entry.seq}\ndata: ${entry.json}\n\n`;
}
