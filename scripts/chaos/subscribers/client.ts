import type { Event } from '@sandgate/api-spec';
import { ApiError, type Event as ClientEvent, Sandgate } from '@sandgate/client';
import type { Record } from '../record.ts';
import type { Door, Subscribe } from './subscriber.ts';

/** A client of ours that notes each answer to a request for a stream. */
export function clientOf({ url, apiKey }: Door, record: Record): Sandgate {
  const noting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method === 'GET') record.statuses.push(response.status);
    return response;
  };
  return new Sandgate({ baseUrl: url, apiKey, fetch: noting });
}

/** Our own client. It never says that a connection was cut: what it yields has to make sense without that. */
export const subscribeAsClient: Subscribe = async (door, record, signal) => {
  const session = clientOf(door, record).sessions.handle(record.sessionId);
  const { turnId, after, types } = record;
  const stream =
    turnId === undefined ? session.events({ after, types, signal }) : session.turns.events(turnId, { after, signal });
  await read(stream, record, signal);
};

/** Notes what a stream of our client yields, to its end. */
export async function read(stream: AsyncIterable<ClientEvent>, record: Record, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of stream) record.see(event as Event);
    record.ended = true;
  } catch (error) {
    if (signal.aborted) return;
    record.complaints.push(`gave up: ${error instanceof ApiError ? `${error.status} ${error.code}` : error}`);
  }
}
