import { schema } from '../schema.ts';

/** Node's own, which the types of a Worker do not know. */
const { DatabaseSync } = await import('node:sqlite' as string);

/** As much of the storage of a session's object as its stores use, on Node's SQLite. */
export function sessionStorage(): DurableObjectStorage {
  const database = new DatabaseSync(':memory:');
  database.exec(schema);
  const exec = (query: string, ...values: unknown[]) => {
    const rows = database.prepare(query).all(...values);
    return Object.assign(rows, { toArray: () => rows, one: () => rows[0] });
  };
  const transactionSync = <T>(work: () => T) => work();
  return { sql: { exec }, transactionSync } as unknown as DurableObjectStorage;
}
