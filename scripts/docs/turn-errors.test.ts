import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

it('docs/errors.md has every code that a turn can end with', () => {
  const sources = globSync(['gateway/src/orchestrator/**/*.ts', 'sandbox-server/src/**/*.ts'], { cwd: root });
  const ours = sources.filter((path) => !/\.test\.ts$|\/testing\/|\/scripted\.ts$/.test(path));
  const thrown = /(?:TurnError|AgentFailure)\(\s*'(\w+)'|\bcode: '(\w+)', message/g;
  const codes = ours.flatMap((path) => [...read(path).matchAll(thrown)].map(([, code, listed]) => code ?? listed));
  expect(codes).toContain('sandbox_restarted');
  const page = read('docs/errors.md');
  const missing = codes.filter((code) => !page.includes(`\`${code}\``));
  expect(missing).toEqual(['interrupted']); // Which is no error in the end: the turn was stopped.
});
