/** How long a sandbox may let nothing be seen of its work on a disk, in milliseconds: at first it looks at all files. */
const patienceMs = 60_000;

/** Waits for a sandbox for as long as there is progress: one that stands still keeps nobody waiting for ever. */
export class Patience {
  readonly #over = Promise.withResolvers<never>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    this.#over.promise.catch(() => undefined); // Where nobody waits just now.
    this.renew();
  }

  /** There was progress. */
  renew(): void {
    this.end();
    const error = new Error(`The sandbox did nothing for ${patienceMs} ms.`);
    this.#timer = setTimeout(() => this.#over.reject(error), patienceMs);
  }

  /** Nobody waits any more. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** @throws once there was no progress for too long. */
  async for<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#over.promise]);
  }
}
