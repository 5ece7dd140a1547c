import { expect, test } from 'vitest';
import { ApiPromise } from './api-promise.ts';
import { type Page, type PageData, PagePromise } from './page.ts';
import { collect } from './testing/collect.ts';

function answered<T>(data: Promise<T>): ApiPromise<T> {
  const response = { status: 200, headers: new Headers(), requestId: undefined };
  return new ApiPromise(data.then((data) => ({ data, response })));
}

function numbers(asked: (string | undefined)[] = []): PagePromise<number> {
  const pages: Record<string, PageData<number>> = {
    start: { data: [1, 2], nextCursor: 'b', hasMore: true },
    b: { data: [3], nextCursor: 'c', hasMore: true },
    // A log has a cursor at its end too: more may come.
    c: { data: [4], nextCursor: 'd', hasMore: false },
  };
  return new PagePromise((after) => {
    asked.push(after);
    return answered(Promise.resolve(pages[after ?? 'start'] as PageData<number>));
  });
}

test('awaited, it is the first page', async () => {
  const asked: (string | undefined)[] = [];
  const page = await numbers(asked);
  expect(page).toMatchObject({ data: [1, 2], nextCursor: 'b', hasMore: true });
  expect(asked).toEqual([undefined]);
});

test('says what is not in it', async () => {
  const page = { data: [1], nextCursor: null, hasMore: false, unavailable: ['s'] };
  expect((await new PagePromise(() => answered(Promise.resolve(page)))).unavailable).toEqual(['s']);
  expect((await numbers()).unavailable).toEqual([]);
});

test('iterated, it is every item', async () => {
  expect(await collect(numbers())).toEqual([1, 2, 3, 4]);
});

test('asks for no page before it is needed', async () => {
  const asked: (string | undefined)[] = [];
  for await (const number of numbers(asked)) if (number === 2) break;
  expect(asked).toEqual([undefined]);
});

test('goes from page to page', async () => {
  let page: Page<number> | undefined = await numbers();
  const sizes = [];
  for (; page; page = await page.next()) sizes.push(page.data.length);
  expect(sizes).toEqual([2, 1, 1]);
});

test('a failure rejects, both ways', async () => {
  const failing = () => new PagePromise<number>(() => answered(Promise.reject(new Error('no'))));
  await expect(failing()).rejects.toThrow('no');
  await expect(collect(failing())).rejects.toThrow('no');
});
