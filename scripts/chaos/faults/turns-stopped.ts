import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const doings = ['an interrupt', 'an interrupt of any', 'a chat that interrupts', 'a chat that does not wait'] as const;

export const turnsStopped: Fault = {
  name: 'turns stopped',
  sentence: 'People change their minds: they stop what runs and what is queued, replace it, or do not want to wait.',
  async strike({ sessions, round, random }) {
    const session = random.pick(sessions);
    const done: string[] = [];
    for (let count = random.int(1, 2); count > 0; count -= 1) session.ask(round, random);
    for (let count = random.int(3, 6); count > 0; count -= 1) {
      await sleep(random.int(0, 900));
      const doing = random.pick(doings);
      done.push(doing);
      if (doing === 'a chat that interrupts') session.replace(round, 'interrupt', random);
      else if (doing === 'a chat that does not wait') session.replace(round, 'reject', random);
      // Where nobody answers, nothing was promised.
      else await session.interrupt(round, doing === 'an interrupt' ? 'first' : 'any', random).catch(() => undefined);
    }
    return `${done.join(', ')}, in ${session.id.slice(-4)}`;
  },
};
