import { Deletion } from '../deletion.ts';
import type { Fault } from './fault.ts';

export const sessionDeleted: Fault = {
  name: 'session deleted',
  sentence: 'A session is deleted while a turn runs in it and another waits.',
  async strike({ world, trials, random }) {
    const deletion = await Deletion.open(world, random.fork('deletion'));
    trials.deletions.push(deletion);
    const ms = random.int(0, 2000);
    const hasBegun = random.chance(0.7);
    await deletion.run(ms, hasBegun);
    return `${deletion.session.id}, ${ms} ms after its turns were ${hasBegun ? 'begun' : 'posted'}`;
  },
};
