import { type Event, gatewayRoutes, type Turn } from '@sandgate/api-spec';
import { openBearerProxy } from './bearer-proxy.ts';

/** As much of an EventSource as is used here. */
interface Source {
  readyState: number;
  onmessage: ((message: { data: string; lastEventId: string }) => void) | null;
  onerror: (() => void) | null;
}
type SourceClass = { new (url: string): Source; CLOSED: number };

export interface Message {
  data: string;
  lastEventId: string;
}

/**
 * Reads a stream to its end with an EventSource that is not ours: it comes back by itself after each cut, and stops as
 * it is answered 204. Also sent as text to where that EventSource lives, so that it names nothing from outside.
 */
export function readToEnd(EventSource: SourceClass, url: string): Promise<Message[]> {
  return new Promise((resolve) => {
    const messages: Message[] = [];
    const source = new EventSource(url);
    source.onmessage = ({ data, lastEventId }) => messages.push({ data, lastEventId });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) resolve(messages);
    };
  });
}

/** The lines of text that would end a frame, were they not encoded; and enough of them to be cut in between. */
const script = `for i in $(seq 1 20); do printf 'tick %s\\n\\ndata: evil\\r\\n\\nid: 99\\n🐘\\n' $i; sleep 0.1; done`;

/** What was read, and what should have been: the numbers and events of the turn, as they are in the log. */
export interface Judgement {
  cuts: number;
  read: { id: string; event: Event }[];
  due: { id: string; event: Event }[];
  /** What a reader makes of the deltas and snapshots, and what the turn printed. */
  rebuilt: string;
  printed: string;
}

/** Has the stream of a turn read through a proxy that cuts it twice. */
export async function judge(
  door: { url: string; apiKey: string },
  read: (url: string) => Promise<Message[]>,
): Promise<Judgement> {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = {
      authorization: `Bearer ${door.apiKey}`,
      'content-type': 'application/json',
      prefer: 'respond-async',
    };
    const response = await fetch(`${door.url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status}`);
    return (await response.json()) as T;
  };
  const sessions = gatewayRoutes.createSession.path;
  const { id } = await ask<{ id: string }>('POST', sessions, { permissionMode: 'bypass' });
  const messages = [{ role: 'user', content: script }];
  const turn = await ask<Turn>('POST', `${sessions}/${id}/chat`, { messages });
  const proxy = await openBearerProxy(door, [900, 1700]);
  try {
    const seen = await read(`${proxy.url}${sessions}/${id}/turns/${turn.id}/events`);
    const events = seen.map(({ data, lastEventId }) => ({ id: lastEventId, event: JSON.parse(data) as Event }));
    const { data: log } = await ask<{ data: Event[] }>('GET', `${sessions}/${id}/events`);
    const ofTurn = log.filter(({ turnId }) => turnId === turn.id);
    let rebuilt = '';
    for (const { event } of events) {
      if (event.type === 'tool.delta') rebuilt += event.text;
      if (event.type === 'tool.snapshot') rebuilt = event.text;
    }
    const result = ofTurn.find((event) => event.type === 'tool.result');
    return {
      cuts: proxy.cuts,
      read: events.filter(({ event }) => 'seq' in event),
      due: ofTurn.map((event) => ({ id: 'seq' in event ? String(event.seq) : '', event })),
      rebuilt,
      printed: result?.output ?? '',
    };
  } finally {
    proxy.close();
  }
}
