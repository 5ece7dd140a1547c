import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of a D1 database as migrations need: Miniflare's. */
interface Database {
  exec(sql: string): Promise<unknown>;
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
}
interface Statement {
  bind(...values: unknown[]): Statement;
  all<T>(): Promise<{ results: T[] }>;
}

/** Applies what is new in the folder, and notes it where `wrangler d1 migrations apply` does. */
export async function migrate(database: unknown, folder: string): Promise<void> {
  const db = database as Database;
  await db.exec(
    'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
  );
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  for (const name of names) {
    if (applied.has(name)) continue;
    const note = db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name);
    await db.batch([db.prepare(readFileSync(join(folder, name), 'utf8')), note]);
  }
}
