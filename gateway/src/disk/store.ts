import type { DiskTree, Snapshot } from '@sandgate/api-spec';
import type { LentObject, Loan } from './loans.ts';

/** A part of a save: an object in R2. */
export interface DiskPart {
  number: number;
  tree: DiskTree;
  kind: 'manifest' | 'pack';
}

/** What was saved of a disk, once, and never changes. */
export interface DiskSave {
  id: number;
  at: string;
  /** The newest event of the log when it began. */
  seq: number;
  entries: number;
  bytes: number;
}

interface DiskRow extends Record<string, SqlStorageValue> {
  save_id: number | null;
  boot_id: string | null;
  changes: number;
  saved_changes: number;
  save_at: number | null;
  failure: string | null;
  failures: number;
  next_object: number;
  lender: string | null;
  sweep_at: number | null;
}

interface SnapshotRow extends Record<string, SqlStorageValue> {
  id: string;
  name: string | null;
  created_at: string;
  seq: number;
  entries: number;
  bytes: number;
}

/** What is left of the disk of a deleted session while forks need its objects. */
export interface DiskRemains {
  lender: string | null;
  objects: Record<string, SqlStorageValue>[];
  loans: Record<string, SqlStorageValue>[];
}

/** The numbers of the objects that a save consists of, or a fork was lent. */
const needed = 'SELECT number FROM disk_parts UNION SELECT number FROM disk_loans';

/** Which saves of a disk there are, of which objects in R2 they consist, and what has been done since the newest. */
export class DiskStore {
  readonly #storage: DurableObjectStorage;
  readonly #name: string;

  /** @param name the session's: all of its objects are below it. */
  constructor(storage: DurableObjectStorage, name: string) {
    this.#storage = storage;
    this.#name = name;
  }

  get bootId(): string | undefined {
    return this.#row.boot_id ?? undefined;
  }

  /** The number of all that may have changed the disk. */
  get changes(): number {
    return this.#row.changes;
  }

  /** Whether something may have changed since the newest save. */
  get isChanged(): boolean {
    return this.#row.changes !== this.#row.saved_changes;
  }

  /** When it is to be saved, in Unix milliseconds. */
  get saveAt(): number | undefined {
    return this.#row.save_at ?? undefined;
  }

  /** Why the last save came to nothing. */
  get failure(): string | undefined {
    return this.#row.failure ?? undefined;
  }

  /** How many saves in a row came to nothing. */
  get failures(): number {
    return this.#row.failures;
  }

  /** What the next object is called. */
  get nextObject(): number {
    return this.#row.next_object;
  }

  /** The session that lent the objects that are not this one's own. */
  get lender(): string | undefined {
    return this.#row.lender ?? undefined;
  }

  /** Since when there may be objects that nobody needs, in Unix milliseconds. */
  get sweepAt(): number | undefined {
    return this.#row.sweep_at ?? undefined;
  }

  /** Notes that something may change the disk from now on. */
  changed(saveAt: number): void {
    this.#sql.exec('UPDATE disk SET changes = changes + 1, save_at = ?', saveAt);
  }

  /**
   * Takes back what `changed` noted last: nothing did. The number of changes never falls: a save, or a new boot, may have
   * been told of this one, and would be taken for one that has the next.
   */
  unchanged(): void {
    this.#sql.exec('UPDATE disk SET saved_changes = changes WHERE saved_changes = changes - 1');
  }

  /** Notes that a save of all up to these changes was tried: it is not made again until something changes. */
  tried(changes: number): void {
    this.#sql.exec('UPDATE disk SET save_at = NULL WHERE save_at IS NOT NULL AND changes = ?', changes);
  }

  /**
   * Notes that a save of all up to these changes came to nothing.
   *
   * @param saveAt when it is tried again, where nothing changes before; null for never.
   */
  failed(why: string, changes: number, saveAt: number | null): void {
    this.#sql.exec('UPDATE disk SET failure = ?, failures = failures + 1', why);
    this.#sql.exec('UPDATE disk SET save_at = ? WHERE changes = ?', saveAt, changes);
  }

  /** Notes that this boot of the sandbox has what the newest save has. */
  begin(bootId: string): void {
    this.#sql.exec('UPDATE disk SET boot_id = ?, saved_changes = changes, save_at = NULL', bootId);
  }

