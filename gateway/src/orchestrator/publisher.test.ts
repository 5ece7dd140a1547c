import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Publisher } from './publisher.ts';
import { createdSession } from './testing/created-session.ts';

let session: ReturnType<typeof createdSession>;
/** What was done, in order. */
let done: string[];
let begun: Promise<unknown>[];
const noted = (what: string) => async () => void done.push(what);

beforeEach(() => {
  vi.stubGlobal('scheduler', { wait: noted('waited') });
  session = createdSession();
  done = [];
  begun = [];
});
afterEach(() => void vi.unstubAllGlobals());

const publisher = (isBegun = true) => {
  const parts = { ...session, index: { bringUpToDate: noted('index') }, herald: { work: noted('webhooks') } };
  const ctx = { waitUntil: (work: Promise<unknown>) => void begun.push(work) };
  return new Publisher(ctx, { set: noted('scheduled') }, () => (isBegun ? parts : undefined));
};

/** Resolves once all that was begun is over. */
async function over(): Promise<void> {
  for (const work of begun) await work;
}

it('tells webhooks and the index a little later, each with the alarm before it', async () => {
  publisher().publishSoon();
  await over();
  expect(done.slice(0, 2)).toEqual(['scheduled', 'waited']);
  expect(done.slice(2).toSorted()).toEqual(['index', 'scheduled', 'scheduled', 'scheduled', 'webhooks']);
  expect(done.indexOf('index')).toBeGreaterThan(done.indexOf('scheduled', 2));
});

it('tells once of what changes until then', async () => {
  const one = publisher();
  for (let change = 0; change < 5; change += 1) one.publishSoon();
  await over();
  expect(done.filter((what) => what === 'index')).toHaveLength(1);
  one.publishSoon();
  await over();
  expect(done.filter((what) => what === 'index')).toHaveLength(2);
});

it('tells nobody of a fork that is not there yet, and of one that was deleted', async () => {
  session.origin.begin('parent', {});
  await publisher().settleIndex();
  await publisher().announce();
  expect(done).toEqual([]);
  session.session.bury('');
  await publisher().settleIndex();
  await publisher().announce();
  expect(done).toEqual(['scheduled', 'index', 'scheduled', 'webhooks', 'scheduled']);
});

it('tells nobody of what is no session', async () => {
  await publisher(false).settleIndex();
  await publisher(false).announce();
  expect(done).toEqual([]);
});
