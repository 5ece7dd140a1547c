import { describe, expect, test } from 'vitest';
import { Excerpt } from './excerpt.ts';

function excerptOf(pieces: string[], limit: number) {
  const excerpt = new Excerpt(limit);
  for (const piece of pieces) excerpt.add(piece);
  return { text: String(excerpt), omitted: excerpt.omitted };
}

describe('Excerpt', () => {
  test('keeps what fits, to the last character', () => {
    expect(excerptOf(['abcd', '', 'efgh'], 8)).toEqual({ text: 'abcdefgh', omitted: 0 });
  });

  test('keeps the beginning and the end', () => {
    expect(excerptOf(['abcdefghi'], 8)).toEqual({ text: 'abcd\n[… 1 characters left out …]\nfghi', omitted: 1 });
    expect(excerptOf([...'abcdefghijklmnopqrstuvwxyz'], 8).text).toBe('abcd\n[… 18 characters left out …]\nwxyz');
  });

  test('is the same however the text is cut into pieces', () => {
    const text = Array.from({ length: 500 }, (_, i) => `line ${i}\n`).join('');
    const whole = excerptOf([text], 100);
    for (const size of [1, 7, 64, 1000])
      expect(excerptOf(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [], 100)).toEqual(whole);
  });

  test('cuts through no character', () => {
    const { text } = excerptOf(['a🙂b🙂c🙂'.repeat(9)], 6);
    expect(text.isWellFormed()).toBe(true);
  });
});
