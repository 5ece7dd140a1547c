import type { Promised } from './promise.ts';

export const nothingStuck: Promised = {
  sentence: 'Every turn ends, every session answers a last chat, and every subscriber arrives at the end.',
  judge: ({ outcomes, stuck }) => ({ checked: `${outcomes.length} sessions`, broken: stuck }),
};
