import { ProblemError, type Snapshot } from '@sandgate/api-spec';
import { log } from '../observe/log.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import type { ForkPoint, Loan, Loans } from './loans.ts';
import { Patience } from './patience.ts';
import { restoreTrees } from './restore.ts';
import { rewound } from './rewound.ts';
import { type DiskLimits, saveTrees } from './save.ts';
import type { DiskStore } from './store.ts';
import { sweep, sweepStrays } from './sweep.ts';

/** How soon a change is saved that no turn made, and a save that failed is tried again at first, in milliseconds. */
const restMs = 5000;

/** How long a save that fails again and again waits at most, in milliseconds. */
const longestRestMs = 5 * 60 * 1000;

/** How many snapshots a session may have. */
const mostSnapshots = 32;

interface Parts {
  bucket: R2Bucket;
  store: DiskStore;
  loans: Loans;
  /** Tells the session that lent objects which of them are still needed, and whether this session is gone. */
  giveBack: (needed: number[], isGone: boolean) => Promise<void>;
  sandbox: () => SessionSandbox;
  limits: DiskLimits;
  /** The newest event of the log. */
  lastSeq: () => number;
  /** Told that something could not be saved or deleted, and is tried again: the store says when. */
  onPostponed: () => void;
  /** Told why a save came to nothing, once for each reason. */
  onFailure: (problem: ProblemError) => void;
  /** Told that a container was killed that had changed more than is saved. */
  onLoss: () => void;
}

/**
 * The disk of a session, which outlives its containers: each begins with what the newest save has, and is saved when a
 * turn is over and before it goes. What is done to the disk is done one after the other.
 */
export class Disk {
  readonly #parts: Parts;
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #preparing: { bootId: string; done: Promise<void> } | undefined;
  #leaving: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Notes that something is about to change it. */
  changed(): void {
    this.#parts.store.changed(Date.now() + restMs);
  }

  /** Takes that back: it certainly did not come to it. */
  unchanged(): void {
    this.#parts.store.unchanged();
  }

  /** The boot of the sandbox that was made ready last, and may be gone; none where it was put to sleep. */
  get bootId(): string | undefined {
    return this.#parts.store.bootId;
  }

