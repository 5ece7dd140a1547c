import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { chromium } from './runtimes/chromium.ts';
import { node } from './runtimes/node.ts';
import type { Started } from './runtimes/runtime.ts';
import { workerd } from './runtimes/workerd.ts';
import type { Door, Scenario } from './scenario.ts';

const { scenarios } = JSON.parse(readFileSync(told('SANDGATE_SCENARIOS'), 'utf8')) as { scenarios: Scenario[] };
const door: Door = {
  baseUrl: told('SANDGATE_BASE_URL'),
  cutsUrl: told('SANDGATE_CUTS_URL'),
  stumblesUrl: told('SANDGATE_STUMBLES_URL'),
  apiKey: told('SANDGATE_API_KEY'),
};

describe.each([node, workerd, chromium])('in $name', (runtime) => {
  let started: Started;
  beforeAll(async () => {
    started = await runtime.start();
  });
  afterAll(() => started?.close());

  test.each(scenarios)('$name: $about', (scenario) => started.play(scenario, door));
});

function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this suite is run by \`npm run test:clients\`.`);
  return value;
}
