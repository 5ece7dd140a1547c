import { ProblemError } from '@sandgate/api-spec';

/** Whether what shall be on the disk is there: with each start it begins empty, and somebody has to say. */
export class Disk {
  #isReady: boolean;
  readonly #wakers = new Set<() => void>();

  /** @param isAwaited whether somebody will say. */
  constructor(isAwaited: boolean) {
    this.#isReady = !isAwaited;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  setReady(): void {
    this.#isReady = true;
  }

  /** It is saved. */
  setSaved(): void {
    for (const wake of this.#wakers) wake();
  }

  /** Resolves with the next save, or when the time is over. */
  async saved(limitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limitMs).unref();
    this.#wakers.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#wakers.delete(resolve);
  }

  /** @throws {ProblemError} `sandbox_unavailable`. */
  requireReady(): void {
    if (!this.#isReady) throw new ProblemError('sandbox_unavailable', 'The disk is not restored yet.');
  }

  /** @throws {ProblemError} `session_busy`: what is being used is not replaced. */
  requireUnused(): void {
    if (this.#isReady) throw new ProblemError('session_busy', 'The disk is in use.');
  }
}
