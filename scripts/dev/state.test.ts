import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openState } from './state.ts';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'sandgate-state-'));
  folders.push(path);
  return path;
};
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe('openState', () => {
  it('makes the key and the master secret once, for their owner only', () => {
    const root = folder();
    const first = openState(root, undefined);
    expect(first.apiKey).toMatch(/^sg_local_[0-9a-f]{48}$/);
    expect(openState(root, undefined)).toEqual(first);
    for (const name of readdirSync(root)) expect(statSync(join(root, name)).mode & 0o077).toBe(0);
    expect(openState(folder(), undefined).masterSecret).not.toBe(first.masterSecret);
  });

  it('takes a preset key, and leaves the kept one alone', () => {
    const root = folder();
    const kept = openState(root, undefined).apiKey;
    expect(openState(root, 'a-preset-key-of-30-characters').apiKey).toBe('a-preset-key-of-30-characters');
    expect(openState(root, undefined).apiKey).toBe(kept);
  });

  it('refuses a key that could be guessed, or that no header can carry', () => {
    expect(() => openState(folder(), 'short')).toThrow('24 characters');
    expect(() => openState(folder(), 'a key with spaces, long enough')).toThrow('header');
  });
});