  /** Resolves once nothing is being done to it. */
  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#last; await last) last = this.#last;
  }

  /** Resolves once no container is being put to sleep: whoever comes then meets the next. */
  async stayed(): Promise<void> {
    await this.#leaving;
  }

  /** Makes a new boot's disk what it shall be, and lets the server begin. A call meanwhile is the same work. */
  prepare(bootId: string): Promise<void> {
    if (this.#preparing?.bootId !== bootId) {
      const done = this.#inTurn(() => this.#prepare(bootId)).finally(() => {
        this.#preparing = undefined;
      });
      this.#preparing = { bootId, done };
    }
    return this.#preparing.done;
  }

  /**
   * Saves what has changed, unless the container is gone. Where it fails the last good save stays.
   *
   * @throws ProblemError `disk_too_large`, or `disk_not_saved`.
   */
  async save(): Promise<void> {
    await this.#inTurn(() => this.#save(false));
  }

  /** As `save`, and never throws: `onFailure` is told. */
  async keep(): Promise<void> {
    await this.save().catch(() => undefined);
  }

  /**
   * Saves it, with what was left in the background, and then has its container go.
   *
   * @param requireIdle throws where it may not go; asked again behind the save.
   * @throws ProblemError as `save`, or `disk_rewound`.
   */
  async leave(requireIdle: () => void, go: () => Promise<void>): Promise<void> {
    requireIdle();
    await this.#inTurn(async () => {
      let isThere: boolean;
      do {
        isThere = await this.#save(true);
        requireIdle();
      } while (this.#parts.store.isChanged && isThere);
      this.#requireSaved();
      this.#leaving = go()
        .then(() => this.#parts.store.leave())
        .finally(() => {
          this.#leaving = undefined;
        });
      await this.#leaving;
    });
  }

  /**
   * Saves it and keeps that save. An id that is known is answered, never kept twice.
   *
   * @param requireIdle throws where it is being changed.
   * @throws ProblemError as `save`, `disk_rewound`, `snapshot_limit_reached`, or `idempotency_key_reused`.
   */
  takeSnapshot(id: string, name: string | undefined, requireIdle: () => void): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const { store, lastSeq } = this.#parts;
      const known = this.#snapshot(id);
      if (known && known.name !== name)
        throw new ProblemError('idempotency_key_reused', 'This idempotency key named a snapshot with another body.');
      if (known) return known;
      if (store.snapshots().length >= mostSnapshots)
        throw new ProblemError('snapshot_limit_reached', `A session has ${mostSnapshots} snapshots at most.`);
      requireIdle();
      const isThere = await this.#save(true);
      requireIdle();
      if (!isThere) this.#requireSaved();
      const now = new Date().toISOString();
      if (!store.newest()) store.commit({ at: now, seq: lastSeq(), entries: 0, bytes: 0 }, [], store.changes);
      store.addSnapshot(id, name, now);
      return this.#snapshot(id) as Snapshot;
    });
  }

  /** @throws ProblemError `snapshot_not_found`. */
  removeSnapshot(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#requireSnapshot(id);
      this.#parts.store.removeSnapshot(id);
      await this.#sweepLater();
    });
  }

  /**
   * Has the container go, and the next begin with a snapshot.
   *
   * @throws ProblemError `snapshot_not_found`, or what `requireIdle` throws.
   */
  goBack(id: string, requireIdle: () => void, go: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      this.#requireSnapshot(id);
      requireIdle();
      this.#leaving = go()
        .then(() => this.#parts.store.goBack(id))
        .finally(() => {
          this.#leaving = undefined;
        });
      await this.#leaving;
      await this.#sweepLater();
    });
  }

  /**
   * Lends a fork what is stored of the disk: as a snapshot has it, or as it is now, behind a save. What it was lent it
   * is lent again, whatever has changed since.
   *
   * @param requireIdle throws where it is being changed.
   * @throws ProblemError `fork_limit_reached`, `snapshot_not_found`, or as `save`.
   */
  lend(fork: string, point: ForkPoint, requireIdle: () => void): Promise<Loan> {
    const { loans } = this.#parts;
    loans.ask(fork);
    return this.#inTurn(async () => {
      try {
        return loans.get(fork) ?? (await this.#lend(fork, point, requireIdle));
      } catch (error) {
        if (!this.#stop.signal.aborted) loans.forget(fork);
        throw error;
      }
    });
  }

  /** A fork says what it still needs, and whether it is gone. */
  takeBack(fork: string, needed: readonly number[], isGone: boolean): void {
    const { store, loans } = this.#parts;
    store.sweepFrom(Date.now());
    loans.keep(fork, needed);
    if (isGone) loans.forget(fork);
  }

  /** Deletes what nobody needs any more. */
  sweep(): Promise<void> {
    return this.#inTurn(() => this.#sweepLater());
  }

  /** Ends what is being done, and deletes all that was saved, but for what forks need. */
  async delete(): Promise<void> {
    const { store, giveBack } = this.#parts;
    this.#stop.abort(new Error('The session was deleted.'));
    await this.settled();
    store.clear();
    await sweep(this.#parts);
    await sweepStrays(this.#parts);
    if (store.lender !== undefined) await giveBack(store.borrowed(), true);
  }

  async #prepare(bootId: string): Promise<void> {
    const { bucket, store, onLoss } = this.#parts;
    const sandbox = this.#parts.sandbox();
    const { signal } = this.#stop;
    signal.throwIfAborted();
    if (store.bootId !== bootId) {
      const newest = store.newest();
      await restoreTrees(newest?.id, { bucket, store, sandbox, bootId, signal });
      if (store.isChanged) onLoss();
      store.begin(bootId); // Before the server may change anything: from here on it is this boot that is saved.
    }
    await sandbox.diskReady(bootId);
  }

  /**
   * @param always also where nobody has noted a change.
   * @returns whether there is a container to save it from.
   */
  async #save(always: boolean): Promise<boolean> {
    const { store } = this.#parts;
    const { bootId, changes } = store;
    const isWanted = bootId !== undefined && (always || store.isChanged);
    const isThere = isWanted && (await this.#saveBoot(bootId, changes));
    store.tried(changes);
    return isThere;
  }

  /**
   * Of a container that is gone. Said once: then the disk is what the newest save has.
   *
   * @throws ProblemError `disk_rewound`.
   */
  #requireSaved(): void {
    const { store, onLoss } = this.#parts;
    if (!store.isChanged) return;
    onLoss();
    store.rewind();
    throw rewound(store.newest());
  }

  async #saveBoot(bootId: string, changes: number): Promise<boolean> {
    const { bucket, store, limits, lastSeq } = this.#parts;
    const sandbox = this.#parts.sandbox();
    const { signal } = this.#stop;
    const begun = { at: new Date().toISOString(), seq: lastSeq() };
    try {
      if (!(await sandbox.isRunning())) return false;
      const { parts, entries, bytes } = await saveTrees({ bucket, store, sandbox, limits, bootId, signal });
      signal.throwIfAborted();
      store.commit({ ...begun, entries, bytes }, parts, changes);
    } catch (error) {
      signal.throwIfAborted();
      // That boot is gone, and the next, which may be there for this call alone, has nothing to save.
      if (error instanceof ProblemError && error.code === 'boot_mismatch') return false;
      // It ended meanwhile: there is nothing left to save, and whoever waits is told what is lost.
      if (!(await sandbox.isRunning().catch(() => true))) return false;
      throw this.#failed(error, changes);
    }
    await sandbox.diskSaved(bootId).catch(() => undefined); // It may be gone by now.
    await this.#sweepLater();
    return true;
  }

  async #lend(fork: string, point: ForkPoint, requireIdle: () => void): Promise<Loan> {
    const { store, loans } = this.#parts;
    const isNow = point.snapshotId === undefined && point.seq === undefined;
    const snapshot = isNow ? undefined : this.#snapshotAt(point);
    if (!snapshot) {
      requireIdle();
      let isThere: boolean;
      do {
        isThere = await this.#save(true);
        requireIdle();
      } while (store.isChanged && isThere);
    }
    this.#stop.signal.throwIfAborted();
    // It may have been given up since, and then nobody would give anything back.
    if (!loans.isAsked(fork)) throw new ProblemError('restarting', 'The fork was given up; ask again.');
    const save = snapshot ? store.saveOf(snapshot.id) : store.newest();
    const loan: Loan = {
      seq: snapshot?.seq ?? this.#parts.lastSeq(),
      ...(snapshot && { snapshotId: snapshot.id }),
      ...(save && { save }),
      nextObject: store.nextObject,
      isRewound: !snapshot && store.isChanged,
    };
    loans.lend(fork, loan);
    return loan;
  }

  /** @throws ProblemError `snapshot_not_found`, which says at which events there are snapshots. */
  #snapshotAt({ snapshotId, seq }: ForkPoint): Snapshot {
    if (snapshotId !== undefined) return this.#requireSnapshot(snapshotId);
    const snapshots = this.#parts.store.snapshots();
    const found = snapshots.findLast((snapshot) => snapshot.seq === seq);
    if (found) return found;
    const seqs = [...new Set(snapshots.map((snapshot) => snapshot.seq))].toSorted((a, b) => a - b);
    const there = seqs.length > 0 ? `Snapshots were taken at ${seqs.join(', ')}.` : 'This session has none.';
    throw new ProblemError('snapshot_not_found', `No snapshot was taken at event ${seq}. ${there}`);
  }

  #snapshot(id: string): Snapshot | undefined {
    return this.#parts.store.snapshots().find((snapshot) => snapshot.id === id);
  }

  #requireSnapshot(id: string): Snapshot {
    const snapshot = this.#snapshot(id);
    if (!snapshot) throw new ProblemError('snapshot_not_found', `This session has no snapshot "${id}".`);
    return snapshot;
  }

  /** What is not deleted now is soon. */
  async #sweepLater(): Promise<void> {
    const patience = new Patience();
    await patience
      .for(sweep(this.#parts)) // R2 may never answer.
      .catch((error) => {
        log('error', 'disk not swept', { error });
        this.#parts.onPostponed();
      })
      .finally(() => patience.end());
  }

  #failed(error: unknown, changes: number): ProblemError {
    const { store, onFailure, onPostponed } = this.#parts;
    log('error', 'disk not saved', { error });
    const isKnown = error instanceof ProblemError && error.code === 'disk_too_large';
    const problem = isKnown
      ? error
      : new ProblemError('disk_not_saved', 'The disk could not be saved; the last save stays.', { cause: error });
    const isNew = store.failure !== problem.message;
    // What is too large stays so until it is changed.
    const saveAt = isKnown ? null : Date.now() + Math.min(restMs * 2 ** store.failures, longestRestMs);
    store.failed(problem.message, changes, saveAt);
    onPostponed();
    if (isNew) onFailure(problem);
    return problem;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
