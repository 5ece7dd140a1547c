import type { Timing } from '../timing.ts';

interface Timer {
  ms: number;
  callback: () => void;
}

/** Time that passes only in sleep, and then at once. Timers go off when the test says so. */
export class TestTiming implements Timing {
  /** Every sleep so far, in milliseconds. */
  readonly slept: number[] = [];
  readonly #timers = new Set<Timer>();
  readonly #waiting = new Set<{ ms: number; resolve: () => void }>();
  #now: number = Date.parse('2026-11-22T20:34:00Z');

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0;
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.pass(ms);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { ms, callback };
    this.#timers.add(timer);
    for (const waiter of this.#waiting) if (waiter.ms === ms) waiter.resolve();
    return () => this.#timers.delete(timer);
  }

  /** Waits until a timer of this length runs, then lets it go off as if the time had passed. */
  async expire(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { ms, resolve };
    this.#waiting.add(waiter);
    if ([...this.#timers].some((timer) => timer.ms === ms)) resolve();
    await promise;
    this.#waiting.delete(waiter);
    this.pass(ms);
    for (const timer of this.#timers) {
      if (timer.ms !== ms) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}
