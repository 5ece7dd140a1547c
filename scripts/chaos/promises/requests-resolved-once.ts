import type { Promised } from './promise.ts';

export const requestsResolvedOnce: Promised = {
  sentence: 'Each request is resolved once, and as the person was told that it is, unless its turn was stopped.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let count = 0;
    for (const { session, log } of outcomes) {
      const resolved = Map.groupBy(
        log.filter((event) => event.type === 'permission.resolved'),
        ({ requestId }) => requestId,
      );
      const stopped = new Set(
        log.flatMap((event) => (event.type === 'complete' && event.stopReason === 'interrupted' ? event.turnId : [])),
      );
      for (const event of log) {
        if (event.type !== 'permission.requested') continue;
        count += 1;
        const times = resolved.get(event.requestId)?.length ?? 0;
        if (times !== 1) broken.push(`${session.id} ${event.requestId}: resolved ${times} times`);
      }
      for (const { requestId, decision } of session.said) {
        const outcome = resolved.get(requestId)?.[0];
        // The turn was stopped before its agent was told.
        if (outcome?.by === 'interrupt' && outcome.decision === 'deny' && stopped.has(outcome.turnId)) continue;
        if (outcome?.decision !== decision || outcome.by !== 'user')
          broken.push(
            `${session.id} ${requestId}: told ${decision}, in the log ${outcome?.decision} by ${outcome?.by}`,
          );
      }
    }
    return { checked: `${count} requests`, broken };
  },
};
