import { expect, it } from 'vitest';
import { canonicalJson, sameAnswer } from './answer.ts';

it('knows the same answer, however it is written', () => {
  const answer = { requestId: 'r', decision: 'allow', updatedInput: { a: 1, b: { c: 2, d: 3 } } } as const;
  expect(sameAnswer(answer, { ...answer, scope: 'once', updatedInput: { b: { d: 3, c: 2 }, a: 1 } })).toBe(true);
  expect(sameAnswer(answer, { ...answer, decision: 'deny' })).toBe(false);
  expect(sameAnswer(answer, { ...answer, message: 'x' })).toBe(false);
  expect(sameAnswer(answer, { ...answer, updatedInput: { a: 1 } })).toBe(false);
});

it('writes JSON without regard to the order of keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
