import { type Promised, turnsOf } from './promise.ts';

export const runOnce: Promised = {
  sentence: 'No command runs twice, says a witness outside of the sandbox; one that ended well ran from end to end.',
  judge({ outcomes, deletions, statements }) {
    const broken: string[] = [];
    const heard = Map.groupBy(statements, ({ tag, step }) => `${tag} ${step}`);
    for (const outcome of outcomes)
      for (const asked of outcome.session.asked) {
        const { tag, steps } = asked.plan;
        const turnIds = turnsOf(asked, outcome);
        const ran = outcome.turns.filter(
          ({ id, stopReason }) =>
            turnIds.includes(id) &&
            stopReason === 'end_turn' &&
            outcome.log.some((event) => event.turnId === id && event.type === 'tool.result' && !event.isError),
        ).length;
        for (let step = 1; step <= steps; step += 1) {
          const times = heard.get(`${tag} ${step}`)?.length ?? 0;
          heard.delete(`${tag} ${step}`);
          if (times > turnIds.length || times < ran)
            broken.push(`${outcome.session.id} ${tag}: step ${step} ran ${times} times in ${turnIds.length} turns`);
        }
      }
    for (const { session, plans } of deletions)
      for (const { tag, steps } of plans)
        for (let step = 1; step <= steps; step += 1) {
          const times = heard.get(`${tag} ${step}`)?.length ?? 0;
          heard.delete(`${tag} ${step}`);
          if (times > 1) broken.push(`${session.id}, deleted, ${tag}: step ${step} ran ${times} times`);
        }
    for (const unknown of heard.keys()) broken.push(`the witness was told of "${unknown}", which nobody asked for`);
    return { checked: `${statements.length} steps heard of`, broken };
  },
};
