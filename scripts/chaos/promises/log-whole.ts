import type { Promised } from './promise.ts';

export const logWhole: Promised = {
  sentence: 'The log is numbered without a gap, and each turn in it ends with its one `complete`.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let turnCount = 0;
    for (const { session, log, turns } of outcomes) {
      log.forEach((event, index) => {
        if (!('seq' in event) || event.seq !== index + 1)
          broken.push(`${session.id}: ${index + 1} is ${JSON.stringify(event)}`);
      });
      for (const turn of turns) {
        turnCount += 1;
        const types = log.filter(({ turnId }) => turnId === turn.id).map(({ type }) => type);
        const ends = types.filter((type) => type === 'complete').length;
        if (ends !== 1 || types.at(-1) !== 'complete' || turn.status !== 'complete')
          broken.push(`${session.id} ${turn.id}: ${turn.status}, ${ends} × complete, ends with ${types.at(-1)}`);
      }
    }
    const events = outcomes.reduce((sum, { log }) => sum + log.length, 0);
    return { checked: `${events} events of ${turnCount} turns`, broken };
  },
};
