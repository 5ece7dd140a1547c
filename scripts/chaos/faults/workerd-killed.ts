import { eventually } from '../eventually.ts';
import type { Fault } from './fault.ts';

export const workerdKilled: Fault = {
  name: 'workerd killed',
  sentence: 'The gateway and all its objects end in the middle of what they do, and come back from what is stored.',
  async strike({ world }) {
    const pid = await eventually('workerd to kill', async () => world.workerd());
    process.kill(pid, 'SIGKILL');
    const began = performance.now();
    await eventually('a workerd that answers', () => isUp(world.door.url));
    return `process ${pid}, back after ${Math.round(performance.now() - began)} ms`;
  },
};

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
