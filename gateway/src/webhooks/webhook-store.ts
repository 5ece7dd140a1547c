import { ProblemError, type UpdateWebhook, type Webhook } from '@sandgate/api-spec';

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

const columns = 'id, url, events, description, created_at, disabled_reason';

/** The webhooks in D1. Whatever is asked for by an id is asked for in one account. */
export class WebhookStore {
  readonly #db: D1Database;
  readonly #accountId: string;

  constructor(db: D1Database, accountId: string) {
    this.#db = db;
    this.#accountId = accountId;
  }

  /** @throws ProblemError where there are too many, or its id is taken: then it was made before. */
  async add(webhook: Webhook, secret: SealedSecret, limit: number): Promise<void> {
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
  async update(id: string, { url, events, description, status }: UpdateWebhook): Promise<void> {
    const changes: [sql: string, ...values: string[]][] = [];
    if (url !== undefined) changes.push(['url = ?', url]);
    if (events) changes.push(['events = ?', JSON.stringify(events)]);
    if (description !== undefined) changes.push(['description = ?', description]);
    if (status === 'enabled')
      changes.push([
        'told_since = iif(disabled_reason IS NULL, told_since, ?), disabled_reason = NULL',
        new Date().toISOString(),
      ]);
    if (changes.length > 0) {
      const { meta } = await this.#db
        .prepare(`UPDATE webhooks SET ${changes.map(([sql]) => sql).join(', ')} WHERE account_id = ? AND id = ?`)
        .bind(...changes.flatMap(([, ...values]) => values), this.#accountId, id)
        .run();
      if (!meta.changes) throw notFound();
    }
    if (status === 'disabled') await this.disable(id, 'asked');
  }

  /** Sends nothing more there. Where it is disabled already, it keeps its reason. */
  async disable(id: string, reason: NonNullable<Webhook['disabledReason']>): Promise<void> {
    await this.#db.batch([
      this.#db
        .prepare('UPDATE webhooks SET disabled_reason = coalesce(disabled_reason, ?) WHERE account_id = ? AND id = ?')
        .bind(reason, this.#accountId, id),
      this.#db
        .prepare(
          `UPDATE webhook_deliveries SET status = 'cancelled', next_attempt_at = NULL
           WHERE account_id = ? AND webhook_id = ? AND status = 'pending'`,
        )
        .bind(this.#accountId, id),
    ]);
  }

  /** With its secrets and its deliveries. @throws ProblemError `webhook_not_found` */
  async delete(id: string): Promise<void> {
    const [deleted] = await this.#db.batch(
      [
        'DELETE FROM webhooks WHERE account_id = ? AND id = ?',
        'DELETE FROM webhook_secrets WHERE account_id = ? AND webhook_id = ?',
        'DELETE FROM webhook_deliveries WHERE account_id = ? AND webhook_id = ?',
      ].map((sql) => this.#db.prepare(sql).bind(this.#accountId, id)),
    );
    if (!deleted?.meta.changes) throw notFound();
  }

  /**
   * Adds a secret, and has those of before end.
   *
   * @throws ProblemError where there are too many that are still good, or it was added before.
   */
  async addSecret(id: string, secret: SealedSecret, othersEndAt: string): Promise<void> {
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
