import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installSdk, sdkFolder } from './sdk.ts';

/** `npm run test:claude`: the agent contract with the real SDK and CLI, and our own account of its types against its. */
const root = join(import.meta.dirname, '../..');
const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, SANDGATE_CLAUDE_DIR: sdkFolder } })
    .status === 0;

installSdk();
const isTyped = run('tsc', '-p', 'scripts/claude');
console.log(isTyped ? '✓ types of the SDK' : '✗ types of the SDK');
const isHeld = run(
  process.execPath,
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'scripts/claude/vitest.config.ts',
  ...process.argv.slice(2),
);
process.exitCode = isTyped && isHeld ? 0 : 1;
