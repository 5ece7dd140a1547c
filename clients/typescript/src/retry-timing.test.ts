import { describe, expect, test } from 'vitest';
import { backoff, retryAfter } from './retry-timing.ts';

describe('backoff', () => {
  test('doubles from half a second up to eight', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((failures) => backoff(failures, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });

  test('takes up to a quarter off', () => {
    expect(backoff(1, 0.5)).toBe(875);
    expect(backoff(1, 1)).toBe(750);
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-11-22T20:34:00Z');

  test.each([
    ['3', 3000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 20:34:05 GMT', 5000],
    ['Sun, 22 Nov 2026 20:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('%s is %s ms', (header, ms) => expect(retryAfter(header, now)).toBe(ms));
});
