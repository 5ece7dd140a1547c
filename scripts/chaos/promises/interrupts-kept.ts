import { isExcused } from '../hardship.ts';
import type { Promised } from './promise.ts';

export const interruptsKept: Promised = {
  sentence: 'What was said to be interrupted is, unless its sandbox was gone.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let count = 0;
    for (const { session, log, turns } of outcomes)
      for (const turnId of session.interrupted) {
        count += 1;
        const stopReason = turns.find(({ id }) => id === turnId)?.stopReason;
        const events = log.filter((event) => event.turnId === turnId);
        if (stopReason !== 'interrupted' && !isExcused(events, session.hardships))
          broken.push(`${session.id} ${turnId}: it ended with ${stopReason}`);
      }
    return { checked: `${count} interrupts`, broken };
  },
};
