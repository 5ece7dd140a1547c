import { setTimeout as sleep } from 'node:timers/promises';
import { abortOrchestrators } from '../aborter.ts';
import type { Fault } from './fault.ts';

export const orchestratorAborted: Fault = {
  name: 'Orchestrators aborted',
  sentence: 'A deploy ends every Orchestrator and its streams; the sandboxes work on.',
  async strike({ world, random }) {
    const times = random.int(1, 3);
    for (let time = 0; time < times; time += 1) {
      if (time > 0) await sleep(random.int(0, 1000));
      // Also where workerd itself is being started again.
      await abortOrchestrators(world.workers).catch(() => undefined);
    }
    return times === 1 ? 'once' : `${times} times`;
  },
};
