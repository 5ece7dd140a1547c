import { describe, expect, it } from 'vitest';
import { sessionName } from './session-name.ts';

const odd = [
  'a',
  'A',
  'a.b',
  'a-b',
  'a_b',
  `${'x'.repeat(63)}`,
  `${'x'.repeat(63)}y`,
  `${'x'.repeat(254)}a`,
  `${'x'.repeat(254)}b`,
  '🦆',
  '🦆🦆',
  'é',
  'e\u0301',
  '...',
  '-',
  ' ',
  '%2e',
  '1',
];

describe('sessionName', () => {
  it('is a DNS label for every id', async () => {
    for (const id of odd) expect(await sessionName('acct', id)).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it('never collides, not even where account and id could be read as one text', async () => {
    const names = await Promise.all(odd.flatMap((id) => [sessionName('acct', id), sessionName('acctx', id)]));
    expect(new Set(names).size).toBe(odd.length * 2);
    expect(await sessionName('ab', 'c')).not.toBe(await sessionName('a', 'bc'));
  });

  it('is the same each time', async () => {
    expect(await sessionName('acct', 'build-42')).toBe(await sessionName('acct', 'build-42'));
  });
});
