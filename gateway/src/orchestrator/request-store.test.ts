import { expect, it } from 'vitest';
import { RequestStore } from './request-store.ts';
import { sessionStorage } from './testing/session-storage.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 20, 34, second)).toISOString();

/** Requests that ask about so much each, the oldest first. */
function storeOf(sizes: number[]): RequestStore {
  const store = new RequestStore(sessionStorage().sql);
  for (const [index, size] of sizes.entries()) {
    const request = { requestId: `perm_${index}`, input: { script: 'x'.repeat(size) }, expiresAt: at(59) };
    store.add('turn_1', { kind: 'permission', tool: 'shell', title: 'Run', options: [], ...request }, at(index));
  }
  return store;
}

/** The ids of all, page by page. */
function pagesOf(store: RequestStore, status: 'open' | 'resolved' | 'all', limit: number): string[][] {
  const pages: string[][] = [];
  let after: [string, string] | undefined;
  for (;;) {
    const { requests, hasMore } = store.page(status, after, limit);
    pages.push(requests.map(({ requestId }) => requestId));
    const last = requests.at(-1);
    if (!hasMore || !last) return pages;
    after = [last.createdAt, last.requestId];
  }
}

it('is read in pages, of what is open, resolved, or both', () => {
  const store = storeOf([1, 1, 1]);
  store.resolve('perm_1', { requestId: 'perm_1', decision: 'deny' }, 'user', at(10));
  expect(pagesOf(store, 'all', 2)).toEqual([['perm_0', 'perm_1'], ['perm_2']]);
  expect(pagesOf(store, 'open', 2)).toEqual([['perm_0', 'perm_2']]);
  expect(pagesOf(store, 'resolved', 2)).toEqual([['perm_1']]);
});

it('has its pages cut short where they grow too large, and leaves nothing out', () => {
  const megabytes = 1.5 * 1024 * 1024;
  expect(pagesOf(storeOf([megabytes, megabytes, megabytes, megabytes]), 'all', 100)).toEqual([
    ['perm_0', 'perm_1', 'perm_2'],
    ['perm_3'],
  ]);
});

it('is full with a hundred that are open, or with less that are large', () => {
  expect(storeOf(Array(99).fill(1)).isFull).toBe(false);
  const full = storeOf(Array(100).fill(1));
  expect(full.isFull).toBe(true);
  full.resolve('perm_7', { requestId: 'perm_7', decision: 'allow' }, 'user', at(10));
  expect(full.isFull).toBe(false);
  expect(storeOf([3e6, 3e6]).isFull).toBe(true);
});
