import { beforeEach, expect, it } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import { DiskStore } from './store.ts';
import { sweep, sweepStrays } from './sweep.ts';

let store: DiskStore;
let stored: Set<string>;
let deletions: number;
let given: [needed: number[], isGone: boolean][];
beforeEach(() => {
  store = new DiskStore(sessionStorage(), 'sb-1');
  stored = new Set();
  deletions = 0;
  given = [];
});

/** As much of R2 as is swept: a page has two objects. */
const bucket = {
  delete: async (keys: string | string[]) => {
    deletions += 1;
    for (const key of [keys].flat()) stored.delete(key);
  },
  list: async ({ prefix = '', cursor = '' }: R2ListOptions = {}) => {
    const behind = [...stored].filter((key) => key.startsWith(prefix) && key > cursor).toSorted();
    const objects = behind.slice(0, 2).map((key) => ({ key }));
    return { objects, truncated: behind.length > 2, cursor: objects.at(-1)?.key };
  },
} as unknown as R2Bucket;

const work = () => ({
  ...{ bucket, store },
  giveBack: async (needed: number[], isGone: boolean) => void given.push([needed, isGone]),
});

const unused = () => store.unused(100).map(({ key }) => key);

/** An object that is stored, and known, but that no save needs. */
function add(): string {
  const { key } = store.addObject(1);
  stored.add(key);
  return key;
}

it('deletes what no save needs, a thousand at once', async () => {
  const kept = store.addObject(1);
  stored.add(kept.key);
  const part = { number: kept.number, tree: 'workspace', kind: 'pack' } as const;
  store.commit({ at: '', seq: 0, entries: 0, bytes: 0 }, [part], 0);
  for (let count = 0; count < 1001; count += 1) add();
  store.sweepFrom(0);
  await sweep(work());
  expect([[...stored], deletions]).toEqual([[kept.key], 2]);
  expect(unused()).toEqual([]);
  expect([store.sweepAt, given]).toEqual([undefined, []]);
});

it('gives back what was lent, and never deletes it', async () => {
  stored.add('sb-0/1').add('sb-0/2');
  const lent = [1, 2].map(
    (number) => ({ number, key: `sb-0/${number}`, size: 1, tree: 'workspace', kind: 'pack' }) as const,
  );
  store.borrow(
    { seq: 0, nextObject: 3, isRewound: false, save: { id: 1, at: '', seq: 0, entries: 0, bytes: 0 } },
    lent,
  );
  const own = add();
  store.commit({ at: '', seq: 0, entries: 0, bytes: 0 }, lent.slice(0, 1), 0);
  await sweep(work());
  expect(given).toEqual([[[1], false]]);
  expect([stored.has(own), [...stored]]).toEqual([false, ['sb-0/1', 'sb-0/2']]);
});

it('stays due where a deletion fails', async () => {
  const key = add();
  store.sweepFrom(7);
  const failing = { ...bucket, delete: () => Promise.reject(new Error('R2 is away.')) };
  await expect(sweep({ ...work(), bucket: failing })).rejects.toThrow('R2 is away.');
  expect(unused()).toEqual([key]);
  expect(store.sweepAt).toBe(7);
});

it('deletes strays of the session on all pages, and nothing that is known, or of another', async () => {
  const known = add();
  for (const stray of ['sb-1/7', 'sb-1/8', 'sb-1/9', 'sb-10/1']) stored.add(stray);
  await sweepStrays(work());
  expect([...stored]).toEqual([known, 'sb-10/1']);
});
