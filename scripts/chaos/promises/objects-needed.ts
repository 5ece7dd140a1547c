import type { Promised } from './promise.ts';

export const objectsNeeded: Promised = {
  sentence: 'In R2 is what the saves need, and nothing else; of a session that was deleted nothing.',
  judge: ({ objects: { count, wrong } }) => ({ checked: `${count} objects`, broken: wrong }),
};
