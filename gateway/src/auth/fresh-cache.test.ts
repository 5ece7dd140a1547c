import { expect, it } from 'vitest';
import { FreshCache } from './fresh-cache.ts';

it('remembers for five seconds, however often it is asked meanwhile', () => {
  let now = 0;
  const cache = new FreshCache<string>(() => now);
  cache.set('name', 'value');
  for (; now < 5000; now += 500) expect(cache.get('name')).toBe('value');
  expect(cache.get('name')).toBeUndefined();
});

it('forgets what was changed, and nothing else', () => {
  const cache = new FreshCache<string>(() => 0);
  cache.set('a', 'one');
  cache.set('b', 'two');
  cache.forget((value) => value === 'one');
  expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 'two']);
});

it('is bounded: the oldest goes', () => {
  const cache = new FreshCache<number>(() => 0);
  for (let index = 0; index <= 1000; index += 1) cache.set(String(index), index);
  expect([cache.get('0'), cache.get('1'), cache.get('1000')]).toEqual([undefined, 1, 1000]);
});
