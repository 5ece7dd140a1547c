import { defineConfig } from 'vitest/config';
import { onDocker } from './scripts/public-door/test-engine.ts';
import { SlowFirst } from './scripts/test-order.ts';

/**
 * Against whole stacks a test waits for much: so many files at once, those of attacks and faults among them, and so many
 * tests of a file that runs them at once. Whatever hangs is found by the deadline, which no busy machine misses.
 */
const patient = {
  maxWorkers: onDocker ? 1 : 6,
  maxConcurrency: 10,
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
  sequence: { groupOrder: 1 },
};

/** Beside the sources: fast, and each on its own. Then over HTTP: against one running stack, and what breaks its own. */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{api-spec,gateway,sandbox-server,clients}/**/*.test.ts',
            'scripts/{clients,dev,docs,go,local-engine,docker-engine,release}/**/*.test.ts',
            'scripts/chaos/promises/**/*.test.ts',
          ],
          // Claude's suite needs the SDK, which `npm run test:claude` installs; the scenarios need what `npm run test:clients` brings.
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            '**/claude.*.test.ts',
            'clients/typescript/scenarios/{scenarios,token}.test.ts',
          ],
          maxWorkers: '100%', // One less unless told, of which a machine with two cores has one.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'public door',
          include: ['scripts/{public-door,attack-gateway}/**/*.test.ts'],
          globalSetup: ['scripts/public-door/shared-stack.ts'],
          ...patient,
        },
      },
      {
        test: {
          name: 'attacks and faults',
          // The escape suite attacks the local engine, and the fault kit kills it.
          include: onDocker ? [] : ['scripts/{attack,chaos}/*.test.ts'],
          ...patient,
        },
      },
    ],
  },
});
