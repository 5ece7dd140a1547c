import { expect, it, vi } from 'vitest';
import { createLog } from './log.ts';

it('hands no control character of a sandbox to the terminal', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  createLog(true).debug('one\ttwo \x1b]0;title\x07 \x9b2J 🦆');
  expect(write.mock.calls).toEqual([['[local-engine] one\ttwo \ufffd]0;title\ufffd \ufffd2J 🦆\n']]);
  write.mockRestore();
});
