import { hasEnded } from '../../public-door/sandbox-process.ts';
import { eventually, patiently } from '../eventually.ts';
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
      // Until the gateway knows, what comes may still be handed to it, and is cut.
      await patiently(`that the end of process ${pid} is known`, async () => {
        if ((world.sandboxServer(victim.id) ?? pid) !== pid) return true;
        return (await world.client.sessions.get(victim.id)).data.status === 'sleeping';
      });
    });
    return `that of ${victim.id.slice(-4)}, process ${pid}`;
  },
};
