import type { Promised } from './promise.ts';

export const fullDiskHarmless: Promised = {
  sentence:
    'A full disk in a sandbox is an error that says so; nothing on it is lost, and with room again all goes on.',
  judge: ({ fullDisks }) => ({
    checked: `${fullDisks.length} disks`,
    broken: fullDisks.flatMap(({ problems }) => problems),
  }),
};
