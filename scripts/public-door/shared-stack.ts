import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startStack } from '../dev/stack.ts';
import { testEngine } from './test-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
    apiKey: string;
    docsUrl: string;
  }
}

/** One stack for all tests that need no other: each test opens sessions of its own. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
  // The tests use one key, and leave turns behind them.
  const vars = { ALLOW_SCRIPTED_AGENT: '1', REQUEST_LIMIT: '1000000', ACCOUNT_TURN_LIMIT: '1000' };
  const stack = await startStack({ folder, engine: testEngine, vars });
  project.provide('url', stack.url);
  project.provide('apiKey', stack.apiKey);
  project.provide('docsUrl', stack.docsUrl);
  return async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
