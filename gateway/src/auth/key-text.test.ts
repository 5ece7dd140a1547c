import { expect, it } from 'vitest';
import { claimsToBeKey, isKeyText, mintKey } from './key-text.ts';

it('a key is 256 bits and a checksum, and no two are the same', () => {
  const keys = Array.from({ length: 1000 }, mintKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) {
    expect(key).toMatch(/^sg_live_[0-9A-Za-z]{49}$/);
    expect(isKeyText(key)).toBe(true);
  }
});

it('a typo is told by the checksum: each character changed, two swapped, one lost or added', () => {
  const key = mintKey();
  const secret = 'sg_live_'.length;
  const swap = (text: string, at: number) =>
    text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
  for (let at = secret; at < key.length; at += 1) {
    const other = key.charAt(at) === 'a' ? 'b' : 'a';
    expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
    if (at + 1 < key.length && key.charAt(at) !== key.charAt(at + 1)) expect(isKeyText(swap(key, at))).toBe(false);
    expect(isKeyText(key.slice(0, at) + key.slice(at + 1))).toBe(false);
  }
  expect(isKeyText(`${key}0`)).toBe(false);
});

it('another text is no key, and does not claim to be one', () => {
  expect([isKeyText('sg_local_0123'), claimsToBeKey('sg_local_0123')]).toEqual([false, false]);
  expect([isKeyText('sg_live_'), claimsToBeKey('sg_live_')]).toEqual([false, true]);
});
