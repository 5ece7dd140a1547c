import type { Kill } from '../disk-trial.ts';
import type { Promised } from './promise.ts';

export const diskWhole: Promised = {
  sentence: 'A disk holds what it held before or after what was cut off, to the byte; what is lost is in the log.',
  judge({ disks }) {
    const kills = disks.flatMap((disk) => disk.kills);
    const checked = `${kills.length} kills (${counts(kills, 'what')}) of a ${counts(kills, 'work')}; found ${counts(kills, 'found')}`;
    return { checked, broken: disks.flatMap(({ problems }) => problems) };
  },
};

function counts(kills: Kill[], key: keyof Kill): string {
  const groups = Map.groupBy(kills, (kill) => kill[key]);
  return [...groups].map(([name, group]) => `${name} ${group.length}×`).join(', ') || 'nothing';
}
