import { expect, it } from 'vitest';
import type { Env } from '../env.ts';
import { authenticate } from './api-key.ts';

it('says of a database that does not answer that the same request may be sent again', async () => {
  const DB = {
    prepare: () => {
      throw new Error('D1_ERROR: disk I/O error');
    },
  };
  await expect(authenticate('Bearer a-key', { DB } as unknown as Env)).rejects.toMatchObject({
    code: 'restarting',
    status: 503,
  });
});
