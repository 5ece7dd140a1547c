import { expect, test } from 'vitest';
import { names, requireMatch } from './condition.ts';

test.each([
  ['"a"', true],
  ['"b", "a"', true],
  ['"b,", "a"', true],
  ['*', true],
  ['"b"', false],
  ['W/"a"', false],
  ['a', false],
  ['', false],
])('%s names "a": %s', (list, isNamed) => {
  expect(names(list, '"a"')).toBe(isNamed);
});

test('a weak tag names weakly', () => {
  expect(names('W/"a"', '"a"', { weakly: true })).toBe(true);
});

test('what is not there matches nothing', () => {
  expect(() => requireMatch(undefined, undefined)).not.toThrow();
  expect(() => requireMatch('*', '"a"')).not.toThrow();
  for (const ifMatch of ['*', '"a"'])
    expect(() => requireMatch(ifMatch, undefined)).toThrow(expect.objectContaining({ code: 'precondition_failed' }));
});
