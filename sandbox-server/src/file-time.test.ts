import { lstatSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fileTime } from './file-time.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-time-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'file');

function kept(nanoseconds: bigint): bigint {
  writeFileSync(file, '');
  utimesSync(file, fileTime(nanoseconds), fileTime(nanoseconds));
  return lstatSync(file, { bigint: true }).mtimeNs;
}

it('keeps the microsecond, however often it is told', () => {
  for (let microsecond = 1_793_000_000_000_000n; microsecond < 1_793_000_001_000_000n; microsecond += 7919n) {
    const once = kept(microsecond * 1000n);
    expect(once / 1000n).toBe(microsecond);
    expect(kept(once) / 1000n).toBe(microsecond);
    expect(kept(microsecond * 1000n + 999n) / 1000n).toBe(microsecond);
  }
});

it.each([0n, 1_000_000_000n, -1_000_000_000n, 4_000_000_000_000_000_000n])('keeps the second %d', (nanoseconds) => {
  expect(kept(nanoseconds)).toBe(nanoseconds);
});

it('keeps what was before 1970', () => {
  expect((kept(-1_234_567_891n) + 10_000_000_000n) / 1000n).toBe((10_000_000_000n - 1_234_567_891n) / 1000n);
});
