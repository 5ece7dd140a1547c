import { expect, test } from 'vitest';
import { rangeIn } from './range.ts';

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-5', { start: 2, end: 5 }],
  ['Bytes=2-5 ', { start: 2, end: 5 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=4-1000', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-1000', { start: 0, end: 9 }],
])('%s of ten bytes', (header, range) => {
  expect(rangeIn(header, 10)).toEqual(range);
});

test.each(['', 'bytes', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=0-1', 'bytes=a-b', 'bytes=-1-2'])(
  '%s is no range: the whole is answered',
  (header) => {
    expect(rangeIn(header, 10)).toBeUndefined();
  },
);

test.each([
  ['bytes=10-', 10],
  ['bytes=10-20', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
  ['bytes=-5', 0],
])('%s of %i bytes is not there', (header, size) => {
  expect(() => rangeIn(header, size)).toThrow(
    expect.objectContaining({ code: 'range_not_satisfiable', contentRange: `bytes */${size}` }),
  );
});
