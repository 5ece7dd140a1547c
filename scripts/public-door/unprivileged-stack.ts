import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { asUnprivileged, unprivilegedUser } from './unprivileged-user.ts';

/** The stack of a user without any privileges, for the same tests: what a caller sees must not depend on it. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-unprivileged-'));
  chownSync(folder, unprivilegedUser, unprivilegedUser);
  const [command = '', ...args] = asUnprivileged;
  const program = join(import.meta.dirname, 'stack-process.ts');
  const child = spawn(command, [...args, process.execPath, program, join(folder, 'state')], {
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder.length < 50 ? folder : '/tmp' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = once(createInterface(child.stdout), 'line');
  const [said] = await Promise.race([
    line,
    ended.then(([code]) => Promise.reject(new Error(`the unprivileged stack ended with ${code}`))),
  ]);
  const { url, apiKey, mode } = JSON.parse(said);
  if (mode !== 'unprivileged') throw new Error(`the stack runs in mode ${mode}`);
  project.provide('url', url);
  project.provide('apiKey', apiKey);
  return async () => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
