import { hasEnded } from '../../public-door/sandbox-process.ts';
import { eventually } from '../eventually.ts';
import { endanger } from '../hardship.ts';
import type { Fault } from './fault.ts';

export const sandboxKilled: Fault = {
  name: 'sandbox killed',
  sentence: 'A container ends without a word, and its disk with it: a turn that ran there ends in an error.',
  async strike({ world, sessions, random }) {
    const victim = random.pick(sessions);
    const pid = world.sandboxServer(victim.id);
    if (pid === undefined) return `none ran in ${victim.id.slice(-4)}`;
    await endanger([victim], ['sandbox_restarted'], async () => {
      process.kill(pid, 'SIGKILL');
      await eventually(`end of process ${pid}`, async () => hasEnded(pid));
    });
    return `that of ${victim.id.slice(-4)}, process ${pid}`;
  },
};
