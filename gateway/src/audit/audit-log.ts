import type { AuditAction, AuditActor, AuditEntry } from '@sandgate/api-spec';
import { withoutCredential } from '../observe/log.ts';
import { cursorBehind, positionOf } from '../routes/list-cursor.ts';
import type { AccountEntry } from './act.ts';

/** How long entries are kept, in days: as the trigger of the table says. */
const keptDays = 400;

/**
 * When they leave, with the next of their account: a day later, as the trigger goes by the clock of the database. What it
 * refused would take the whole batch with it.
 */
const leaveDays = keptDays + 1;

/** How many refusals are written down in a minute: whoever may do little shall not fill the log. */
const refusalsPerMinute = 20;

const day = 86_400_000;
const minute = 60_000;

interface AuditRow {
  id: string;
  at: string;
  action: AuditAction;
  actor_type: AuditActor['type'];
  actor_id: string | null;
  subject: string | null;
  target_type: AuditEntry['target']['type'];
  target_id: string | null;
  fields: string | null;
  code: string | null;
  request_id: string | null;
}

export interface AuditFilter {
  accountId: string;
  action: AuditAction | undefined;
  targetId: string | undefined;
  actorId: string | undefined;
  /** RFC 3339, in UTC. */
  since: string | undefined;
  until: string | undefined;
  /** The `nextCursor` of the page before. */
  after: string | undefined;
  limit: number;
}

/** A condition of SQL with its values. */
interface Condition {
  sql: string;
  values: unknown[];
}

/** The audit log in D1. It is only added to: triggers refuse all else. */
export class AuditLog {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /**
   * What adds the entry, for the batch of the change that it is about. An entry that is there stays as it is.
   *
   * @param where has to be so at that place of the batch, else nothing is added.
   */
  adding(entry: AccountEntry, where: Condition = { sql: 'TRUE', values: [] }): D1PreparedStatement[] {
    const { accountId, actor, target, fields } = entry;
    const insert = this.#db
      .prepare(
        `INSERT INTO audit (id, account_id, at, action, actor_type, actor_id, subject, target_type, target_id, fields, code, request_id)
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${where.sql} ON CONFLICT DO NOTHING`,
      )
      .bind(
        entry.id,
        accountId,
        entry.at,
        entry.action,
        actor.type,
        actor.id ?? null,
        actor.subject ?? null,
        target.type,
        target.id === undefined ? null : withoutCredential(target.id),
        fields ? JSON.stringify(fields) : null,
        entry.code ?? null,
        entry.requestId ?? null,
        ...where.values,
      );
    const expired = this.#db
      .prepare('DELETE FROM audit WHERE account_id = ? AND at < ?')
      .bind(accountId, new Date(Date.now() - leaveDays * day).toISOString());
    return [insert, expired];
  }

  async addRefusal(entry: AccountEntry): Promise<void> {
    const since = new Date(Date.parse(entry.at) - minute).toISOString();
    const sql = '(SELECT count(*) FROM audit WHERE account_id = ? AND code IS NOT NULL AND at > ?) < ?';
    await this.#db.batch(this.adding(entry, { sql, values: [entry.accountId, since, refusalsPerMinute] }));
  }

  /** A page, the newest first. */
  async list(filter: AuditFilter) {
    const oldest = new Date(Date.now() - keptDays * day).toISOString();
    const conditions = ['account_id = ?', 'at >= ?'];
    const values: unknown[] = [filter.accountId, filter.since && filter.since > oldest ? filter.since : oldest];
    const narrow = (sql: string, ...more: (string | undefined)[]) => {
      if (more.includes(undefined)) return;
      conditions.push(sql);
      values.push(...more);
    };
    narrow('action = ?', filter.action);
    narrow('target_id = ?', filter.targetId);
    narrow('actor_id = ?', filter.actorId);
    narrow('at < ?', filter.until);
    if (filter.after !== undefined) narrow('(at, id) < (?, ?)', ...positionOf(filter.after));
    const { results } = await this.#db
      .prepare(`SELECT * FROM audit WHERE ${conditions.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?`)
      .bind(...values, filter.limit + 1)
      .all<AuditRow>();
    const data = results.slice(0, filter.limit).map(entryIn);
    const last = data.at(-1);
    const hasMore = results.length > filter.limit;
    return { data, hasMore, nextCursor: hasMore && last ? cursorBehind({ createdAt: last.at, id: last.id }) : null };
  }
}

function entryIn(row: AuditRow): AuditEntry {
  const { id, at, action, actor_id, subject, target_id, fields, code, request_id } = row;
  return {
    id,
    at,
    action,
    actor: { type: row.actor_type, ...(actor_id !== null && { id: actor_id }), ...(subject !== null && { subject }) },
    target: { type: row.target_type, ...(target_id !== null && { id: target_id }) },
    ...(fields !== null && { fields: JSON.parse(fields) }),
    outcome: code === null ? 'succeeded' : 'refused',
    ...(code !== null && { code }),
    ...(request_id !== null && { requestId: request_id }),
  };
}
