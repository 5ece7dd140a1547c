import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeltaPacer } from './delta-pacer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function pacer() {
  const emitted: string[] = [];
  return { emitted, deltas: new DeltaPacer((stream, text) => emitted.push(`${stream}:${text}`)) };
}

describe('DeltaPacer', () => {
  test('sends the first piece at once, and puts the next together', async () => {
    const { emitted, deltas } = pacer();
    for (const text of ['a', 'b', 'c']) deltas.add('stdout', text);
    expect(emitted).toEqual(['stdout:a']);
    await vi.advanceTimersByTimeAsync(20);
    expect(emitted).toEqual(['stdout:a', 'stdout:bc']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(emitted).toHaveLength(2);
    deltas.add('stdout', 'd');
    expect(emitted.at(-1)).toBe('stdout:d');
  });

  test('keeps the order of the streams', () => {
    const { emitted, deltas } = pacer();
    deltas.add('stdout', '1');
    deltas.add('stdout', '2');
    deltas.add('stderr', '3');
    deltas.add('stdout', '4');
    deltas.flush();
    expect(emitted).toEqual(['stdout:1', 'stdout:2', 'stderr:3', 'stdout:4']);
  });

  test('does not wait with much', () => {
    const { emitted, deltas } = pacer();
    deltas.add('stdout', 'a');
    deltas.add('stdout', 'x'.repeat(16 * 1024));
    expect(emitted).toHaveLength(2);
  });
});
