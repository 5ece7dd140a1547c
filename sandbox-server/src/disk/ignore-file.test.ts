import { describe, expect, it } from 'vitest';
import { IgnoreFile } from './ignore-file.ts';

const isLeftOut = (text: string, path: string) =>
  new IgnoreFile(text).leavesOut(path.replace(/\/$/, ''), path.endsWith('/'));

describe('a .sandgateignore', () => {
  it.each([
    ['node_modules', 'node_modules/', 'a/b/node_modules/', 'a/node_modules'],
    ['node_modules/', 'node_modules/', 'a/node_modules/'],
    ['/dist', 'dist', 'dist/'],
    ['a/b', 'a/b', 'a/b/'],
    ['/a/*/c', 'a/b/c'],
    ['*.log', '.log', 'x.log', 'a/b/x.log', 'line\nbreak.log'],
    ['?.tmp', 'x.tmp', 'a/y.tmp'],
    ['**/cache', 'cache', 'a/cache', 'a/b/cache'],
    ['a/**', 'a/b', 'a/b/c'],
    ['a/**/z', 'a/z', 'a/b/z', 'a/b/c/z'],
    ['a/**/b/**/c', 'a/b/c', 'a/x/b/b/y/c', 'a/b/x/b/c'],
    ['*a*b*.c', 'ab.c', 'xaybzb.c.c'],
    ['[x].(y)+$', '[x].(y)+$'],
    ['with space', 'with space'],
    ['  padded  ', 'padded'],
    ['# comment\r\n\r\nx\r\n', 'x'],
    ['one\ntwo', 'one', 'two'],
    ['!x\nx', 'x', 'a/x'],
    ['*.log\n!keep.log\nkeep.log', 'keep.log'],
    ['\\!x', '!x'],
    ['\\#x', '#x'],
  ])('with %j leaves out %j', (text, ...paths) => {
    for (const path of paths) expect(isLeftOut(text, path), path).toBe(true);
  });

  it.each([
    ['node_modules', 'node_modules2/', 'my-node_modules/'],
    ['node_modules/', 'node_modules'],
    ['/dist', 'a/dist', 'dist2'],
    ['a/b', 'x/a/b', 'a/bc'],
    ['/a/*/c', 'a/c', 'a/b/x/c'],
    ['*.log', 'x.log2', 'log', 'x.log/y'],
    ['?.tmp', '.tmp', 'xy.tmp'],
    ['a/**', 'a/', 'b'],
    ['[x]', 'x'],
    ['a.c', 'abc'],
    ['# x', 'x', '# x'],
    ['!x', 'x', '!x'],
    ['*.log\n!keep.log', 'keep.log', 'a/keep.log'],
    ['/dist/*\n!/dist/kept/', 'dist/kept/', 'dist/'],
    ['!', 'x', '!'],
    ['', 'x'],
    ['/', 'x', 'x/'],
  ])('with %j keeps %j', (text, ...paths) => {
    for (const path of paths) expect(isLeftOut(text, path), path).toBe(false);
  });

  it('is held against a path without going back to each of its wildcards, which would take years', () => {
    const file = new IgnoreFile(`${'*a'.repeat(30)}b\n${'**/a/'.repeat(200)}b`);
    expect(file.leavesOut(`${'a'.repeat(255)}/${'a/'.repeat(1900)}c`, false)).toBe(false);
  });
});
