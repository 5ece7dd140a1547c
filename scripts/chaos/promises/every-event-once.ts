import { isDeepStrictEqual } from 'node:util';
import type { Record } from '../record.ts';
import type { Outcome, Promised } from './promise.ts';

export const everyEventOnce: Promised = {
  sentence: 'Each subscriber sees each durable event once and in order, as it is in the log.',
  judge({ outcomes }) {
    const records = outcomes.flatMap((outcome) => outcome.session.records.map((record) => ({ record, outcome })));
    const broken = records.flatMap(({ record, outcome }) => difference(record, outcome) ?? []);
    const seen = records.reduce((sum, { record }) => sum + record.events.length, 0);
    return { checked: `${seen} sightings of ${records.length} subscribers`, broken };
  },
};

function difference(record: Record, { log }: Outcome): string | undefined {
  const expected = log.filter(
    (event) =>
      'seq' in event && event.seq > record.after && (record.turnId === undefined || event.turnId === record.turnId),
  );
  const seen = record.events.filter((event) => 'seq' in event);
  const at = expected.findIndex((event, index) => !isDeepStrictEqual(event, seen[index]));
  const who = `${record.who} of ${record.turnId ?? record.sessionId}`;
  if (at >= 0 || seen.length > expected.length) {
    const place = at >= 0 ? at : expected.length;
    return `${who}: saw ${brief(seen[place])} in the place of ${brief(expected[place])}`;
  }
  for (const sighting of record.sightings) {
    if (sighting === 'cut' || record.who.includes('client')) continue;
    const { event, id } = sighting;
    const due = 'seq' in event ? String(event.seq) : undefined;
    if (id !== due) return `${who}: the id ${id} came with ${brief(event)}`;
  }
  return undefined;
}

function brief(event: object | undefined): string {
  return event ? JSON.stringify(event).slice(0, 160) : 'nothing';
}
