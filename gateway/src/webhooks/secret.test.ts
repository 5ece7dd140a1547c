import { expect, it } from 'vitest';
import { mintSecret, openSecret, sealSecret } from './secret.ts';

it('opens for the webhook that it was sealed for, and never looks the same', async () => {
  const secret = mintSecret();
  const [one, two] = [await sealSecret('master', 'wh_a', secret), await sealSecret('master', 'wh_a', secret)];
  expect(one).not.toBe(two);
  expect(await openSecret('master', 'wh_a', one)).toBe(secret);
});

it('opens for no other, under no other secret, and not once it was changed', async () => {
  const sealed = await sealSecret('master', 'wh_a', mintSecret());
  const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  await expect(openSecret('master', 'wh_b', sealed)).rejects.toThrow();
  await expect(openSecret('another', 'wh_a', sealed)).rejects.toThrow();
  await expect(openSecret('master', 'wh_a', changed)).rejects.toThrow();
  await expect(sealSecret(undefined, 'wh_a', 'whsec_')).rejects.toThrow('SANDBOX_MASTER_SECRET');
});
