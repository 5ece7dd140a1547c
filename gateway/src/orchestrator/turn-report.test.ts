import { afterEach, expect, it, vi } from 'vitest';
import { serialized } from './entry.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnReport } from './turn-report.ts';
import { TurnStore } from './turn-store.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['sandbox_restarted', 'sandbox_restarted'],
  ['what the agent read in a file', '[no code]'],
  ['x'.repeat(100_000), '[no code]'],
])('the code of an error is told where it is one', (code, told) => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  const { sql } = sessionStorage();
  const session = new SessionStore(sql);
  session.create({ name: 'sb-1', accountId: 'a', id: 's' }, '', {}, '2026-11-22T20:34:00.000Z');
  const turns = new TurnStore(sql);
  turns.admit('t', '', { messages: [] }, '2026-11-22T20:34:00.000Z');
  turns.change('t', { stopReason: 'error', error: { code, message: '', retryable: false } });
  new TurnReport({ session, turns }).happened('t', [
    serialized({ type: 'complete' as const, stopReason: 'error' as const }),
  ]);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'turn ended', turnId: 't', code: told });
});
