import { type Promised, turnsOf } from './promise.ts';

export const postsTakenOnce: Promised = {
  sentence: 'What was posted is one turn for each key, however often it was sent, and nothing else is.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let count = 0;
    for (const outcome of outcomes) {
      const known = new Set<string>();
      for (const asked of outcome.session.asked) {
        count += 1;
        const turnIds = turnsOf(asked, outcome);
        for (const id of turnIds) known.add(id);
        if (turnIds.length < asked.atLeast || turnIds.length > asked.atMost)
          broken.push(`${outcome.session.id} ${asked.plan.tag}: ${turnIds.length} turns`);
      }
      for (const { id } of outcome.turns)
        if (!known.has(id)) broken.push(`${outcome.session.id}: nobody asked for the turn ${id}`);
    }
    return { checked: `${count} posts`, broken };
  },
};
