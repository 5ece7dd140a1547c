import { expect, test } from 'vitest';
import { fill, mismatch, pick } from './match.ts';

test('an object has what is expected of it, and may have more', () => {
  expect(mismatch({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1 } })).toBeUndefined();
  expect(mismatch({ a: { b: 1 } }, { a: { b: 2 } })).toBe('the outcome.a.b is 1, not 2');
  expect(mismatch({}, { a: 1 })).toContain('undefined');
  expect(mismatch(undefined, { a: 1 })).toBe('the outcome is undefined, not {"a":1}');
});

test('a list has as many items as are expected', () => {
  expect(mismatch([{ a: 1, b: 2 }], [{ a: 1 }])).toBeUndefined();
  expect(mismatch([], [{ a: 1 }])).toContain('not 1 like');
  expect(mismatch([1, 2], [1])).toContain('not 1 like');
  expect(mismatch([1, 2], [])).toContain('not 0 like');
});

test('a name stands for what was saved, as it was', () => {
  expect(fill({ after: '$seq', text: 'echo $seq', list: ['$run'] }, { seq: 3, run: 'r' })).toEqual({
    after: 3,
    text: 'echo $seq',
    list: ['r'],
  });
});

test('what is saved is picked by its path', () => {
  expect(pick([{ requestId: 'p' }], '0.requestId')).toBe('p');
  expect(() => pick({}, 'a.b')).toThrow('nothing is at a.b');
  expect(() => pick({ a: null }, 'a')).toThrow('nothing is at a');
});
