import type { Peak } from '../memory-watch.ts';
import type { Promised } from './promise.ts';

/** How much more memory workerd may ever have than in a round without faults. */
const mostGrowth = 3;

/**
 * How much a server in a sandbox may ever have, in bytes, of the 1 GiB of its container: it keeps up to 64 MB of a turn, as
 * much of the turn before until that is collected, and what it made of both to send it. Full turns without end take it to
 * 490 MB.
 */
const mostOfServer = 550e6;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

export const memoryBounded: Promised = {
  sentence: `With stuck and slow readers workerd never has more than ${mostGrowth} times the memory of a calm moment, and no server in a sandbox more than ${mb(mostOfServer)}.`,
  judge({ memory: { workerd, sandboxServer }, outcomes }) {
    const checked = [`workerd ${inWords(workerd)}`];
    const broken: string[] = [];
    if (workerd.most > workerd.calm * mostGrowth) broken.push(`workerd: ${inWords(workerd)}`);
    if (outcomes.length > 0) {
      checked.push(`a server ${inWords(sandboxServer)}`);
      if (sandboxServer.most > mostOfServer) broken.push(`a server: ${inWords(sandboxServer)}`);
      if (sandboxServer.most === 0) broken.push('no server was seen at all');
    }
    return { checked: checked.join('; '), broken };
  },
};

const inWords = ({ calm, most }: Peak) => `${mb(calm)} calm, ${mb(most)} at most`;
