import type { ChatRequest } from '@sandgate/api-spec';
import { beforeEach, expect, it } from 'vitest';
import { Alarm } from './alarm.ts';
import { nextDue, Schedule } from './schedule.ts';
import { createdSession } from './testing/created-session.ts';

const now = Date.parse('2026-11-23T10:00:00.000Z');
const body: ChatRequest = { messages: [{ role: 'user', content: 'hello' }], deadlineSeconds: 7 };

let session: ReturnType<typeof createdSession>;
const index = { isRight: true };
const due = () => {
  const at = nextDue({ ...session, index }, now);
  return at === null ? null : (at - now) / 1000;
};

beforeEach(() => {
  session = createdSession();
  index.isRight = true;
});

/** A turn that was admitted, and waits for a person until then. */
function ask(turnId: string, expiresAt: number): void {
  session.turns.admit(turnId, '', body, '');
  session.journal.record(turnId, [
    {
      type: 'permission.requested',
      ...{ requestId: 'perm_1', kind: 'permission', tool: 'shell', title: 'Run', input: {} },
      ...{ options: [{ id: 'allow', scope: 'once' }], expiresAt: new Date(expiresAt).toISOString() },
    },
  ]);
  session.notices.clear();
}

it('is never for a session that stays idle', () => {
  expect(due()).toBeNull();
  session.session.setAsleep(true);
  expect(due()).toBeNull();
});

it.each<[string, () => unknown]>([
  ['the index could not be written', () => (index.isRight = false)],
  ['a deleted session is not gone', () => session.session.bury('')],
  ['objects may be needed by nobody', () => session.diskStore.sweepFrom(now - 60_000)],
  ['it is not forked yet', () => session.origin.begin('other', {})],
  ['a notice is being sent', () => session.notices.add('session.expired', {}, new Date(now))],
])('is for another try soon while %s', (_, change) => {
  change();
  expect(due()).toBe(5);
});

it('is for the end of the session, and for what waits behind that of a deleted one no more', () => {
  session.session.update({ expiresAt: new Date(now + 60_000).toISOString() });
  session.turns.admit('turn_1', '', body, '');
  session.turns.startClock('turn_1', now - 60_000);
  session.diskStore.changed(now - 60_000);
  expect(due()).toBe(-53);
  session.session.bury('');
  session.session.setPurged();
  expect(due()).toBeNull();
});

it('is for the notice that waits longest', () => {
  session.notices.add('session.expired', {}, new Date(now + 3000));
  expect(due()).toBe(3);
});

it('looks after a turn that is open, and is there at its deadline', () => {
  session.turns.admit('turn_1', '', body, '');
  expect(due()).toBe(10);
  session.turns.startClock('turn_1', now);
  expect(due()).toBe(7);
});

it('is for the message that brings a turn, and looks after it only once it is taken', () => {
  session.turns.admit('turn_1', '', body, '');
  session.outbox.add('turn_1', now + 20_000);
  expect(due()).toBe(20);
  session.outbox.sent('turn_1', now - 14_000); // The next follows in one second, where this is not brought.
  expect(due()).toBe(5);
  session.outbox.begin('turn_1');
  expect(due()).toBe(10);
});

it('waits with a parked turn for a person, until the request expires', () => {
  ask('turn_1', now + 90_000);
  expect(due()).toBe(90);
});

it('looks after a turn that waits for a person while a sandbox has it: who would read that it parks?', () => {
  ask('turn_1', now + 90_000);
  session.turns.change('turn_1', { bootId: 'boot' });
  expect(due()).toBe(10);
});

it('is for the save of a disk that no turn is at work on', () => {
  session.diskStore.changed(now + 5000);
  expect(due()).toBe(5);
  ask('turn_1', now + 90_000);
  expect(due()).toBe(5); // Parked, it needs no sandbox.
  session.turns.change('turn_1', { bootId: 'boot' });
  expect(due()).toBe(10); // Not for the save, which is due sooner.
});

it('sets the alarm once for all that changes in one step, and not where no session is', async () => {
  const writes: unknown[] = [];
  const storage = {
    setAlarm: async (at: number | Date) => void writes.push(at),
    deleteAlarm: async () => void writes.push(null),
  };
  const none = new Schedule(new Alarm(storage), () => undefined);
  await none.set();
  expect(writes).toEqual([]);
  const schedule = new Schedule(new Alarm(storage), () => ({ ...session, index }));
  const set = schedule.set();
  const expiresAt = Date.now() + 60_000;
  session.session.update({ expiresAt: new Date(expiresAt).toISOString() });
  expect(schedule.set()).toBe(set);
  await set;
  expect(writes).toEqual([expiresAt]);
  session.session.update({ expiresAt: new Date(expiresAt - 30_000).toISOString() });
  await schedule.set();
  expect(writes).toEqual([expiresAt, expiresAt - 30_000]);
});
