import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { LogFile } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-log-'));
const path = join(folder, 'gateway.log');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps the newest lines in two files, also over a restart, for their owner alone', () => {
  for (const lines of [['one', 'two'], ['three', 'four'], ['five']]) {
    const log = new LogFile(path, 10);
    for (const line of lines) log.write(line);
    log.close();
  }
  expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['three\n', 'four\nfive\n']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
