import { expect, it } from 'vitest';
import { storedText, textOf } from './segment-text.ts';

const event = (n: number) => JSON.stringify({ type: 'status', seq: n, sessionId: 'naïve 🎉', detail: 'x'.repeat(100) });
const lines = (count: number) => Array.from({ length: count }, (_, n) => event(n)).join('\n');

it('gives back what was stored, to the letter, and knows its size', () => {
  for (const text of ['', '{}', lines(1), lines(19), lines(20), lines(2000)]) {
    const { size, ...stored } = storedText(text);
    expect(textOf(stored)).toBe(text);
    expect(size).toBe(new TextEncoder().encode(text).byteLength);
  }
});

it('leaves what fits into a page as it is, and stores of a flood a fraction', () => {
  expect(storedText(lines(20))).toMatchObject({ lines: lines(20), deflated: null });
  const { size, lines: rest, deflated } = storedText(lines(500));
  expect(rest).toBe('');
  expect(deflated?.byteLength).toBeLessThan(size / 5);
});