  /** Notes that no boot has it any more. What is told to have changed it only now was too late to be saved. */
  leave(): void {
    this.#sql.exec('UPDATE disk SET boot_id = NULL');
  }

  /** Notes that what was changed since the newest save is lost. */
  rewind(): void {
    this.#sql.exec('UPDATE disk SET saved_changes = changes, save_at = NULL');
  }

  newest(): DiskSave | undefined {
    const sql = 'SELECT id, at, seq, entries, bytes FROM disk_saves WHERE id = (SELECT save_id FROM disk)';
    return this.#sql.exec<Record<string, SqlStorageValue> & DiskSave>(sql).toArray()[0];
  }

  /** The save that a snapshot keeps. */
  saveOf(snapshotId: string): DiskSave | undefined {
    const sql = `SELECT id, at, seq, entries, bytes FROM disk_saves
      WHERE id = (SELECT save_id FROM disk_snapshots WHERE id = ?)`;
    return this.#sql.exec<Record<string, SqlStorageValue> & DiskSave>(sql, snapshotId).toArray()[0];
  }

  /** The objects of a save, in the order in which they were written: of a tree the packs first. */
  parts(saveId: number): DiskPart[] {
    const sql = 'SELECT number, tree, kind FROM disk_parts WHERE save_id = ? ORDER BY number';
    return this.#sql.exec<Record<string, SqlStorageValue> & DiskPart>(sql, saveId).toArray();
  }

  keyOf(number: number): string {
    return this.#sql.exec<{ key: string }>('SELECT key FROM disk_objects WHERE number = ?', number).one().key;
  }

