import { ProblemError } from '@sandgate/api-spec';
import type { DiskSave } from './store.ts';

/** What is to be said where a container was killed that had changed more than is saved. */
export function rewound(newest: DiskSave | undefined): ProblemError {
  const state = newest ? `as it was at ${newest.at}, after event ${newest.seq}` : 'empty';
  return new ProblemError(
    'disk_rewound',
    `The container ended without being put to sleep. Its disk is ${state}; what was changed since is lost.`,
  );
}
