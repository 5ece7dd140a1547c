import type { Fault } from './fault.ts';
import { workerdKilled } from './workerd-killed.ts';

export const messagesLost: Fault = {
  name: 'messages lost',
  sentence: 'Turns are left to the Queue, and it loses them: the local one keeps its messages in memory.',
  async strike(target) {
    const left = target.sessions.map((session) => session.leave(target.round, target.random));
    await Promise.race(left.map(({ taken }) => taken));
    return workerdKilled.strike(target);
  },
};