  /** Takes the next number for an object that is about to be written, and answers its key. */
  addObject(size: number): { number: number; key: string } {
    const number = this.nextObject;
    const key = `${this.prefix}${number}`;
    this.#storage.transactionSync(() => {
      this.#sql.exec('INSERT INTO disk_objects (number, key, size) VALUES (?, ?, ?)', number, key, size);
      this.#sql.exec('UPDATE disk SET next_object = next_object + 1');
    });
    return { number, key };
  }

  /** Makes a save the newest, with all that it consists of, in one step. */
  commit(save: Omit<DiskSave, 'id'>, parts: readonly DiskPart[], changes: number): void {
    this.#storage.transactionSync(() => {
      const sql = 'INSERT INTO disk_saves (at, seq, entries, bytes) VALUES (?, ?, ?, ?) RETURNING id';
      const { id } = this.#sql.exec<{ id: number }>(sql, save.at, save.seq, save.entries, save.bytes).one();
      for (const { number, tree, kind } of parts)
        this.#sql.exec('INSERT INTO disk_parts VALUES (?, ?, ?, ?)', id, number, tree, kind);
      this.#sql.exec('UPDATE disk SET save_id = ?, saved_changes = ?, failure = NULL, failures = 0', id, changes);
      this.#forgetSaves();
    });
  }

  /** Notes whom the disk is borrowed from, before anything is. */
  setLender(name: string): void {
    this.#sql.exec('UPDATE disk SET lender = ?', name);
  }

  /** Begins with what was lent. No boot has that yet. */
  borrow({ save, nextObject }: Loan, objects: readonly LentObject[]): void {
    this.#storage.transactionSync(() => {
      for (const { number, key, size } of objects)
        this.#sql.exec('INSERT INTO disk_objects (number, key, size) VALUES (?, ?, ?)', number, key, size);
      this.#sql.exec('UPDATE disk SET next_object = ?', nextObject);
      if (save) this.commit(save, objects, 0);
    });
  }

  /** The objects that somebody lent, and that a save or a fork of this session still needs. */
  borrowed(): number[] {
    const sql = `SELECT number, key FROM disk_objects WHERE number IN (${needed})`;
    const objects = this.#sql.exec<{ number: number; key: string }>(sql).toArray();
    return objects.filter(({ key }) => !this.owns(key)).map(({ number }) => number);
  }

  /** What the keys of this session's own objects begin with. */
  get prefix(): string {
    return `${this.#name}/`;
  }

  /** Whether an object is this session's own: nobody else's is deleted. */
  owns(key: string): boolean {
    return key.startsWith(this.prefix);
  }

  hasObject(key: string): boolean {
    return this.#sql.exec('SELECT 1 FROM disk_objects WHERE key = ?', key).toArray().length > 0;
  }

  snapshots(): Snapshot[] {
    const sql = `SELECT s.id, s.name, s.created_at, d.seq, d.entries, d.bytes
      FROM disk_snapshots s JOIN disk_saves d ON d.id = s.save_id ORDER BY s.ordinal`;
    return this.#sql
      .exec<SnapshotRow>(sql)
      .toArray()
      .map(({ name, created_at: createdAt, ...row }) => ({ ...row, createdAt, ...(name !== null && { name }) }));
  }

  /** Keeps the newest save under this id. */
  addSnapshot(id: string, name: string | undefined, createdAt: string): void {
    const sql = 'INSERT INTO disk_snapshots (id, name, save_id, created_at) SELECT ?, ?, save_id, ? FROM disk';
    this.#sql.exec(sql, id, name ?? null, createdAt);
  }

  removeSnapshot(id: string): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec('DELETE FROM disk_snapshots WHERE id = ?', id);
      this.#forgetSaves();
    });
  }

  /** Makes the save of a snapshot the newest. No boot has that yet. */
  goBack(id: string): void {
    this.#storage.transactionSync(() => {
      const save = '(SELECT save_id FROM disk_snapshots WHERE id = ?)';
      const sql = `UPDATE disk SET save_id = ${save}, boot_id = NULL, saved_changes = changes, save_at = NULL`;
      this.#sql.exec(sql, id);
      this.#forgetSaves();
    });
  }

  /** The objects that neither a save nor a fork needs, some of them. */
  unused(limit: number): { number: number; key: string }[] {
    const sql = `SELECT number, key FROM disk_objects WHERE number NOT IN (${needed}) LIMIT ?`;
    return this.#sql.exec<{ number: number; key: string }>(sql, limit).toArray();
  }

  /** Notes that objects are not there any more. */
  removed(numbers: readonly number[]): void {
    for (const number of numbers) this.#sql.exec('DELETE FROM disk_objects WHERE number = ?', number);
  }

  /** Notes that there may be objects that nobody needs. */
  sweepFrom(at: number): void {
    this.#sql.exec('UPDATE disk SET sweep_at = ?', at);
  }

  /** Notes that there are none. */
  swept(): void {
    this.#sql.exec('UPDATE disk SET sweep_at = NULL WHERE sweep_at IS NOT NULL');
  }

  /** What outlives the session: whom its objects are borrowed from, and who needs them. */
  remains(): DiskRemains {
    return {
      lender: this.#row.lender,
      objects: this.#sql.exec('SELECT * FROM disk_objects').toArray(),
      loans: this.#sql.exec('SELECT * FROM disk_loans').toArray(),
    };
  }

  /** Puts the remains into new tables: what was being given back may be left among them. */
  bury({ lender, objects, loans }: DiskRemains, now: number): void {
    this.#sql.exec('UPDATE disk SET lender = ?, sweep_at = ?', lender, objects.length > 0 ? now : null);
    for (const row of objects) this.#insert('disk_objects', row);
    for (const row of loans) this.#insert('disk_loans', row);
  }

  /** Lets all saves go. */
  clear(): void {
    this.#storage.transactionSync(() => {
      this.#sql.exec('DELETE FROM disk_snapshots');
      this.#sql.exec('UPDATE disk SET save_id = NULL, boot_id = NULL, save_at = NULL');
      this.#forgetSaves();
    });
  }

  #forgetSaves(): void {
    const kept = 'SELECT save_id FROM disk WHERE save_id IS NOT NULL UNION SELECT save_id FROM disk_snapshots';
    this.#sql.exec(`DELETE FROM disk_parts WHERE save_id NOT IN (${kept})`);
    this.#sql.exec(`DELETE FROM disk_saves WHERE id NOT IN (${kept})`);
    this.sweepFrom(Date.now());
  }

  #insert(table: string, row: Record<string, SqlStorageValue>): void {
    const names = Object.keys(row);
    const places = names.map(() => '?').join(', ');
    this.#sql.exec(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, ...Object.values(row));
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }

  get #row(): DiskRow {
    return this.#sql.exec<DiskRow>('SELECT * FROM disk').one();
  }
}
