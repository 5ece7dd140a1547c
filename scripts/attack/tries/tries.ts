import type { TryClass } from '../try.ts';
import { filesApi } from './files-api.ts';
import { filesChanges } from './files-changes.ts';
import { hostFiles } from './host-files.ts';
import { networks } from './networks.ts';
import { ownServer } from './own-server.ts';
import { privileges } from './privileges.ts';
import { processes } from './processes.ts';

/** The whole table, but for what exhausts: that is timed, and in exhaustion.ts. */
export const tries: readonly TryClass[] = [
  hostFiles,
  filesApi,
  filesChanges,
  processes,
  ownServer,
  networks,
  privileges,
];
