import type { Promised } from './promise.ts';

/** How much more memory workerd may ever have than after a round without faults. */
const mostGrowth = 3;

export const memoryBounded: Promised = {
  sentence: `With stuck and slow readers workerd never has more than ${mostGrowth} times the memory of a calm moment.`,
  judge({ memory: { calm, most } }) {
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    const checked = `${mb(calm)} calm, ${mb(most)} at most: ${(most / calm).toFixed(2)}`;
    return { checked, broken: most > calm * mostGrowth ? [checked] : [] };
  },
};
