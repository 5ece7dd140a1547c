import { expect, it } from 'vitest';
import { openEnv, sealEnv } from './sealed-env.ts';

const env = { TOKEN: 'planted', GREETING: '{"a": "ü"}' };

it('opens for the same session and secret, and for no other', async () => {
  const sealed = await sealEnv('master', 'session', env);
  expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(await openEnv('master', 'session', sealed)).toEqual(env);
  await expect(openEnv('master', 'another', sealed)).rejects.toThrow();
  await expect(openEnv('another', 'session', sealed)).rejects.toThrow();
});

it('needs no secret where there are no variables', async () => {
  expect(await openEnv(undefined, 'session', await sealEnv(undefined, 'session'))).toEqual({});
  await expect(sealEnv(undefined, 'session', env)).rejects.toThrow('SANDBOX_MASTER_SECRET');
});

it('opens what an earlier version kept in the clear', async () => {
  expect(await openEnv('master', 'session', JSON.stringify(env))).toEqual(env);
});
