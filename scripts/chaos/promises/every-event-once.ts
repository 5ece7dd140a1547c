import { isDeepStrictEqual } from 'node:util';
import type { Event } from '@sandgate/api-spec';
import type { Record } from '../record.ts';
import type { Outcome, Promised } from './promise.ts';

export const everyEventOnce: Promised = {
  sentence:
    'Each subscriber sees each durable event that it wants once and in order; ids without one pass over no other.',
  judge({ outcomes }) {
    const records = outcomes.flatMap((outcome) => outcome.session.records.map((record) => ({ record, outcome })));
    const broken = records.flatMap(({ record, outcome }) => difference(record, outcome) ?? []);
    const seen = records.reduce((sum, { record }) => sum + record.events.length, 0);
    return { checked: `${seen} sightings of ${records.length} subscribers`, broken };
  },
};

function difference(record: Record, { log }: Outcome): string | undefined {
  const expected = log.filter((event) => record.isDue(event));
  const seen = record.events.filter((event) => 'seq' in event);
  const at = expected.findIndex((event, index) => !isDeepStrictEqual(event, seen[index]));
  const who = `${record.who} of ${record.turnId ?? record.sessionId}, behind ${record.after}`;
  if (at >= 0 || seen.length > expected.length) {
    const place = at >= 0 ? at : expected.length;
    return `${who}: saw ${brief(seen[place])} in the place of ${brief(expected[place])}`;
  }
  const problem = record.who.includes('client') ? undefined : wrongId(record, expected);
  return problem && `${who}: ${problem}`;
}

/** An id is that of its event or, alone, goes on from the one before and leaves out nothing that is due. */
function wrongId({ sightings, after }: Record, expected: Event[]): string | undefined {
  let cursor = after;
  let seen = 0;
  for (const sighting of sightings) {
    if (sighting === 'cut') continue;
    if ('carriedTo' in sighting) {
      if (sighting.carriedTo <= cursor) return `was carried from ${cursor} to ${sighting.carriedTo}`;
      cursor = sighting.carriedTo;
      const next = expected[seen];
      if (next && 'seq' in next && next.seq <= cursor) return `was carried to ${cursor}, past ${brief(next)}`;
      continue;
    }
    const { event, id } = sighting;
    const due = 'seq' in event ? event.seq : undefined;
    if (id !== due?.toString()) return `the id ${id} came with ${brief(event)}`;
    if (due === undefined) continue;
    if (due <= cursor) return `${due} came behind ${cursor}`;
    cursor = due;
    seen += 1;
  }
  return undefined;
}

function brief(event: object | undefined): string {
  return event ? JSON.stringify(event).slice(0, 160) : 'nothing';
}
