import type { ChatRequest } from '@sandgate/api-spec';
import { expect, it } from 'vitest';
import { admit, isAdmitted } from './admission.ts';
import { createdSession } from './testing/created-session.ts';

type Session = ReturnType<typeof createdSession>;

const says = (content: string, onBusy: ChatRequest['onBusy'] = 'queue'): ChatRequest => ({
  messages: [{ role: 'user', content }],
  onBusy,
});

const add = (session: Session, turnId: string, body = says('hello'), viaQueue = false) =>
  admit(turnId, { bodyDigest: `of ${turnId}`, body }, viaQueue, session);

const told = ({ log }: Session) => log.page(0, 100).events;

it('writes down what the user says, with the turn', () => {
  const session = createdSession();
  const pieces = [
    { type: 'text' as const, text: 'two' },
    { type: 'text' as const, text: 'pieces' },
  ];
  const body: ChatRequest = {
    messages: [
      { role: 'user', content: 'one' },
      { role: 'user', content: pieces },
    ],
  };
  expect(add(session, 'turn_1', body)).toEqual([]);
  expect(session.turns.get('turn_1')).toMatchObject({ status: 'queued', bodyDigest: 'of turn_1', lastSeq: 2 });
  expect(told(session)).toMatchObject([
    { turnId: 'turn_1', message: { id: 'msg_turn_1_0', role: 'user', content: [{ type: 'text', text: 'one' }] } },
    { turnId: 'turn_1', message: { id: 'msg_turn_1_1', role: 'user', content: pieces } },
  ]);
});

it('says that a turn waits, behind another or for the Queue', () => {
  const session = createdSession();
  add(session, 'turn_1');
  add(session, 'turn_2');
  expect(told(session).map(({ type, turnId }) => [type, turnId])).toEqual([
    ['message', 'turn_1'],
    ['message', 'turn_2'],
    ['status', 'turn_2'],
  ]);
  expect(session.outbox.get('turn_2')).toBeUndefined();
  const other = createdSession();
  add(other, 'turn_1', says('hello'), true);
  expect(told(other).at(-1)).toMatchObject({ type: 'status', status: { state: 'queued' } });
  expect(other.outbox.get('turn_1')?.sendAt).toBeLessThanOrEqual(Date.now());
});

it('knows a turn by its id, and refuses it with another body', () => {
  const session = createdSession();
  expect(isAdmitted('turn_1', 'of turn_1', session)).toBe(false);
  add(session, 'turn_1');
  expect(isAdmitted('turn_1', 'of turn_1', session)).toBe(true);
  expect(() => isAdmitted('turn_1', 'other', session)).toThrow(
    expect.objectContaining({ code: 'idempotency_key_reused' }),
  );
});

it('refuses a turn that is not to wait', () => {
  const session = createdSession();
  add(session, 'turn_1', says('hello', 'reject'));
  expect(() => add(session, 'turn_2', says('hello', 'reject'))).toThrow(
    expect.objectContaining({ code: 'session_busy' }),
  );
  expect(session.turns.get('turn_2')).toBeUndefined();
});

it('lets sixteen wait behind the first, and the one that interrupts them all, the last first', () => {
  const session = createdSession();
  const ids = Array.from({ length: 17 }, (_, n) => `turn_${n}`);
  for (const id of ids) add(session, id);
  expect(() => add(session, 'late')).toThrow(expect.objectContaining({ code: 'queue_full', retryAfterSeconds: 5 }));
  expect(add(session, 'late', says('stop', 'interrupt')).map(({ id }) => id)).toEqual(ids.toReversed());
  expect(session.turns.get('late')).toMatchObject({ status: 'queued' });
});

it('refuses a turn while those that are open fill the log', () => {
  const session = createdSession(1000);
  add(session, 'turn_1', says('x'.repeat(2000)));
  expect(() => add(session, 'turn_2')).toThrow(expect.objectContaining({ code: 'queue_full' }));
  expect(add(session, 'turn_2', says('stop', 'interrupt'))).toHaveLength(1);
});
