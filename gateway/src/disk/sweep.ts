import type { DiskStore } from './store.ts';

/** How many objects are deleted at once (R2, limits). */
const deletedAtOnce = 1000;

interface Work {
  bucket: Pick<R2Bucket, 'delete' | 'list'>;
  store: DiskStore;
  /** Tells the session that lent objects which of them are still needed, and whether this session is gone. */
  giveBack: (needed: number[], isGone: boolean) => Promise<void>;
}

/** Deletes what nobody needs: of saves that were replaced, and of those that came to nothing. What is lent is given back. */
export async function sweep({ bucket, store, giveBack }: Work): Promise<void> {
  for (let unused = store.unused(deletedAtOnce); unused.length > 0; unused = store.unused(deletedAtOnce)) {
    const own = unused.map(({ key }) => key).filter((key) => store.owns(key));
    if (own.length > 0) await bucket.delete(own);
    if (own.length < unused.length) await giveBack(store.borrowed(), false);
    store.removed(unused.map(({ number }) => number));
  }
  store.swept();
}

/** Deletes what is stored under the name of the session, and not known: as where its records were lost once. */
export async function sweepStrays({ bucket, store }: Pick<Work, 'bucket' | 'store'>): Promise<void> {
  for (let cursor: string | undefined, isMore = true; isMore; ) {
    const page = await bucket.list({ prefix: store.prefix, ...(cursor !== undefined && { cursor }) });
    const strays = page.objects.map(({ key }) => key).filter((key) => !store.hasObject(key));
    if (strays.length > 0) await bucket.delete(strays);
    isMore = page.truncated;
    cursor = page.truncated ? page.cursor : undefined;
  }
}
