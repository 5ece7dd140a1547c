import { FullDisk } from '../full-disk.ts';
import type { Fault } from './fault.ts';

export const sandboxFull: Fault = {
  name: 'sandbox full',
  sentence: 'A tool fills the disk of its sandbox, which its files share with the records of the server.',
  missing: ({ diskMode }) => (diskMode === 'loop' ? undefined : 'sandboxes have no file system of their own'),
  async strike({ world, trials }) {
    const disk = await FullDisk.open(world);
    trials.fullDisks.push(disk);
    const times = await disk.run();
    return `that of ${disk.session.id}${times > 1 ? `, and again, as its container was killed: ${times} times` : ''}`;
  },
};
