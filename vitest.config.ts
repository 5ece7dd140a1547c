import { defineConfig } from 'vitest/config';
import { onDocker } from './scripts/public-door/test-engine.ts';

/** Beside the sources: fast, and each on its own. Behind the public door: over HTTP, against one running stack. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{api-spec,gateway,sandbox-server,clients}/**/*.test.ts',
            'scripts/{dev,local-engine,docker-engine}/**/*.test.ts',
          ],
          // The claude suite needs the SDK: `npm run test:claude` installs it.
          exclude: ['**/node_modules/**', '**/dist/**', '**/claude.*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'public door',
          // The escape suite attacks the local engine, and the fault kit kills it.
          include: onDocker
            ? ['scripts/public-door/**/*.test.ts']
            : ['scripts/{public-door,attack,chaos}/**/*.test.ts'],
          globalSetup: ['scripts/public-door/shared-stack.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
