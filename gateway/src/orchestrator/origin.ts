import type { ForkedFrom, ForkSession } from '@sandgate/api-spec';
import type { Loan } from '../disk/loans.ts';
import type { SealedRule } from '../egress/sealed-rule.ts';

/** What was asked for, without anything secret in the clear. */
export type ForkWish = Omit<ForkSession, 'egress'> & { egress?: SealedRule[] | undefined };

interface OriginRow extends Record<string, SqlStorageValue> {
  session_id: string;
  body: string;
  seq: number | null;
  snapshot_id: string | null;
  is_rewound: number;
  is_made: number;
}

/** What a forked session was forked from. Any other has none. */
export class Origin {
  readonly #sql: SqlStorage;
  #isMade = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Notes what is to be forked, and how, before the other session is asked. */
  begin(sessionId: string, body: ForkWish): void {
    const sql = 'INSERT INTO origin (only, session_id, body) VALUES (1, ?, ?)';
    this.#sql.exec(sql, sessionId, JSON.stringify(body));
  }

  /** Notes what the other session has agreed to. */
  agree({ seq, snapshotId, isRewound }: Loan): void {
    const sql = 'UPDATE origin SET seq = ?, snapshot_id = ?, is_rewound = ?';
    this.#sql.exec(sql, seq, snapshotId ?? null, isRewound ? 1 : 0);
  }

  setMade(): void {
    this.#sql.exec('UPDATE origin SET is_made = 1');
  }

  /** Whether there is a session: one that was not forked is, from its beginning. */
  get isMade(): boolean {
    this.#isMade ||= this.#row?.is_made !== 0; // Once it is, it stays so: asked with each call.
    return this.#isMade;
  }

  /** What was asked for. */
  get body(): ForkWish {
    return JSON.parse(this.#row?.body ?? '{}');
  }

  /** Absent until the other session has agreed. */
  get seq(): number | undefined {
    return this.#row?.seq ?? undefined;
  }

  get isRewound(): boolean {
    return this.#row?.is_rewound === 1;
  }

  get resource(): ForkedFrom | undefined {
    const row = this.#row;
    if (!row || row.seq === null) return undefined;
    return {
      sessionId: row.session_id,
      seq: row.seq,
      ...(row.snapshot_id !== null && { snapshotId: row.snapshot_id }),
    };
  }

  get #row(): OriginRow | undefined {
    return this.#sql.exec<OriginRow>('SELECT * FROM origin').toArray()[0];
  }
}
