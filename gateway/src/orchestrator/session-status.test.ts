import { expect, it } from 'vitest';
import { isThere, statusOf } from './session-status.ts';
import { createdSession } from './testing/created-session.ts';

it('says how a session is', () => {
  const { session, turns } = createdSession();
  const status = () => statusOf({ session, turns });
  expect(status()).toBe('idle');
  session.setAsleep(true);
  expect(status()).toBe('sleeping');
  turns.admit('turn_1', '', { messages: [{ role: 'user', content: 'hello' }] }, '');
  expect(status()).toBe('running');
  turns.change('turn_1', { status: 'waiting' });
  expect(status()).toBe('waiting');
  session.bury('');
  expect(status()).toBe('deleted');
});

it('takes a fork for there once it is made, or deleted', () => {
  expect(isThere(createdSession())).toBe(true);
  const [fork, deleted] = [createdSession(), createdSession()];
  for (const { origin } of [fork, deleted]) origin.begin('parent', {});
  expect(isThere(fork)).toBe(false);
  fork.origin.setMade();
  expect(isThere(fork)).toBe(true);
  deleted.session.bury('');
  expect(isThere(deleted)).toBe(true);
});
