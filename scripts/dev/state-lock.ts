import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a state folder for one stack: two would end each other's containers. The lock is SQLite's, which goes with its
 * process, in whatever way that ends.
 *
 * @returns gives it back.
 * @throws where another stack has it.
 */
export function lockState(folder: string): () => void {
  const database = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!String(error).includes('database is locked')) throw error;
    throw new Error(`Another Sandgate runs on ${folder}: stop it, or choose another folder with SANDGATE_STATE_DIR.`);
  }
  return () => database.close();
}
