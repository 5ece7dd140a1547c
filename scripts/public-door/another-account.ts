import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Puts another account with a key of its own straight into the database: there is no route for that yet. */
export function anotherAccount(state: string): string {
  const key = 'sg_test_of_another_account';
  const digest = createHash('sha256')
    .update(JSON.stringify(['api-key', key]))
    .digest('hex');
  for (const path of globSync(join(state, 'data/**/*.sqlite'))) {
    const database = new DatabaseSync(path);
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'api_keys'").get()) {
      database.prepare("INSERT INTO accounts VALUES ('acct_other', '2026-11-22T00:00:00Z')").run();
      database
        .prepare("INSERT INTO api_keys VALUES (?, 'acct_other', 'other', '2026-11-22T00:00:00Z', NULL)")
        .run(digest);
    }
    database.close();
  }
  return key;
}
