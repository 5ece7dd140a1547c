import { isWaiting, type Outcome, type Promised } from './promise.ts';

export const queueInOrder: Promised = {
  sentence: 'The turns of a session run one after the other, in the order in which they were taken.',
  judge({ outcomes }) {
    const broken = outcomes.flatMap(disorder);
    return { checked: `${outcomes.reduce((sum, { turns }) => sum + turns.length, 0)} turns`, broken };
  },
};

/** A turn is open from its first event to its last, and begins to run only where none is open that came before it. */
function disorder({ session, log }: Outcome): string[] {
  const open = new Set<string>();
  return log.flatMap((event) => {
    const { turnId, type } = event;
    if (turnId === undefined) return [];
    if (type === 'complete') open.delete(turnId);
    else open.add(turnId);
    const [first] = open;
    return isWaiting(event) || type === 'complete' || first === turnId
      ? []
      : [`${session.id}: ${type} of ${turnId}, while ${first} is open`];
  });
}
