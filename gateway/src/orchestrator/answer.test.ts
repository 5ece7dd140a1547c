import type { Request } from '@sandgate/api-spec';
import { expect, it } from 'vitest';
import { canonicalJson, isAnswered, sameAnswer } from './answer.ts';

it('knows the same answer, however it is written', () => {
  const answer = { requestId: 'r', decision: 'allow', updatedInput: { a: 1, b: { c: 2, d: 3 } } } as const;
  expect(sameAnswer(answer, { ...answer, scope: 'once', updatedInput: { b: { d: 3, c: 2 }, a: 1 } })).toBe(true);
  expect(sameAnswer(answer, { ...answer, decision: 'deny' })).toBe(false);
  expect(sameAnswer(answer, { ...answer, message: 'x' })).toBe(false);
  expect(sameAnswer(answer, { ...answer, updatedInput: { a: 1 } })).toBe(false);
});

it('takes an answer again that was given, and no other', () => {
  const answer = { requestId: 'r', decision: 'allow' } as const;
  const resource = { decision: 'allow', by: 'user' } as Request;
  const open = { decision: undefined, by: undefined, resource: {} as Request };
  const answered = { decision: answer, by: 'user' as const, resource };
  expect(isAnswered(open, answer)).toBe(false);
  expect(isAnswered(answered, { ...answer, scope: 'once' })).toBe(true);
  const refusal = expect.objectContaining({ code: 'request_already_resolved' });
  expect(() => isAnswered(answered, { ...answer, decision: 'deny' })).toThrow(refusal);
  expect(() => isAnswered({ ...answered, by: 'timeout' }, answer)).toThrow(refusal);
});

it('writes JSON without regard to the order of keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
