import type { Promised } from './promise.ts';

export const interruptsKept: Promised = {
  sentence: 'What was said to be interrupted is, unless its sandbox was gone.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let count = 0;
    for (const { session, turns } of outcomes)
      for (const turnId of session.interrupted) {
        count += 1;
        const stopReason = turns.find(({ id }) => id === turnId)?.stopReason;
        const mayFail = session.hardRounds.size > 0 && stopReason === 'error';
        if (stopReason !== 'interrupted' && !mayFail)
          broken.push(`${session.id} ${turnId}: it ended with ${stopReason}`);
      }
    return { checked: `${count} interrupts`, broken };
  },
};
