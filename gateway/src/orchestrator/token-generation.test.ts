import { expect, it } from 'vitest';
import { TokenGeneration } from './token-generation.ts';

it('is another once it was ended, also for who asks anew', () => {
  const kept = new Map<string, unknown>();
  const kv = {
    get: <T>(key: string) => kept.get(key) as T,
    put: (key: string, value: unknown) => void kept.set(key, value),
  };
  const tokens = new TokenGeneration(kv);
  expect(tokens.current).toBe(0);
  tokens.end();
  tokens.end();
  expect([tokens.current, new TokenGeneration(kv).current]).toEqual([2, 2]);
});
