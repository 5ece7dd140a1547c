import { expect, it } from 'vitest';
import { chunkOf } from './chunk.ts';
import { framesOf, linesOf, sizeOf, storedText } from './segment-text.ts';

const event = (n: number) => JSON.stringify({ type: 'status', seq: n, sessionId: 'naïve 🎉', detail: 'x'.repeat(100) });
const lines = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const chunk = (texts: string[]) =>
  chunkOf(texts.map((json, index) => ({ seq: 7 + index, turnId: 't', type: 'status', json })));

it('gives back what was stored, to the letter, as frames and as lines', () => {
  for (const texts of [['{}'], lines(1), lines(17), lines(18), lines(2000)]) {
    const { bytes, entries } = chunk(texts);
    const stored = storedText({ bytes, entries });
    expect(linesOf(stored)).toEqual(texts);
    expect(new TextDecoder().decode(framesOf(stored, 7))).toBe(new TextDecoder().decode(bytes));
    const text = new TextEncoder().encode(texts.join('\n'));
    expect(sizeOf(stored)).toBe(stored.deflated ? bytes.byteLength : text.byteLength + 1);
  }
});

it('leaves what fits into a page as it is, and stores of a flood a fraction', () => {
  expect(storedText(chunk(lines(18)))).toMatchObject({ lines: lines(18).join('\n'), deflated: null });
  const { bytes } = chunk(lines(500));
  const { lines: rest, deflated } = storedText(chunk(lines(500)));
  expect(rest).toBe('');
  expect(deflated?.byteLength).toBeLessThan(bytes.byteLength / 5);
});
