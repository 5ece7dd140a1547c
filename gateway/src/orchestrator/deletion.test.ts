import { beforeEach, expect, it, vi } from 'vitest';
import { byItself } from '../audit/act.ts';
import { Deletion } from './deletion.ts';
import { createdSession } from './testing/created-session.ts';

const body = { messages: [{ role: 'user' as const, content: 'hello' }] };

let session: ReturnType<typeof createdSession>;
/** What was done, in order. */
let done: string[];
const index = { isRight: true };
const noted = (what: string) => async () => void done.push(what);
const destroy = vi.fn<() => Promise<void>>();
const deletion = () =>
  new Deletion({
    ...session,
    index,
    alarm: { gone: () => void done.push('alarm gone') },
    queue: { stopAll: async (reason) => void done.push(reason) },
    sandbox: () => ({ destroy }),
    disk: { delete: noted('disk'), sweep: noted('sweep') },
    publisher: { settleIndex: noted('index'), announce: noted('announced') },
  });

beforeEach(() => {
  session = createdSession();
  done = [];
  index.isRight = true;
  destroy.mockReset().mockImplementation(noted('container'));
});

const everything = ['interrupted', 'container', 'disk', 'index'];

it('tells nobody any more what happened before it', () => {
  session.notices.add('turn.completed', { turnId: 't', stopReason: 'end_turn' }, new Date());
  deletion().begin('deleteSession', byItself);
  expect(session.notices.all()).toEqual([]);
  expect(session.session.get()).toMatchObject({ deleted: true, purged: false });
  expect(session.audit.entries()).toMatchObject([{ action: 'deleteSession', target: { id: 's' } }]);
});

it('leaves a tombstone, and what webhooks are to be told', async () => {
  session.turns.admit('turn_1', '', body, '');
  session.journal.record('turn_1', [{ type: 'complete', stopReason: 'end_turn' }]);
  expect(session.turns.open()).toEqual([]);
  deletion().begin('expireSession', byItself);
  session.notices.add('session.expired', {}, new Date());
  const [expired] = session.notices.all();
  await deletion().finish();
  expect(done).toEqual([...everything, 'alarm gone', 'announced']);
  expect(session.feed.closed).toBe(true);
  const tombstone = { name: 'sb-1', accountId: 'a', id: 's', createdAt: '2026-11-22T20:34:00.000Z', bodyDigest: '' };
  expect(session.session.get()).toMatchObject({ ...tombstone, deleted: true, purged: true, indexedStatus: 'deleted' });
  expect([session.turns.get('turn_1'), session.log.head]).toEqual([undefined, 0]);
  expect(session.notices.all()).toEqual([expired]);
});

it('keeps of the disk what forks need, and sweeps it later', async () => {
  session.diskStore.setLender('sb-0');
  const { key } = session.diskStore.addObject(1);
  deletion().begin('deleteSession', byItself);
  await deletion().finish();
  expect(session.diskStore).toMatchObject({ lender: 'sb-0', sweepAt: expect.any(Number) });
  expect(session.diskStore.hasObject(key)).toBe(true);
  done = [];
  await deletion().finish();
  expect(done).toEqual(['sweep', 'index', 'announced']);
});

it('stays where it is while the index is not right, and goes on where it was left', async () => {
  deletion().begin('deleteSession', byItself);
  index.isRight = false;
  await deletion().finish();
  expect(done).toEqual([...everything, 'announced']);
  expect(session.session.get()?.purged).toBe(false);
  index.isRight = true;
  await deletion().finish();
  expect(session.session.get()?.purged).toBe(true);
});

it('forgets nothing while the container may still be there', async () => {
  deletion().begin('deleteSession', byItself);
  destroy.mockRejectedValueOnce(new Error('It does not end.'));
  await expect(deletion().finish()).rejects.toThrow('It does not end.');
  expect(done).toEqual(['interrupted']);
  expect(session.session.get()?.purged).toBe(false);
});
