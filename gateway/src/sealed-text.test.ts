import { expect, it } from 'vitest';
import { openText, sealText } from './sealed-text.ts';

const whose = { use: 'test', owner: 'a' };

it('opens for whom it was sealed, and never looks the same', async () => {
  const [one, two] = await Promise.all([sealText('master', whose, 'text'), sealText('master', whose, 'text')]);
  expect(one).not.toBe(two);
  expect(await openText('master', whose, one)).toBe('text');
});

it('opens for nobody else, for nothing else, under no other secret, and not once it was changed', async () => {
  const sealed = await sealText('master', whose, 'text');
  const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  await expect(openText('master', { ...whose, owner: 'b' }, sealed)).rejects.toThrow();
  await expect(openText('master', { ...whose, use: 'other' }, sealed)).rejects.toThrow();
  await expect(openText('another', whose, sealed)).rejects.toThrow();
  await expect(openText('master', whose, changed)).rejects.toThrow();
  await expect(sealText(undefined, whose, 'text')).rejects.toThrow('SANDBOX_MASTER_SECRET');
});
