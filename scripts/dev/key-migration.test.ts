import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrationsFolder } from './worker.ts';

const migration = (name: string) => readFileSync(join(migrationsFolder, name), 'utf8');

it('a key of before there were scopes may do everything as before, and a revoked one stays revoked', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(migration('0001_accounts_keys_sessions.sql'));
  database.exec("INSERT INTO accounts VALUES ('acct_first', '2026-11-22T00:00:00Z')");
  const insert = database.prepare("INSERT INTO api_keys VALUES (?, 'acct_first', 'old', '2026-11-22T00:00:00Z', ?)");
  insert.run('digest', null);
  insert.run('revoked', '2026-11-22T01:00:00Z');
  database.exec(migration('0002_keys.sql'));
  const rows = database.prepare('SELECT digest, id, scopes, revoked_at FROM api_keys ORDER BY digest').all();
  expect(rows).toMatchObject([
    { digest: 'digest', scopes: '*', revoked_at: null },
    { digest: 'revoked', scopes: '*', revoked_at: '2026-11-22T01:00:00Z' },
  ]);
  for (const { id } of rows) expect(id).toMatch(/^key_[0-9a-f]{26}$/);
});
