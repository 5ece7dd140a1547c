import type { DiskTrial } from './disk-trial.ts';

/** The sessions that faults have for themselves, with what became of them. */
export interface Trials {
  disks: DiskTrial[];
}
