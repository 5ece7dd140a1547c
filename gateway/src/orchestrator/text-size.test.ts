import { expect, it } from 'vitest';
import { textSize } from './text-size.ts';

it('counts what is said, wherever it stands', () => {
  expect(textSize({ type: 'tool.call', input: { files: [{ name: 'a', text: 'xyz' }], count: 1, note: null } })).toBe(
    13,
  );
  expect(textSize('🎉')).toBe(2);
  expect([undefined, null, 1, true, [], {}].map(textSize)).toEqual([0, 0, 0, 0, 0, 0]);
});
