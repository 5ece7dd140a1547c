import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const connectionCut: Fault = {
  name: 'connections cut',
  sentence: 'Networks end connections after any byte of a request or an answer.',
  async strike({ world: { proxy }, random }) {
    let chosen = 0;
    for (let wave = random.int(2, 6); wave > 0; wave -= 1) {
      for (let count = random.int(1, 6); count > 0 && proxy.size > 0; count -= 1) {
        const side = random.chance(0.85) ? 'answer' : 'request';
        const afterBytes = random.pick([0, 1, random.int(0, 40), random.int(0, 400), random.int(0, 4000)]);
        chosen += 1;
        proxy.cut(random.int(0, proxy.size - 1), { side, afterBytes, reset: random.chance(0.5) });
      }
      await sleep(random.int(20, 400));
    }
    return `${chosen}, each after 0 to 4000 more bytes`;
  },
};
