/** How long nothing may be seen of the work on a disk, in milliseconds: at first a sandbox looks at all files. */
const patienceMs = 60_000;

/** Waits for a sandbox and for R2 for as long as there is progress: what stands still keeps nobody waiting for ever. */
export class Patience {
  readonly #over = new AbortController();
  readonly #watch: ReturnType<typeof setInterval>;
  #progressAt = Date.now();

  constructor() {
    // Looked at now and then: a timer for each piece would cost more than the piece.
    this.#watch = setInterval(() => {
      if (Date.now() - this.#progressAt >= patienceMs)
        this.#over.abort(new Error(`Nothing became of the disk for ${patienceMs} ms.`));
    }, patienceMs / 6);
  }

  /** Aborted once there was no progress for too long. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** There was progress. */
  renew(): void {
    this.#progressAt = Date.now();
  }

  /** Nobody waits any more. */
  end(): void {
    clearInterval(this.#watch);
  }

  /** @throws once there was no progress for too long. */
  async for<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(this.over.reason);
    this.over.addEventListener('abort', stop);
    try {
      return await Promise.race([work, promise]);
    } finally {
      this.over.removeEventListener('abort', stop);
    }
  }
}
