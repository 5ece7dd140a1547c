import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scopeMeanings, sessionScopes } from '../../api-spec/src/access-scope.ts';

it('docs/keys.md has each scope, what it lets, and whether a session token may have it', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/keys.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+:\w+)` +\| (.+?) +\| ([✓ ]) +\|$/gm)].map(([, ...cells]) => cells);
  const ofSession: readonly string[] = sessionScopes;
  const due = Object.entries(scopeMeanings).map(([scope, meaning]) => [
    scope,
    meaning,
    ofSession.includes(scope) ? '✓' : ' ',
  ]);
  expect(rows).toEqual(due);
});
