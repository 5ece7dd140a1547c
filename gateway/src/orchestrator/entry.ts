import type { AgentEvent, Event } from '@sandgate/api-spec';

/** What can happen to a session: what agents say, and what only the gateway makes. */
export type SessionEvent = DistributiveOmit<Event, 'seq' | 'at' | 'sessionId' | 'turnId'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * An event and its JSON text. Most events are passed on by their text alone: one that was read is parsed once somebody
 * looks into it.
 */
export type Serialized<E extends { type: string }> = E extends unknown
  ? { readonly type: E['type']; readonly json: string; readonly event: E }
  : never;

export function serialized<E extends { type: string }>(event: E): Serialized<E> {
  return { type: event.type, json: JSON.stringify(event), event } as Serialized<E>;
}

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
export function enveloped({ type, json }: Pick<Entry, 'type' | 'json'>, envelope: string): string {
  const head = `{"type":"${type}"`;
  if (!json.startsWith(head)) throw new Error(`An event does not begin with its type: ${type}`);
  return `${head},${envelope}${json.slice(head.length)}`;
}

/** A frame of the public stream. JSON text holds no line break, so no text of a user can break the framing. */
export function frameText(entry: Pick<Entry, 'seq' | 'json'>): string {
  return entry.seq === undefined ? `data: ${entry.json}\n\n` : `id: ${entry.seq}\ndata: ${entry.json}\n\n`;
}

/** The JSON texts of frames that have numbers. */
export function textsOfFrames(frames: string): string[] {
  const head = '\ndata: ';
  const texts = frames.split('\n\n').slice(0, -1);
  return texts.map((frame) => frame.slice(frame.indexOf(head) + head.length));
}
