import { type AuditAction, ProblemError, type UpdateWebhook, type Webhook } from '@sandgate/api-spec';
import { type Act, byItself, entryOf } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';

interface WebhookRow {
  id: string;
  url: string;
  events: string;
  description: string | null;
  created_at: string;
  disabled_reason: Webhook['disabledReason'] | null;
}

/** A secret that is being added: its id stands for the request that made it. */
export interface SealedSecret {
  id: string;
  sealed: string;
  createdAt: string;
}

/** The most secrets that requests to one webhook are signed with. */
const secretLimit = 5;

const anyway = { sql: 'TRUE', values: [] as string[] };

const columns = 'id, url, events, description, created_at, disabled_reason';

/** The webhooks in D1. Whatever is asked for by an id is asked for in one account. */
export class WebhookStore {
  readonly #db: D1Database;
  readonly #accountId: string;
  readonly #audit: AuditLog;

  constructor(db: D1Database, accountId: string) {
    this.#db = db;
    this.#accountId = accountId;
    this.#audit = new AuditLog(db);
  }

  /** @throws ProblemError where there are too many, or its id is taken: then it was made before. */
  async add(webhook: Webhook, secret: SealedSecret, limit: number, act: Act): Promise<void> {
    const { id, url, events, description, createdAt } = webhook;
    const [inserted] = await this.#db.batch([
      this.#db
        .prepare(
          `INSERT INTO webhooks (account_id, id, url, events, description, created_at, told_since) SELECT ?, ?, ?, ?, ?, ?, ?
           WHERE (SELECT count(*) FROM webhooks WHERE account_id = ?) < ? ON CONFLICT DO NOTHING`,
        )
        .bind(
          ...[this.#accountId, id, url, JSON.stringify(events), description ?? null, createdAt, createdAt],
          ...[this.#accountId, limit],
        ),
      // Only where it is this one's: a repeat has another creation time.
      this.#db
        .prepare(
          `INSERT INTO webhook_secrets (account_id, webhook_id, id, sealed, created_at) SELECT account_id, id, ?, ?, ?
           FROM webhooks WHERE account_id = ? AND id = ? AND created_at = ? ON CONFLICT DO NOTHING`,
        )
        .bind(secret.id, secret.sealed, secret.createdAt, this.#accountId, id, createdAt),
      ...this.#audited('createWebhook', act, id, { sql: 'created_at = ?', values: [createdAt] }),
    ]);
    if (inserted?.meta.changes) return;
    if (await this.#find(id)) throw shownAlready(id);
    throw new ProblemError('webhook_limit_reached', `An account has ${limit} webhooks at most; delete one.`);
  }

  /** @throws ProblemError `webhook_not_found` */
  async get(id: string): Promise<Webhook> {
    const webhook = await this.#find(id);
    if (!webhook) throw notFound();
    return webhook;
  }

  /** The newest first. */
  async list(after: [createdAt: string, id: string] | undefined, limit: number): Promise<Webhook[]> {
    const { results } = await this.#db
      .prepare(
        `SELECT ${columns} FROM webhooks WHERE account_id = ? ${after ? 'AND (created_at, id) < (?, ?)' : ''}
         ORDER BY created_at DESC, id DESC LIMIT ?`,
      )
      .bind(this.#accountId, ...(after ?? []), limit)
      .all<WebhookRow>();
    return results.map(resourceOf);
  }

  /** @throws ProblemError `webhook_not_found` */
  async update(id: string, change: UpdateWebhook, act: Act): Promise<void> {
    const { url, events, description, status } = change;
    const changes: [sql: string, ...values: string[]][] = [];
    if (url !== undefined) changes.push(['url = ?', url]);
    if (events) changes.push(['events = ?', JSON.stringify(events)]);
    if (description !== undefined) changes.push(['description = ?', description]);
    if (status === 'enabled')
      changes.push([
        'told_since = iif(disabled_reason IS NULL, told_since, ?), disabled_reason = NULL',
        new Date().toISOString(),
      ]);
    const changing = this.#db
      .prepare(
        `UPDATE webhooks SET ${['id = id', ...changes.map(([sql]) => sql)].join(', ')} WHERE account_id = ? AND id = ?`,
      )
      .bind(...changes.flatMap(([, ...values]) => values), this.#accountId, id);
    const [changed] = await this.#db.batch([
      changing,
      ...(status === 'disabled' ? this.#disabling(id, 'asked') : []),
      ...this.#audited('updateWebhook', act, id, anyway, Object.keys(change)),
    ]);
    if (!changed?.meta.changes) throw notFound();
  }

  /** What the gateway does by itself: it sends nothing more there. Where it is disabled already, it keeps its reason. */
  async disable(id: string, reason: NonNullable<Webhook['disabledReason']>): Promise<void> {
    await this.#db.batch([
      ...this.#audited('updateWebhook', byItself, id, { sql: 'disabled_reason IS NULL', values: [] }, ['status']),
      ...this.#disabling(id, reason),
    ]);
  }

  #disabling(id: string, reason: NonNullable<Webhook['disabledReason']>): D1PreparedStatement[] {
    return [
      this.#db
        .prepare('UPDATE webhooks SET disabled_reason = coalesce(disabled_reason, ?) WHERE account_id = ? AND id = ?')
        .bind(reason, this.#accountId, id),
      this.#db
        .prepare(
          `UPDATE webhook_deliveries SET status = 'cancelled', next_attempt_at = NULL
           WHERE account_id = ? AND webhook_id = ? AND status = 'pending'`,
        )
        .bind(this.#accountId, id),
    ];
  }

  /** With its secrets and its deliveries. @throws ProblemError `webhook_not_found` */
  async delete(id: string, act: Act): Promise<void> {
    const results = await this.#db.batch([
      ...this.#audited('deleteWebhook', act, id),
      ...[
        'DELETE FROM webhook_secrets WHERE account_id = ? AND webhook_id = ?',
        'DELETE FROM webhook_deliveries WHERE account_id = ? AND webhook_id = ?',
        'DELETE FROM webhooks WHERE account_id = ? AND id = ?',
      ].map((sql) => this.#db.prepare(sql).bind(this.#accountId, id)),
    ]);
    if (!results.at(-1)?.meta.changes) throw notFound();
  }

  /**
   * Adds a secret, and has those of before end.
   *
   * @throws ProblemError where there are too many that are still good, or it was added before.
   */
  async addSecret(id: string, secret: SealedSecret, othersEndAt: string, act: Act): Promise<void> {
    const of = [this.#accountId, id] as const;
    const [, inserted] = await this.#db.batch([
      this.#db
        .prepare('DELETE FROM webhook_secrets WHERE account_id = ? AND webhook_id = ? AND expires_at <= ?')
        .bind(...of, secret.createdAt),
      this.#db
        .prepare(
          `INSERT INTO webhook_secrets (account_id, webhook_id, id, sealed, created_at) SELECT ?, ?, ?, ?, ?
           WHERE (SELECT count(*) FROM webhook_secrets WHERE account_id = ? AND webhook_id = ?) < ?
           ON CONFLICT DO NOTHING`,
        )
        .bind(...of, secret.id, secret.sealed, secret.createdAt, ...of, secretLimit),
      this.#db
        .prepare(
          `UPDATE webhook_secrets SET expires_at = min(coalesce(expires_at, ?1), ?1)
           WHERE account_id = ?2 AND webhook_id = ?3 AND id <> ?4
           AND EXISTS (SELECT 1 FROM webhook_secrets WHERE account_id = ?2 AND webhook_id = ?3 AND sealed = ?5)`,
        )
        .bind(othersEndAt, ...of, secret.id, secret.sealed),
      ...this.#audited('rotateWebhookSecret', act, id, {
        sql: 'EXISTS (SELECT 1 FROM webhook_secrets WHERE sealed = ?)',
        values: [secret.sealed],
      }),
    ]);
    if (inserted?.meta.changes) return;
    const known = await this.#db
      .prepare('SELECT 1 FROM webhook_secrets WHERE account_id = ? AND webhook_id = ? AND id = ?')
      .bind(...of, secret.id)
      .first();
    if (known) throw shownAlready(id);
    throw new ProblemError(
      'webhook_secret_limit_reached',
      `${secretLimit} secrets of the webhook are still good; wait until one ends.`,
    );
  }

  /** Those that requests are signed with now, encrypted. */
  async secrets(id: string, now: string): Promise<string[]> {
    const { results } = await this.#db
      .prepare(
        `SELECT sealed FROM webhook_secrets WHERE account_id = ? AND webhook_id = ?
         AND (expires_at IS NULL OR expires_at > ?) ORDER BY created_at DESC`,
      )
      .bind(this.#accountId, id, now)
      .all<{ sealed: string }>();
    return results.map(({ sealed }) => sealed);
  }

  /** What adds the entry of an act to its batch, where there is such a webhook, and it is so. */
  #audited(action: AuditAction, act: Act, id: string, where = anyway, fields?: string[]): D1PreparedStatement[] {
    const accountId = this.#accountId;
    const target = { type: 'webhook' as const, id };
    return this.#audit.adding(entryOf(act, { accountId, action, target, ...(fields && { fields }) }), {
      sql: `EXISTS (SELECT 1 FROM webhooks WHERE account_id = ? AND id = ? AND ${where.sql})`,
      values: [accountId, id, ...where.values],
    });
  }

  async #find(id: string): Promise<Webhook | undefined> {
    const row = await this.#db
      .prepare(`SELECT ${columns} FROM webhooks WHERE account_id = ? AND id = ?`)
      .bind(this.#accountId, id)
      .first<WebhookRow>();
    return row ? resourceOf(row) : undefined;
  }
}

function resourceOf(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: JSON.parse(row.events),
    ...(row.description !== null && { description: row.description }),
    status: row.disabled_reason ? 'disabled' : 'enabled',
    ...(row.disabled_reason && { disabledReason: row.disabled_reason }),
    createdAt: row.created_at,
  };
}

function notFound(): ProblemError {
  return new ProblemError('webhook_not_found', 'No webhook of this id belongs to your account.');
}

function shownAlready(id: string): ProblemError {
  return new ProblemError(
    'webhook_secret_shown_already',
    `This idempotency key made a secret of ${id}; rotate it to see another.`,
    { link: `/v1/webhooks/${id}` },
  );
}
