import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { doorOf, told } from './door.ts';
import { chromium } from './runtimes/chromium.ts';
import { node } from './runtimes/node.ts';
import type { Started } from './runtimes/runtime.ts';
import { workerd } from './runtimes/workerd.ts';
import type { Scenario } from './scenario.ts';

const door = doorOf(process.env);
const { scenarios } = JSON.parse(readFileSync(told(process.env, 'SANDGATE_SCENARIOS'), 'utf8')) as {
  scenarios: Scenario[];
};

describe.each([node, workerd, chromium])('in $name', (runtime) => {
  let started: Started;
  beforeAll(async () => {
    started = await runtime.start();
  });
  afterAll(() => started?.close());

  test.concurrent.each(scenarios)('$name: $about', (scenario) => started.play(scenario, door));
});
