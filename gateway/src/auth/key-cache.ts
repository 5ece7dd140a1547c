import type { KeyRecord } from './key-store.ts';

/** How long a key is taken for valid without the database being asked, in milliseconds: how late a revocation may come. */
const freshMs = 5000;

/** How many keys an isolate remembers. */
const capacity = 1000;

/** The keys that were found valid just now. Refusals are never remembered: a key that is made works at once. */
export class KeyCache {
  readonly #found = new Map<string, { key: KeyRecord; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get(keyDigest: string): KeyRecord | undefined {
    const entry = this.#found.get(keyDigest);
    if (entry && entry.until > this.#now()) return entry.key;
    this.#found.delete(keyDigest);
    return undefined;
  }

  /** The oldest goes where there is no room. */
  set(keyDigest: string, key: KeyRecord): void {
    this.#found.delete(keyDigest);
    this.#found.set(keyDigest, { key, until: this.#now() + freshMs });
    const [oldest] = this.#found.keys();
    if (this.#found.size > capacity && oldest !== undefined) this.#found.delete(oldest);
  }

  /** What was changed here is asked for anew here; elsewhere, once it is no longer fresh. */
  forget(accountId: string, id: string): void {
    for (const [keyDigest, { key }] of this.#found)
      if (key.accountId === accountId && key.id === id) this.#found.delete(keyDigest);
  }
}
