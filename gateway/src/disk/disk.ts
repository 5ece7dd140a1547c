import { ProblemError, type Snapshot } from '@sandgate/api-spec';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { restoreTrees } from './restore.ts';
import { type DiskLimits, saveTrees } from './save.ts';
import type { DiskSave, DiskStore } from './store.ts';

/** How soon a change is saved that no turn made, in milliseconds. */
const restMs = 5000;

/** How many objects are deleted at once (R2, limits). */
const deletedAtOnce = 1000;

/** How many snapshots a session may have. */
const mostSnapshots = 32;

interface Parts {
  bucket: R2Bucket;
  store: DiskStore;
  sandbox: () => SessionSandbox;
  limits: DiskLimits;
  /** The newest event of the log. */
  lastSeq: () => number;
  /** Told why a save came to nothing, once for each reason. */
  onFailure: (problem: ProblemError) => void;
  /** Told that a new boot has an older disk than the one before had: what was done since this save is lost. */
  onLoss: (newest: DiskSave | undefined) => void;
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

  /** The boot of the sandbox that was made ready last, and may be gone. */
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
  save(): Promise<void> {
    return this.#inTurn(() => this.#save(false));
  }

  /** As `save`, and never throws: `onFailure` is told. */
  async keep(): Promise<void> {
    await this.save().catch(() => undefined);
  }

  /**
   * Saves it, with what was left in the background, and then has its container go.
   *
   * @param requireIdle throws where it may not go; asked again behind the save.
   */
  async leave(requireIdle: () => void, go: () => Promise<void>): Promise<void> {
    requireIdle();
    await this.#inTurn(async () => {
      do {
        await this.#save(true);
        requireIdle();
      } while (this.#parts.store.isChanged && (await this.#parts.sandbox().isRunning()));
      this.#leaving = go().finally(() => {
        this.#leaving = undefined;
      });
      await this.#leaving;
    });
  }

  /**
   * Saves it and keeps that save. An id that is known is answered, never kept twice.
   *
   * @param requireIdle throws where it is being changed.
   * @throws ProblemError as `save`, `snapshot_limit_reached`, or `idempotency_key_reused`.
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
      await this.#save(true);
      requireIdle();
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

  /** Ends what is being done, and deletes all that was saved. */
  async delete(): Promise<void> {
    this.#stop.abort(new Error('The session was deleted.'));
    await this.settled();
    this.#parts.store.clear();
    await this.#sweep();
  }

  async #prepare(bootId: string): Promise<void> {
    const { bucket, store, onLoss } = this.#parts;
    const sandbox = this.#parts.sandbox();
    const { signal } = this.#stop;
    signal.throwIfAborted();
    if (store.bootId !== bootId) {
      const newest = store.newest();
      await restoreTrees(newest?.id, { bucket, store, sandbox, bootId, signal });
      if (store.bootId !== undefined && store.isChanged) onLoss(newest);
      store.begin(bootId); // Before the server may change anything: from here on it is this boot that is saved.
    }
    await sandbox.diskReady(bootId);
  }

  /** @param always also where nobody has noted a change. */
  async #save(always: boolean): Promise<void> {
    const { store } = this.#parts;
    const { bootId, changes } = store;
    try {
      if (bootId === undefined || !(always || store.isChanged) || !(await this.#parts.sandbox().isRunning())) return;
      await this.#saveBoot(bootId, changes);
    } finally {
      store.tried(changes);
    }
  }

  async #saveBoot(bootId: string, changes: number): Promise<void> {
    const { bucket, store, limits, lastSeq } = this.#parts;
    const sandbox = this.#parts.sandbox();
    const { signal } = this.#stop;
    const begun = { at: new Date().toISOString(), seq: lastSeq() };
    try {
      const { parts, entries, bytes } = await saveTrees({ bucket, store, sandbox, limits, bootId, signal });
      signal.throwIfAborted();
      store.commit({ ...begun, entries, bytes }, parts, changes);
    } catch (error) {
      signal.throwIfAborted();
      throw await this.#failed(error);
    }
    await this.#sweepLater();
  }

  #snapshot(id: string): Snapshot | undefined {
    return this.#parts.store.snapshots().find((snapshot) => snapshot.id === id);
  }

  #requireSnapshot(id: string): void {
    if (!this.#snapshot(id)) throw new ProblemError('snapshot_not_found', `This session has no snapshot "${id}".`);
  }

  /** What is not deleted now is with the next save. */
  async #sweepLater(): Promise<void> {
    await this.#sweep().catch((error) =>
      console.error(JSON.stringify({ message: 'disk not swept', error: String(error) })),
    );
  }

  async #failed(error: unknown): Promise<ProblemError> {
    const { store, onFailure } = this.#parts;
    console.error(JSON.stringify({ message: 'disk not saved', error: String(error) }));
    const isKnown = error instanceof ProblemError && error.code === 'disk_too_large';
    const problem = isKnown
      ? error
      : new ProblemError('disk_not_saved', 'The disk could not be saved; the last save stays.', { cause: error });
    // Of a container that is gone the next boot tells what was lost.
    const isNew = store.failure !== problem.message && (await this.#parts.sandbox().isRunning());
    store.failed(problem.message);
    if (isNew) onFailure(problem);
    return problem;
  }

  /** Deletes what no save needs: of saves that were replaced, and of those that came to nothing. */
  async #sweep(): Promise<void> {
    const { bucket, store } = this.#parts;
    for (let unused = store.unused(deletedAtOnce); unused.length > 0; unused = store.unused(deletedAtOnce)) {
      await bucket.delete(unused.map(({ key }) => key));
      store.removed(unused.map(({ number }) => number));
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
