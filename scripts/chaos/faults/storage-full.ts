import { setTimeout as sleep } from 'node:timers/promises';
import { endanger } from '../hardship.ts';
import type { Fault } from './fault.ts';

export const storageFull: Fault = {
  name: 'storage full',
  sentence: 'For a while nothing can be stored: what happens then may end turns, but must not be lied about.',
  missing: ({ disk }) => (disk ? undefined : 'it needs root, to mount a small disk'),
  async strike({ world: { disk }, sessions, random }) {
    const ms = random.int(200, 2000);
    await endanger(sessions, ['internal_error'], async () => {
      disk?.fill();
      await sleep(ms);
      disk?.empty();
    });
    return `for ${ms} ms`;
  },
};
