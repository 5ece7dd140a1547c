import { Event } from '@sandgate/api-spec';
import { EventSource } from 'eventsource';
import type { Subscribe } from './subscriber.ts';

/** npm `eventsource`, which does what the standard says: it comes back by itself, and gives up on any status but 200. */
export const subscribeAsEventSource: Subscribe = ({ url, apiKey }, record, signal) => {
  const begin = new URL(record.path, url);
  begin.searchParams.set('after', String(record.after));
  const source = new EventSource(begin, {
    fetch: async (input, init) => {
      const headers = { ...init.headers, authorization: `Bearer ${apiKey}` };
      const response = await fetch(input, { ...init, headers });
      record.statuses.push(response.status);
      return response;
    },
  });
  return new Promise((resolve) => {
    const stop = () => {
      source.close();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    source.addEventListener('message', ({ data, lastEventId }) => {
      const event: Event = JSON.parse(data);
      Event.parse(event);
      // The standard keeps the last id for events that have none.
      record.see(event, 'seq' in event ? lastEventId : undefined);
    });
    source.addEventListener('error', (error) => {
      record.cut();
      if (source.readyState !== source.CLOSED || signal.aborted) return;
      // The answer 204 is how a stream that is over stops an EventSource.
      if (error.code === 204 && record.turnId !== undefined) record.ended = true;
      else record.complaints.push(`gave up: ${error.code ?? error.message}`);
      stop();
    });
  });
};
