import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('measures everything, and has a figure of the gateway for each', { timeout: 120_000 }, async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--quick', '--storage', 'memory']);
  const [heads, , ...rows] = stdout
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = heads?.indexOf('gateway') ?? -1;
  expect(column).toBeGreaterThan(0);
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(Number(row[column]), row.join(' | ')).not.toBeNaN();
});
