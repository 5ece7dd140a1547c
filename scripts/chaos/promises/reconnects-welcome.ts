import type { Promised } from './promise.ts';

export const reconnectsWelcome: Promised = {
  sentence: 'Who asks for a stream gets 200, or 204 where it is over; nobody gives up, or reads what is no event.',
  judge({ outcomes }) {
    const records = outcomes.flatMap(({ session }) => session.records);
    const broken = records.flatMap(({ who, turnId, sessionId, statuses, complaints }) => [
      ...statuses.filter((status) => status !== 200 && status !== 204).map((status) => `${who}: HTTP ${status}`),
      ...complaints.map((complaint) => `${who} of ${turnId ?? sessionId}: ${complaint}`),
    ]);
    return { checked: `${records.reduce((sum, { statuses }) => sum + statuses.length, 0)} answers`, broken };
  },
};
