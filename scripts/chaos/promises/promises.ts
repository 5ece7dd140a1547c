import { deletedGone } from './deleted-gone.ts';
import { diskWhole } from './disk-whole.ts';
import { everyEventOnce } from './every-event-once.ts';
import { fullDiskHarmless } from './full-disk-harmless.ts';
import { interruptsKept } from './interrupts-kept.ts';
import { logWhole } from './log-whole.ts';
import { memoryBounded } from './memory-bounded.ts';
import { nothingStuck } from './nothing-stuck.ts';
import { objectsNeeded } from './objects-needed.ts';
import { postsTakenOnce } from './posts-taken-once.ts';
import type { Promised } from './promise.ts';
import { queueInOrder } from './queue-in-order.ts';
import { reconnectsWelcome } from './reconnects-welcome.ts';
import { requestsResolvedOnce } from './requests-resolved-once.ts';
import { runOnce } from './run-once.ts';
import { textRebuilt } from './text-rebuilt.ts';
import { turnsAsPlanned } from './turns-as-planned.ts';

/** All that must hold whatever goes wrong, a file each. */
export const promises: readonly Promised[] = [
  logWhole,
  everyEventOnce,
  textRebuilt,
  turnsAsPlanned,
  queueInOrder,
  interruptsKept,
  runOnce,
  requestsResolvedOnce,
  postsTakenOnce,
  reconnectsWelcome,
  deletedGone,
  fullDiskHarmless,
  diskWhole,
  objectsNeeded,
  nothingStuck,
  memoryBounded,
];
