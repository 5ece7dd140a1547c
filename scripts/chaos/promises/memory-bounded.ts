import type { Peak } from '../memory-watch.ts';
import type { Promised } from './promise.ts';

/**
 * How much more memory they may ever have than in a round without faults. A server begins with 80 MB and keeps up to 64 MB
 * of a turn, with that much again around its many small frames, and that of the turn before until it is collected.
 */
const mostGrowth = { workerd: 3, sandboxServer: 10 };

export const memoryBounded: Promised = {
  sentence: `With stuck and slow readers workerd never has more than ${mostGrowth.workerd} times the memory of a calm moment, a server in a sandbox ${mostGrowth.sandboxServer} times.`,
  judge({ memory: { workerd, sandboxServer } }) {
    const judged = [
      growth('workerd', workerd, mostGrowth.workerd),
      growth('a server', sandboxServer, mostGrowth.sandboxServer),
    ];
    return {
      checked: judged.map(({ inWords }) => inWords).join('; '),
      broken: judged.flatMap(({ isTooMuch, inWords }) => (isTooMuch ? [inWords] : [])),
    };
  },
};

function growth(name: string, { calm, most }: Peak, limit: number): { isTooMuch: boolean; inWords: string } {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const inWords = `${name}: ${mb(calm)} calm, ${mb(most)} at most: ${(most / calm).toFixed(2)}`;
  return { isTooMuch: most > calm * limit, inWords };
}
