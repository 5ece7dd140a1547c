import { migrate } from '../schema.ts';

/** Node's own, which the types of a Worker do not know. */
const { DatabaseSync } = await import('node:sqlite' as string);

type Row = Record<string, unknown>;

/** An object takes a buffer and answers one, Node a view. */
const toNode = (value: unknown) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);
const fromNode = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? value.slice().buffer : value]),
  );

/** As much of the storage of an object as the stores of a session use, on Node's SQLite. */
export function emptyStorage(): DurableObjectStorage {
  const database = new DatabaseSync(':memory:');
  const exec = (query: string, ...values: unknown[]) => {
    const isOne = values.length > 0 || /^\s*SELECT/.test(query);
    if (!isOne) database.exec(query); // Maybe more than one statement, of which `prepare` would take the first.
    const rows: Row[] = isOne
      ? database
          .prepare(query)
          .all(...values.map(toNode))
          .map(fromNode)
      : [];
    const isWrite = /^\s*(INSERT|UPDATE|DELETE)/.test(query);
    const rowsWritten = isWrite ? database.prepare('SELECT changes() AS count').get().count : 0;
    return Object.assign(rows, { toArray: () => rows, one: () => rows[0], rowsWritten });
  };
  const transactionSync = <T>(work: () => T): T => {
    database.exec('SAVEPOINT step');
    try {
      return work();
    } catch (error) {
      database.exec('ROLLBACK TO step');
      throw error;
    } finally {
      database.exec('RELEASE step');
    }
  };
  const deleteAll = async () => {
    const tables = exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    for (const { name } of tables.toArray()) database.exec(`DROP TABLE ${name}`);
  };
  const sync = async () => undefined;
  return { sql: { exec }, transactionSync, deleteAll, sync } as unknown as DurableObjectStorage;
}

/** The same, with the tables of a session. */
export function sessionStorage(): DurableObjectStorage {
  const storage = emptyStorage();
  migrate(storage);
  return storage;
}
