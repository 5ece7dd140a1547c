import { expect, it } from 'vitest';
import { KeyCache } from './key-cache.ts';
import type { KeyRecord } from './key-store.ts';

const key = (id: string) => ({ id, accountId: 'a' }) as KeyRecord;

it('remembers a key for five seconds, whatever it is used for meanwhile', () => {
  let now = 0;
  const cache = new KeyCache(() => now);
  cache.set('digest', key('one'));
  for (; now < 5000; now += 500) expect(cache.get('digest')?.id).toBe('one');
  expect(cache.get('digest')).toBeUndefined();
});

it('forgets a key by its id, in its account only', () => {
  const cache = new KeyCache(() => 0);
  cache.set('digest', key('one'));
  cache.forget('b', 'one');
  expect(cache.get('digest')).toBeDefined();
  cache.forget('a', 'one');
  expect(cache.get('digest')).toBeUndefined();
});

it('is bounded: the oldest goes', () => {
  const cache = new KeyCache(() => 0);
  for (let index = 0; index <= 1000; index += 1) cache.set(`digest ${index}`, key(String(index)));
  expect(cache.get('digest 0')).toBeUndefined();
  expect([cache.get('digest 1')?.id, cache.get('digest 1000')?.id]).toEqual(['1', '1000']);
});
