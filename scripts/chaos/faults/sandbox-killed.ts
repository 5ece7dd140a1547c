import type { Fault } from './fault.ts';

export const sandboxKilled: Fault = {
  name: 'sandbox killed',
  sentence: 'A container ends without a word, and its disk with it: a turn that ran there ends in an error.',
  async strike({ world, sessions, random, mayEnd }) {
    const victim = random.pick(sessions);
    mayEnd([victim]);
    const pid = world.sandboxServer(victim.id);
    if (pid === undefined) return `none ran in ${victim.id.slice(-4)}`;
    process.kill(pid, 'SIGKILL');
    return `that of ${victim.id.slice(-4)}, process ${pid}`;
  },
};
