import { makePlan } from '../plan.ts';
import type { Session } from '../session.ts';
import type { Door } from '../subscribers/subscriber.ts';
import type { Fault } from './fault.ts';

export const postTwice: Fault = {
  name: 'posts sent twice',
  sentence: 'Callers and proxies send a request again: at once and after the answer, with a key and without.',
  async strike({ world, sessions, round, random }) {
    const session = random.pick(sessions);
    const plan = () =>
      makePlan(session.agent, `p${session.id.slice(-4)}-${round}-${session.asked.length}`, random, session.asks);
    const keyed = plan();
    session.post(round, keyed, async (key) => {
      const turns = await Promise.all([1, 2, 3].map(() => post(world.door, session, keyed.content, key)));
      turns.push(await post(world.door, session, keyed.content, key));
      if (new Set(turns).size > 1) throw new Error(`one key named the turns ${[...new Set(turns)].join(' and ')}`);
    });
    const keyless = plan();
    const twice = session.post(
      round,
      keyless,
      async () => {
        const once = () => Promise.allSettled([post(world.door, session, keyless.content)]);
        const turns = [...(await Promise.all([once(), once()])).flat(), ...(await once())];
        const known = turns.flatMap((turn) => (turn.status === 'fulfilled' ? [turn.value] : []));
        twice.atLeast = known.length;
        if (new Set(known).size < known.length) throw new Error('posts without a key became one turn');
      },
      { atLeast: 0, atMost: 3 },
    );
    return `four with one key and three without, to ${session.id.slice(-4)}`;
  },
};

/** Posts once, or with a key as often as it takes, and answers the turn. */
async function post(door: Door, { id }: Session, content: string, key?: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${door.url}/v1/sessions/${id}/chat`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${door.apiKey}`,
          'content-type': 'application/json',
          prefer: 'respond-async',
          ...(key && { 'idempotency-key': key }),
        },
        body: JSON.stringify({ messages: [{ role: 'user', content }] }),
      });
      const body = (await response.json()) as { id?: string };
      if (response.status !== 202 || body.id === undefined) throw new Error(`HTTP ${response.status}`);
      return body.id;
    } catch (error) {
      if (key === undefined || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
