import type { OutputStream } from './command.ts';

const intervalMs = 20;
const fullAt = 16 * 1024;

/**
 * Puts small pieces of output together, so that a flood does not become a frame per write: the first goes out at once,
 * the next after 20 ms or when 16 Ki characters are there. The order of the two streams is kept.
 */
export class DeltaPacer {
  readonly #emit: (stream: OutputStream, text: string) => void;
  #pending: { stream: OutputStream; text: string } | undefined;
  #emittedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(emit: (stream: OutputStream, text: string) => void) {
    this.#emit = emit;
  }

  add(stream: OutputStream, text: string): void {
    if (text === '') return;
    if (this.#pending && this.#pending.stream !== stream) this.flush();
    this.#pending = { stream, text: (this.#pending?.text ?? '') + text };
    const waitMs = this.#emittedAt + intervalMs - performance.now();
    if (waitMs <= 0 || this.#pending.text.length >= fullAt) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), waitMs);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#pending) return;
    const { stream, text } = this.#pending;
    this.#pending = undefined;
    this.#emittedAt = performance.now();
    this.#emit(stream, text);
  }
}
