import { expect, it } from 'vitest';
import { EventLog } from './event-log.ts';
import { isCreated, migrate, steps } from './schema.ts';
import { emptyStorage } from './testing/session-storage.ts';

const tables = (sql: SqlStorage) =>
  sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .toArray()
    .map(({ name }) => name);

it('makes the tables once', () => {
  const { sql } = emptyStorage();
  expect(isCreated(sql)).toBe(false);
  migrate(sql);
  expect(isCreated(sql)).toBe(true);
  const made = tables(sql);
  migrate(sql);
  expect(tables(sql)).toEqual(made);
});

it('brings a session of the first version up to date, and keeps its log', () => {
  const { sql } = emptyStorage();
  sql.exec(steps[0] as string);
  for (const [first, lines] of [
    [1, '{"type":"status"}'],
    [2, '{"type":"é"}\n{"type":"x"}'],
  ] as const)
    sql.exec('INSERT INTO segments VALUES (?, ?, NULL, ?)', first, first + lines.split('\n').length - 1, lines);
  migrate(sql);
  const fresh = emptyStorage();
  migrate(fresh.sql);
  expect(tables(sql)).toEqual(tables(fresh.sql));
  const log = new EventLog(sql);
  expect(log).toMatchObject({ first: 1, head: 3, size: 45 });
  expect(log.read(1).map(({ seq }) => seq)).toEqual([2, 3]);
});
