import { connectionCut } from './connection-cut.ts';
import {
  diskForkCutOff,
  diskReturnCutOff,
  diskSaveCutOff,
  diskSnapshotCutOff,
  diskWakeCutOff,
} from './disk-cut-off.ts';
import { engineKilled } from './engine-killed.ts';
import type { Fault } from './fault.ts';
import { messagesDoubled } from './messages-doubled.ts';
import { messagesLost } from './messages-lost.ts';
import { orchestratorAborted } from './orchestrator-aborted.ts';
import { postTwice } from './post-twice.ts';
import { sandboxFull } from './sandbox-full.ts';
import { sandboxKilled } from './sandbox-killed.ts';
import { sessionDeleted } from './session-deleted.ts';
import { storageFull } from './storage-full.ts';
import { stuckReaders } from './stuck-readers.ts';
import { turnsStopped } from './turns-stopped.ts';
import { upstreamStalled } from './upstream-stalled.ts';
import { workerdKilled } from './workerd-killed.ts';

/** All that goes wrong, a file each. */
export const faults: readonly Fault[] = [
  connectionCut,
  workerdKilled,
  orchestratorAborted,
  sandboxKilled,
  engineKilled,
  upstreamStalled,
  postTwice,
  messagesLost,
  messagesDoubled,
  turnsStopped,
  sessionDeleted,
  stuckReaders,
  storageFull,
  sandboxFull,
  diskSaveCutOff,
  diskWakeCutOff,
  diskSnapshotCutOff,
  diskReturnCutOff,
  diskForkCutOff,
];
