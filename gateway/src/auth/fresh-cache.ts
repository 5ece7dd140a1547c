/** How long what was found is taken for true without being asked for again, in milliseconds: how late a revocation may come. */
const freshMs = 5000;

/** How much an isolate remembers. */
const capacity = 1000;

/** What was found valid just now. Refusals are never remembered: what is made works at once. */
export class FreshCache<T> {
  readonly #found = new Map<string, { value: T; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get(name: string): T | undefined {
    const entry = this.#found.get(name);
    if (entry && entry.until > this.#now()) return entry.value;
    this.#found.delete(name);
    return undefined;
  }

  /** The oldest goes where there is no room. */
  set(name: string, value: T): void {
    this.#found.delete(name);
    this.#found.set(name, { value, until: this.#now() + freshMs });
    const [oldest] = this.#found.keys();
    if (this.#found.size > capacity && oldest !== undefined) this.#found.delete(oldest);
  }

  /** What was changed here is asked for anew here; elsewhere, once it is no longer fresh. */
  forget(isChanged: (value: T) => boolean): void {
    for (const [name, { value }] of this.#found) if (isChanged(value)) this.#found.delete(name);
  }
}
