import { ApiPromise } from './api-promise.ts';

/** A page as the server answers it. */
export interface PageData<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
  readonly unavailable?: string[];
}

type Load<T> = (after?: string) => ApiPromise<PageData<T>>;

/** Some items of a list. Iterating goes on to the pages after it. */
export class Page<T> implements AsyncIterable<T> {
  /** The items of this page. */
  readonly data: T[];
  /** Where the next page begins. */
  readonly nextCursor: string | null;
  /** Whether there is more now. */
  readonly hasMore: boolean;
  /** Of `client.requests()`: the ids of sessions that could not be asked just now. What waits there is not in `data`. */
  readonly unavailable: readonly string[];
  readonly #load: Load<T>;

  constructor(page: PageData<T>, load: Load<T>) {
    this.data = page.data;
    this.nextCursor = page.nextCursor;
    this.hasMore = page.hasMore;
    this.unavailable = page.unavailable ?? [];
    this.#load = load;
  }

  /** The page after this one; undefined after the last. */
  async next(): Promise<Page<T> | undefined> {
    if (!this.hasMore || this.nextCursor === null) return undefined;
    return new Page(await this.#load(this.nextCursor), this.#load);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (let page: Page<T> | undefined = this; page; page = await page.next()) yield* page.data;
  }
}

/**
 * The first page of a list when awaited, all of its items when iterated.
 *
 * @example
 * for await (const session of client.sessions.list()) console.log(session.id);
 * const { data } = await client.sessions.list({ limit: 10 });
 */
export class PagePromise<T> extends ApiPromise<Page<T>> implements AsyncIterable<T> {
  /** Asks for the first page at once. */
  constructor(load: Load<T>) {
    super(
      load()
        .map((page) => new Page(page, load))
        .withResponse(),
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this;
  }
}
