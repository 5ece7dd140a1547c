import { expect, it, vi } from 'vitest';
import type { Env } from '../env.ts';
import { keyCaller } from './api-key.ts';
import { mintKey } from './key-text.ts';

const row = { id: 'key_1', account_id: 'a', name: 'n', scopes: '*', created_at: '2026-01-01T00:00:00.000Z' };

/** A database in which every key is this row. */
function databaseOf(more: object = {}) {
  const first = vi.fn(async () => ({ ...row, expires_at: null, revoked_at: null, last_used_at: null, ...more }));
  const run = vi.fn(async () => ({ meta: { changes: 1 } }));
  const DB = { prepare: () => ({ bind: () => ({ first, run }) }) };
  return { env: { DB } as unknown as Env, first, run };
}

const later = (work: Promise<unknown>) => void work;

it('asks the database once for many requests at short intervals, and notes the use once', async () => {
  const { env, first, run } = databaseOf();
  const key = mintKey();
  for (let time = 0; time < 10; time += 1) await keyCaller(key, env, later);
  expect(first).toHaveBeenCalledTimes(1);
  expect(run).toHaveBeenCalledTimes(1);
});

it('asks it nothing where the checksum is wrong', async () => {
  const { env, first } = databaseOf();
  await expect(keyCaller(`${mintKey().slice(0, -1)}-`, env, later)).rejects.toMatchObject({ reason: 'malformed' });
  expect(first).not.toHaveBeenCalled();
});

it('takes a key that has expired for none, also where it was found valid just now', async () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] });
  const { env } = databaseOf({ expires_at: '1970-01-01T00:00:02.000Z' });
  const key = mintKey();
  await keyCaller(key, env, later);
  vi.setSystemTime(2000);
  await expect(keyCaller(key, env, later)).rejects.toMatchObject({ reason: 'expired' });
  vi.useRealTimers();
});

it('never waits for the note of its use, nor fails with it', async () => {
  const { env, run } = databaseOf();
  run.mockRejectedValue(new Error('D1_ERROR'));
  vi.spyOn(console, 'error').mockReturnValueOnce();
  const works: Promise<unknown>[] = [];
  await keyCaller(mintKey(), env, (work) => works.push(work));
  await expect(Promise.all(works)).resolves.toHaveLength(1);
});

it('says of a database that does not answer that the same request may be sent again', async () => {
  const DB = {
    prepare: () => {
      throw new Error('D1_ERROR: disk I/O error');
    },
  };
  vi.spyOn(console, 'error').mockReturnValueOnce();
  await expect(keyCaller('a-key', { DB } as unknown as Env, later)).rejects.toMatchObject({
    code: 'restarting',
    status: 503,
  });
});
