import type { AuditAction } from '@sandgate/api-spec';
import type { Act } from '../audit/act.ts';
import type { Disk } from '../disk/disk.ts';
import type { DiskStore } from '../disk/store.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import type { Alarm } from './alarm.ts';
import type { AuditOutbox } from './audit-outbox.ts';
import type { EventLog } from './event-log.ts';
import type { Feed } from './feed.ts';
import type { Notices } from './notices.ts';
import type { Publisher } from './publisher.ts';
import { migrate } from './schema.ts';
import type { SessionIndex } from './session-index.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { TurnQueue } from './turn-queue.ts';
import type { TurnStore } from './turn-store.ts';

interface Parts {
  storage: DurableObjectStorage;
  alarm: Pick<Alarm, 'gone'>;
  session: SessionStore;
  turns: TurnStore;
  log: EventLog;
  notices: Notices;
  audit: AuditOutbox;
  queue: Pick<TurnQueue, 'stopAll'>;
  feed: Feed;
  sandbox: () => Pick<SessionSandbox, 'destroy'>;
  disk: Pick<Disk, 'delete' | 'sweep'>;
  diskStore: DiskStore;
  index: Pick<SessionIndex, 'isRight'>;
  publisher: Pick<Publisher, 'settleIndex' | 'announce'>;
}

/** The end of a session: first it is deleted for everybody, then what it has goes, and a tombstone stays. */
export class Deletion {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The session is deleted from now on, and nothing more is told of what happened in it. */
  begin(action: AuditAction, act: Act): void {
    const { session, notices, audit } = this.#parts;
    audit.add(action, act);
    notices.clear();
    session.bury(new Date().toISOString());
  }

  /** Ends what a deleted session still has; goes on where it was left. */
  async finish(): Promise<void> {
    const { session, queue, feed, sandbox, index, disk, diskStore, publisher } = this.#parts;
    if (session.get()?.purged) {
      if (diskStore.sweepAt !== undefined) await disk.sweep();
    } else {
      await queue.stopAll('interrupted');
      feed.close();
      await sandbox().destroy();
      await disk.delete();
    }
    await publisher.settleIndex();
    if (index.isRight && !session.get()?.purged) await this.#leaveTombstone();
    await publisher.announce();
  }

  /** Deletes all that is stored, and the alarm with it. In one commit with whatever is written in the same step. */
  eraseAll(): Promise<void> {
    const { storage, alarm } = this.#parts;
    alarm.gone();
    return storage.deleteAll();
  }

  /**
   * Leaves nothing but a tombstone, what of the disk forks need, and what webhooks are still to be told. Rows that are
   * deleted stay readable in the file's free pages, so that the whole file goes; what takes its place is written in the
   * same step, and committed with it.
   */
  async #leaveTombstone(): Promise<void> {
    const { storage, session, log, turns, diskStore, notices } = this.#parts;
    const { name, accountId, id, createdAt } = session.get() as SessionRecord;
    const remains = diskStore.remains();
    const events = notices.all();
    const erased = this.eraseAll();
    migrate(storage);
    session.create({ name, accountId, id }, '', {}, createdAt);
    session.bury(new Date().toISOString());
    session.setIndexed('deleted');
    session.setPurged();
    diskStore.bury(remains, Date.now());
    notices.restore(events, Date.now());
    log.reload();
    turns.reload();
    await erased;
  }
}
