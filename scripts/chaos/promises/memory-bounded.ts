import type { Peak } from '../memory-watch.ts';
import type { Promised } from './promise.ts';

/** How much more memory they may ever have than in a round without faults. */
const mostGrowth = 3;

export const memoryBounded: Promised = {
  sentence: `With stuck and slow readers neither workerd nor a sandbox's server ever has more than ${mostGrowth} times the memory of a calm moment.`,
  judge({ memory: { workerd, sandboxServer } }) {
    const grown = [grownBy('workerd', workerd), grownBy('a server', sandboxServer)];
    return {
      checked: grown.map(({ inWords }) => inWords).join('; '),
      broken: grown.flatMap(({ growth, inWords }) => (growth > mostGrowth ? [inWords] : [])),
    };
  },
};

function grownBy(name: string, { calm, most }: Peak): { growth: number; inWords: string } {
  const growth = most / calm;
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  return { growth, inWords: `${name}: ${mb(calm)} calm, ${mb(most)} at most, ${growth.toFixed(2)}` };
}
