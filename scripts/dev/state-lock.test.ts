import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lockState } from './state-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is one stack’s at a time', () => {
  const unlock = lockState(folder);
  expect(() => lockState(folder)).toThrow(`Another Sandgate runs on ${folder}`);
  unlock();
  lockState(folder)();
});

it('goes with a process that is killed', async () => {
  const module = join(import.meta.dirname, 'state-lock.ts');
  const program = `(await import(${JSON.stringify(module)})).lockState(process.argv[1]); console.log('locked'); setInterval(() => {}, 1e6)`;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  expect(() => lockState(folder)).toThrow('Another Sandgate');
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockState(folder)();
});
