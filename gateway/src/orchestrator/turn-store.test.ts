import { expect, it } from 'vitest';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnStore } from './turn-store.ts';

const now = '2026-11-23T10:00:00.000Z';
const body = { messages: [{ role: 'user' as const, content: 'hi' }] };

function store() {
  const storage = sessionStorage();
  const turns = new TurnStore(storage.sql);
  for (const id of ['one', 'two']) turns.admit(id, 'digest', body, now);
  return { storage, turns };
}
const states = (turns: TurnStore) => turns.open().map(({ id, status }) => [id, status]);

it('shows each change at once, by every question', () => {
  const { turns } = store();
  expect(states(turns)).toEqual([
    ['one', 'queued'],
    ['two', 'queued'],
  ]);
  expect(turns.active()).toBeUndefined();
  turns.change('one', { status: 'running', startedAt: now });
  expect(turns.active()).toMatchObject({ id: 'one', startedAt: now });
  turns.extend('one', 3, 4, { storedCursor: 2, resumeCursor: 1 });
  expect(turns.get('one')).toMatchObject({ firstSeq: 3, lastSeq: 4, storedCursor: 2, resumeCursor: 1 });
  turns.change('one', { status: 'complete', stopReason: 'end_turn' });
  expect(states(turns)).toEqual([['two', 'queued']]);
  expect(turns.get('one')).toMatchObject({ status: 'complete', stopReason: 'end_turn' });
});

it('is as the table says behind a transaction that did not commit', () => {
  const { storage, turns } = store();
  expect(() =>
    storage.transactionSync(() => {
      turns.change('one', { status: 'complete' });
      expect(states(turns)).toEqual([['two', 'queued']]);
      throw new Error('The disk is full.');
    }),
  ).toThrow('The disk is full.');
  turns.reload();
  expect(states(turns)).toEqual([
    ['one', 'queued'],
    ['two', 'queued'],
  ]);
});
