import { expect, test } from 'vitest';
import { fillPath, queryString } from './url.ts';

test('a value never leaves its place in the path', () => {
  const path = fillPath('/v1/sessions/{sessionId}/files/{path}', { sessionId: 'ü/?#', path: '../a b.txt' });
  expect(path).toBe('/v1/sessions/%C3%BC%2F%3F%23/files/..%2Fa%20b.txt');
  expect(new URL(path, 'http://host').pathname).toBe(path);
});

test.each(['', '.', '..'])('"%s" is refused: it would name another resource', (sessionId) => {
  expect(() => fillPath('/v1/sessions/{sessionId}', { sessionId })).toThrow(TypeError);
});

test('a query leaves out what is not given and spells metadata with brackets', () => {
  expect(queryString({ after: 3, types: undefined, wait: null })).toBe('?after=3');
  expect(decodeURIComponent(queryString({ metadata: { project: 'a&b' } }))).toBe('?metadata[project]=a&b');
  expect(queryString()).toBe('');
});
