import { afterEach, expect, it, vi } from 'vitest';
import { openSecrets, sealOldEnv, sealSecrets } from './session-secrets.ts';
import type { SessionRecord } from './session-store.ts';
import { createdSession } from './testing/created-session.ts';

afterEach(() => void vi.restoreAllMocks());

const master = 'a master secret';
const egress = [{ host: 'api.example.org', headers: { authorization: 'Bearer hidden' } }];
const env = { TOKEN: 'hidden' };

it('opens what it sealed, for the same session only', async () => {
  const sealed = await sealSecrets(master, 'sb-1', { egress: { allow: egress }, env });
  expect(JSON.stringify(sealed)).not.toContain('hidden');
  const record = { name: 'sb-1', ...sealed } as SessionRecord;
  expect(await openSecrets(master, record)).toEqual({ egress, env });
  await expect(openSecrets(master, { ...record, name: 'sb-2' })).rejects.toThrow();
});

it('seals only what is there', async () => {
  expect(await sealSecrets(master, 'sb-1', {})).toEqual({});
});

it('seals the variables of an earlier version, and leaves them where it cannot', async () => {
  const { session } = createdSession();
  session.setEnv(JSON.stringify(env));
  vi.spyOn(console, 'error').mockReturnValueOnce();
  await sealOldEnv(undefined, session);
  expect(session.get()?.env).toBe(JSON.stringify(env));
  await sealOldEnv(master, session);
  expect(session.get()?.env).not.toContain('hidden');
  expect((await openSecrets(master, session.get() as SessionRecord)).env).toEqual(env);
});
