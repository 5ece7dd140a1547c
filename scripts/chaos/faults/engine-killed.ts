import { endanger } from '../hardship.ts';
import type { Fault } from './fault.ts';

export const engineKilled: Fault = {
  name: 'engine killed',
  sentence: 'What runs the containers ends with all of them, and another takes its place.',
  async strike({ world, sessions }) {
    const began = performance.now();
    await endanger(sessions, ['sandbox_restarted'], () => world.replaceEngine());
    return `replaced after ${Math.round(performance.now() - began)} ms`;
  },
};
