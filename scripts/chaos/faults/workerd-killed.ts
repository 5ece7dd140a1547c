import type { Fault } from './fault.ts';

export const workerdKilled: Fault = {
  name: 'workerd killed',
  sentence: 'The gateway and all its objects end in the middle of what they do, and come back from what is stored.',
  async strike({ world }) {
    const began = performance.now();
    await world.replaceWorkerd();
    return `back after ${Math.round(performance.now() - began)} ms`;
  },
};
