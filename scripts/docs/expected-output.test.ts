import { describe, expect, it } from 'vitest';
import { isAsExpected } from './expected-output.ts';

const text = (value: string, printed: string) => isAsExpected({ lang: 'text', value }, printed);
const json = (expected: unknown, printed: unknown) =>
  isAsExpected({ lang: 'json', value: JSON.stringify(expected) }, JSON.stringify(printed));

describe('what a page says is printed', () => {
  it('as text is the whole of it, but for …', () => {
    expect(text('hello (a|b)', 'hello (a|b)\n')).toBe(true);
    expect(text('hello', 'hello\nmore')).toBe(false);
    expect(text('id: …', 'id: 42\n')).toBe(true);
    expect(text('id: …', 'id: 42\n43')).toBe(false);
    expect(text('first\n…\nlast', 'first\n1\n2\nlast')).toBe(true);
    expect(text('first\n…\nlast', 'first\nlast')).toBe(true);
    expect(text('first\n…\nlast', 'first\n1\n2')).toBe(false);
  });

  it('as JSON may leave out fields, and no more', () => {
    expect(json({ id: 'a' }, { id: 'a', at: 'now' })).toBe(true);
    expect(json({ id: 'a', at: '20…' }, { id: 'a', at: '2026' })).toBe(true);
    expect(json({ id: 'a' }, { id: 'b' })).toBe(false);
    expect(json({ id: 'a' }, {})).toBe(false);
    expect(json({ data: [{ id: 'a' }] }, { data: [{ id: 'a' }, { id: 'b' }] })).toBe(false);
    expect(json([], {})).toBe(false);
    expect(isAsExpected({ lang: 'json', value: '{}' }, 'no JSON')).toBe(false);
  });
});
