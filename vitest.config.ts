import { defineConfig } from 'vitest/config';
import { onDocker } from './scripts/public-door/test-engine.ts';

/** Behind the public door a test waits for much and takes its time. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * Beside the sources: fast, and each on its own. Behind the public door: over HTTP, against one running stack. At last what
 * wants the machine for itself. They run one after the other.
 */
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
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'public door',
          include: ['scripts/{public-door,attack-gateway}/**/*.test.ts'],
          globalSetup: ['scripts/public-door/shared-stack.ts'],
          maxWorkers: onDocker ? 1 : 4, // They mostly wait.
          ...patient,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'attacks and faults',
          // The escape suite attacks the local engine, and the fault kit kills it.
          include: onDocker ? [] : ['scripts/{attack,chaos}/**/*.test.ts'],
          fileParallelism: false,
          ...patient,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
