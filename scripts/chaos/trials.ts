import type { Deletion } from './deletion.ts';
import type { DiskTrial } from './disk-trial.ts';
import type { FullDisk } from './full-disk.ts';

/** The sessions that faults have for themselves, with what became of them. */
export interface Trials {
  disks: DiskTrial[];
  deletions: Deletion[];
  fullDisks: FullDisk[];
}
