import { DiskTrial, type DiskWork } from '../disk-trial.ts';
import { engineKilled } from './engine-killed.ts';
import type { Fault, Target } from './fault.ts';
import { orchestratorAborted } from './orchestrator-aborted.ts';
import { workerdKilled } from './workerd-killed.ts';

export const diskSaveCutOff = cutOff('save', 'A disk is being saved, and what saves it ends in the middle of it.');

export const diskWakeCutOff = cutOff(
  'wake',
  'A disk is being restored, and what restores it ends in the middle of it.',
);

export const diskSnapshotCutOff = cutOff('snapshot', 'A snapshot is being taken, and what takes it ends.');

export const diskReturnCutOff = cutOff('return', 'A disk goes back to a snapshot, and what sees to it ends.');

export const diskForkCutOff = cutOff(
  'fork',
  'A session is being forked, and what copies its log and lends its files ends.',
);

/** Its container, the Orchestrators, workerd or the engine is killed at a random moment of it. */
function cutOff(work: DiskWork, sentence: string): Fault {
  return {
    name: `disk ${work} cut off`,
    sentence,
    async strike(target) {
      const trial = await freeTrial(target);
      try {
        return await trial.cutOff(work, () => kill(target, trial.session.id));
      } finally {
        trial.isTaken = false;
      }
    },
  };
}

async function freeTrial({ world, trials, random }: Target): Promise<DiskTrial> {
  const free = trials.disks.find(({ isTaken }) => !isTaken);
  if (free) {
    free.isTaken = true;
    return free;
  }
  const trial = await DiskTrial.open(world, random.fork('disk'));
  trials.disks.push(trial);
  return trial;
}

/** Its container in most cases, where there is one; else what ends all that goes on, or all containers. */
async function kill(target: Target, sessionId: string): Promise<string> {
  const { world, random } = target;
  const chance = random.next();
  const pid = world.sandboxServer(sessionId);
  if (chance < 0.45 && pid !== undefined) {
    process.kill(pid, 'SIGKILL');
    return 'its container';
  }
  if (chance < 0.65) {
    await orchestratorAborted.strike(target);
    return 'the Orchestrators';
  }
  if (chance < 0.87) {
    // Both at once: what is on the disk then is what was saved, and not what its container still has.
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await workerdKilled.strike(target);
    return pid === undefined ? 'workerd' : 'workerd with its container';
  }
  await engineKilled.strike(target);
  return 'the engine';
}
