import { expect, it } from 'vitest';
import { nextTry } from './retry-schedule.ts';

it('waits ever longer, and then no more', () => {
  const waits = '5,300,1800';
  expect([1, 2, 3, 4, 5].map((tries) => nextTry(waits, tries, 1000))).toEqual([
    6000,
    301_000,
    1_801_000,
    undefined,
    undefined,
  ]);
});
