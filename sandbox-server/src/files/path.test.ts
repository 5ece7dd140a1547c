import { describe, expect, test } from 'vitest';
import { pathInUrl, relativePath } from './path.ts';

const inUrl = (raw: string) => pathInUrl(`http://x/files/${raw}`);

describe('pathInUrl', () => {
  test.each([
    ['a.txt', 'a.txt'],
    ['a/b/c', 'a/b/c'],
    ['a%2Fb%2fc', 'a/b/c'],
    ['100%25', '100%'],
    ['a%252Fb', 'a%2Fb'],
    ['a+b', 'a+b'],
    ['a%20b', 'a b'],
    ['%C3%A9/%F0%9F%99%82', 'é/🙂'],
    ['a%3Fb%23c', 'a?b#c'],
    ['a%5Cb', 'a\\b'],
    ['a//b/./c/', 'a/b/c'],
    ['...', '...'],
    ['..a/b..', '..a/b..'],
    ['%0A', '\n'],
    ['.%2F', ''],
  ])('%s', (raw, path) => {
    expect(inUrl(raw)).toBe(path);
  });

  test.each([
    '',
    '..%2Fetc',
    'a%2F..%2Fb',
    'a/..%2f..%2fb',
    '%2Fetc/passwd',
    '/etc/passwd',
    'a%00b',
    '%FF',
    '%E0%A4',
    '%zz',
    `${'a'.repeat(5000)}`,
  ])('refuses %s', (raw) => {
    expect(() => inUrl(raw)).toThrow(
      expect.objectContaining({ code: 'invalid_request', errors: [{ path: 'path', message: expect.any(String) }] }),
    );
  });
});

test('relativePath names the workspace as an empty path', () => {
  expect(relativePath('.')).toBe('');
  expect(relativePath('./')).toBe('');
});
