import { expect, it, onTestFinished, vi } from 'vitest';
import { createdSession } from './testing/created-session.ts';

const dayMs = 24 * 60 * 60 * 1000;

it('keeps for a day what became of a turn whose events are gone, and no longer: its id is an idempotency key', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { turns, journal, log } = createdSession(10_000);
  /** Until the log has dropped some of it. */
  const runOver = () => {
    for (const { first } = log; log.first === first; )
      journal.record(undefined, [
        { type: 'status', status: { state: 'idle', detail: crypto.randomUUID().repeat(20) } },
      ]);
  };
  turns.admit('turn_1', 'digest', { messages: [{ role: 'user', content: 'hello' }] }, new Date().toISOString());
  journal.record('turn_1', [{ type: 'complete', stopReason: 'end_turn' }]);
  const completed = Date.now();
  for (const afterMs of [0, dayMs - 1000]) {
    vi.setSystemTime(completed + afterMs);
    runOver();
    expect(turns.get('turn_1')).toMatchObject({ bodyDigest: 'digest', stopReason: 'end_turn' });
  }
  vi.setSystemTime(completed + dayMs + 1000);
  runOver();
  expect(turns.get('turn_1')).toBeUndefined();
});
