import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';

it('the Worker is told of its requests what the binding is told', () => {
  const config = parse(readFileSync(join(import.meta.dirname, '../../gateway/wrangler.jsonc'), 'utf8'));
  expect(config.ratelimits).toMatchObject([
    { name: 'REQUESTS', simple: { limit: Number(config.vars.REQUEST_LIMIT), period: 10 } },
  ]);
});
