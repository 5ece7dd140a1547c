import { defineConfig } from 'vitest/config';

/** Apart from the root's: these tests need the SDK that `test.ts` installs, and start its CLI for every turn. */
export default defineConfig({
  root: '.',
  test: {
    include: ['{sandbox-server,scripts}/**/claude.*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
