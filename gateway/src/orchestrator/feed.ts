import type { Chunk } from './chunk.ts';

/** How much of the newest past the feed holds for readers that are a little behind, in bytes. */
const capacity = 1024 * 1024;

/**
 * What happens now, for any number of readers. Each pulls at its own pace from a shared ring; one that falls out of the
 * ring goes back to the log. The writer never waits for a reader.
 */
export class Feed {
  #chunks: Chunk[] = [];
  #size = 0;
  /** The position of the oldest chunk in the ring. */
  #start = 0;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  /** Where the next chunk will be. */
  get end(): number {
    return this.#start + this.#chunks.length;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Shows these, or has whoever waits look again where there are none. */
  publish(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#size += chunk.bytes.byteLength;
    }
    while (this.#size > capacity && this.#chunks.length > 1) {
      this.#size -= this.#chunks.shift()?.bytes.byteLength ?? 0;
      this.#start += 1;
    }
    this.#notify();
  }

  /** The chunk at a position; `undefined` where it is not there yet, `'lost'` where it left the ring. */
  at(position: number): Chunk | 'lost' | undefined {
    return position < this.#start ? 'lost' : this.#chunks[position - this.#start];
  }

  /** How many wait for the next change. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves with the next change, or when the time is over: who waits in vain again and again leaves nothing behind. */
  changed(limitMs?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
      resolve();
    };
    const timer = limitMs === undefined ? null : setTimeout(wake, limitMs);
    this.#waiting.add(wake);
    return promise;
  }

  /**
   * Looks at once and with each change until there is an answer, and a last time when the time is over. Leaves no timer
   * behind, which would keep the object in memory.
   *
   * @param look has to answer where it is late.
   */
  async watch<T>(limitMs: number, look: (isLate: boolean) => T | undefined): Promise<T> {
    let isLate = limitMs <= 0;
    const timer = setTimeout(() => {
      isLate = true;
      this.#notify();
    }, limitMs);
    try {
      for (;;) {
        const answer = look(isLate);
        if (answer !== undefined || isLate) return answer as T;
        await this.changed();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nothing more will come: readers end. */
  close(): void {
    this.#closed = true;
    this.#notify();
  }

  #notify(): void {
    for (const wake of this.#waiting) wake();
  }
}
