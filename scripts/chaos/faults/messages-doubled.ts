import { setTimeout as sleep } from 'node:timers/promises';
import { sessionName } from '../../../gateway/src/session-name.ts';
import type { Fault } from './fault.ts';

/** The account of a local stack. */
const account = 'acct_first';

export const messagesDoubled: Fault = {
  name: 'messages doubled',
  sentence: 'The Queue brings its messages again: before their turn, while it runs, and when it is over.',
  async strike({ world, sessions, random }) {
    const send = async (message: object) => (await world.workers.getQueueProducer('TURNS')).send(message);
    let brought = 0;
    for (let time = 0; time < 4; time += 1) {
      for (const { id } of sessions) {
        const name = await sessionName(account, id);
        const turns = await Array.fromAsync(world.client.sessions.handle(id).turns.list());
        const sent = turns.map((turn) => send({ session: name, turnId: turn.id }));
        // Another fault may have ended workerd.
        for (const { status } of await Promise.allSettled(sent)) if (status === 'fulfilled') brought += 1;
      }
      await sleep(random.int(50, 600));
    }
    return `${brought} of them`;
  },
};
