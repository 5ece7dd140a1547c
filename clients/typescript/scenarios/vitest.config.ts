import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Apart from the root's: `npm run test:clients` says where the gateway is. */
const config: ViteUserConfig = defineConfig({
  root: import.meta.dirname,
  test: { include: ['{scenarios,token}.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});

export default config;
