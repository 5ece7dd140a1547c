import { expect, it } from 'vitest';
import { sandboxSecret } from './secret.ts';

it('is another for each sandbox and each master secret, and always the same', async () => {
  const secrets = await Promise.all([sandboxSecret('m', 'a'), sandboxSecret('m', 'b'), sandboxSecret('n', 'a')]);
  expect(new Set(secrets).size).toBe(3);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await sandboxSecret('m', 'a')).toBe(secrets[0]);
});

it('is never made of nothing', async () => {
  await expect(sandboxSecret(undefined, 'a')).rejects.toThrow('SANDBOX_MASTER_SECRET');
  await expect(sandboxSecret('', 'a')).rejects.toThrow('SANDBOX_MASTER_SECRET');
});
