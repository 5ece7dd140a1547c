import { expect, it } from 'vitest';
import type { Env } from '../env.ts';
import { requireRoomForTurn } from './account.ts';

/** An account's index, which says how many other sessions have a turn, and how often it was asked. */
function indexOf(index: { others: number; asked: number }): Env {
  const first = async () => {
    index.asked += 1;
    return { others: index.others };
  };
  return { ACCOUNT_TURN_LIMIT: '4', DB: { prepare: () => ({ bind: () => ({ first }) }) } } as unknown as Env;
}

it('asks the index for room where what was begun here since may have taken it', async () => {
  const index = { others: 1, asked: 0 };
  const env = indexOf(index);
  for (const session of ['a', 'b', 'b']) await requireRoomForTurn(env, 'acct_1', session);
  expect(index.asked).toBe(1);
  index.others = 3;
  await requireRoomForTurn(env, 'acct_1', 'c');
  expect(index.asked).toBe(2);
  index.others = 4;
  await expect(requireRoomForTurn(env, 'acct_1', 'd')).rejects.toMatchObject({ code: 'turn_limit_reached' });
  expect(index.asked).toBe(3);
});

it('knows nothing of one account by another', async () => {
  const index = { others: 4, asked: 0 };
  await requireRoomForTurn(indexOf({ others: 0, asked: 0 }), 'acct_2', 'a');
  await expect(requireRoomForTurn(indexOf(index), 'acct_3', 'a')).rejects.toMatchObject({ code: 'turn_limit_reached' });
});
