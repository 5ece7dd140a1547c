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
  const storage = emptyStorage();
  const { sql } = storage;
  expect(isCreated(sql)).toBe(false);
  migrate(storage);
  expect(isCreated(sql)).toBe(true);
  const made = tables(sql);
  migrate(storage);
  expect(tables(sql)).toEqual(made);
});

it('brings a session of the first version up to date, and keeps its log', () => {
  const storage = emptyStorage();
  const { sql } = storage;
  sql.exec(steps[0] as string);
  for (const [first, lines] of [
    [1, '{"type":"status"}'],
    [2, '{"type":"é"}\n{"type":"x"}'],
  ] as const)
    sql.exec('INSERT INTO segments VALUES (?, ?, NULL, ?)', first, first + lines.split('\n').length - 1, lines);
  migrate(storage);
  const fresh = emptyStorage();
  migrate(fresh);
  expect(tables(sql)).toEqual(tables(fresh.sql));
  const log = new EventLog(sql);
  expect(log).toMatchObject({ first: 1, head: 3, size: 45 });
  expect(log.read(1)?.entries.map(({ seq }) => seq)).toEqual([2, 3]);
});

it('changes nothing where a step fails', () => {
  const storage = emptyStorage();
  const { sql } = storage;
  sql.exec(steps[0] as string);
  sql.exec('CREATE TABLE disk (of_somebody_else TEXT) STRICT'); // In the way of the last step.
  const before = tables(sql);
  expect(() => migrate(storage)).toThrow('disk');
  expect(tables(sql)).toEqual(before);
  sql.exec('DROP TABLE disk');
  migrate(storage);
  expect(tables(sql)).toContain('disk');
});

it('reads each row of a long log a fixed number of times as it does so', () => {
  const storage = emptyStorage();
  const { sql } = storage;
  sql.exec(steps[0] as string);
  const rows = 20_000;
  sql.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO segments SELECT i, i, NULL, '{"type":"status"}' FROM n`);
  migrate(storage); // In the square of the rows it would take minutes, which a Worker does not have.
  expect(new EventLog(sql)).toMatchObject({ first: 1, head: rows, size: rows * 18 });
});
