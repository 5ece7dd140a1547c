import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { exitOf } from './processes.ts';

it.each([
  ['exit 3', 3],
  ['kill -TERM $$', 143],
])('answers how a child ended by `%s`, asked before and after', async (script, code) => {
  const child = spawn('/bin/sh', ['-c', script]);
  const asked = exitOf(child);
  await once(child, 'exit');
  expect(await asked).toBe(code);
  expect(await exitOf(child)).toBe(code);
});
