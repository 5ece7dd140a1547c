import type { Record } from '../record.ts';
import type { Promised } from './promise.ts';

export const deletedGone: Promised = {
  sentence: 'A session that is deleted during a turn is gone, its sandbox too; nobody saw a turn of it end twice.',
  judge({ deletions }) {
    const broken = deletions.flatMap(({ problems, records }) => [...problems, ...records.flatMap(disorder)]);
    return { checked: `${deletions.length} sessions`, broken };
  },
};

/** What a reader saw of its log until that was gone. */
function disorder({ who, sessionId, events }: Record): string[] {
  const durable = events.filter((event) => 'seq' in event);
  const ends = durable.flatMap(({ type, turnId }) => (type === 'complete' ? [turnId] : []));
  return [
    ...(durable.every(({ seq }, index) => seq === index + 1) ? [] : [`${who} of ${sessionId}: its numbers have a gap`]),
    ...(new Set(ends).size === ends.length ? [] : [`${who} of ${sessionId}: saw a turn end twice`]),
  ];
}
