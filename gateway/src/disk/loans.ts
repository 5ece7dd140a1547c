import { ProblemError } from '@sandgate/api-spec';
import type { DiskPart, DiskSave } from './store.ts';

/** How many forks of a session may exist at a time. */
const mostForks = 64;

/** An object that a fork needs, under the number that the manifests know it by. */
export interface LentObject extends DiskPart {
  key: string;
  size: number;
}

/** Where to fork: at a snapshot, at the event that it was taken at, or now. */
export interface ForkPoint {
  snapshotId?: string | undefined;
  seq?: number | undefined;
}

/** What a fork is given, and is given again however often it asks. */
export interface Loan {
  /** The newest event of the log that it takes over. */
  seq: number;
  snapshotId?: string;
  /** Absent where nothing was ever saved. */
  save?: DiskSave;
  /** Above all numbers that are lent. */
  nextObject: number;
  /** Whether a container was killed that had changed more than is saved. */
  isRewound: boolean;
}

/**
 * Which forks a session has, and which objects they need. An object goes once neither a save of its owner nor a loan
 * names it. Whoever borrowed it may lend it on, and keeps it for as long as it does.
 */
export class Loans {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /**
   * Notes that a fork has asked, before anything is done for it.
   *
   * @throws ProblemError `fork_limit_reached`.
   */
  ask(fork: string): void {
    if (this.isAsked(fork)) return;
    const { count } = this.#sql.exec<{ count: number }>('SELECT COUNT(*) AS count FROM forks').one();
    if (count >= mostForks)
      throw new ProblemError('fork_limit_reached', `A session has ${mostForks} forks at most; delete one first.`);
    this.#sql.exec('INSERT INTO forks (name) VALUES (?)', fork);
  }

  /** Whether it has asked and is not gone since. */
  isAsked(fork: string): boolean {
    return this.#sql.exec('SELECT 1 FROM forks WHERE name = ?', fork).toArray().length > 0;
  }

  /** Lends the objects of a save, and notes all that the fork is told. */
  lend(fork: string, loan: Loan): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec('UPDATE forks SET loan = ? WHERE name = ?', JSON.stringify(loan), fork);
      this.#sql.exec(
        'INSERT INTO disk_loans SELECT number, ?, tree, kind FROM disk_parts WHERE save_id = ?',
        fork,
        loan.save?.id ?? null,
      );
    });
  }

  get(fork: string): Loan | undefined {
    const [row] = this.#sql.exec<{ loan: string | null }>('SELECT loan FROM forks WHERE name = ?', fork).toArray();
    return row?.loan ? JSON.parse(row.loan) : undefined;
  }

  objects(fork: string): LentObject[] {
    const sql = `SELECT number, tree, kind, key, size FROM disk_loans JOIN disk_objects USING (number)
      WHERE fork = ? ORDER BY number`;
    return this.#sql.exec<Record<string, SqlStorageValue> & LentObject>(sql, fork).toArray();
  }

  /** Takes back all but what the fork still needs. */
  keep(fork: string, needed: readonly number[]): void {
    const kept = new Set(needed);
    this.#storage.transactionSync(() => {
      for (const { number } of this.objects(fork))
        if (!kept.has(number)) this.#sql.exec('DELETE FROM disk_loans WHERE number = ? AND fork = ?', number, fork);
    });
  }

  /** The fork is deleted, or never came to be. What it still needs for forks of its own it keeps. */
  forget(fork: string): void {
    this.#sql.exec('DELETE FROM forks WHERE name = ?', fork);
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }
}
