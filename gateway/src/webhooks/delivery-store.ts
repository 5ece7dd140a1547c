import { type DeliveryAttempt, ProblemError, type WebhookDelivery, type WebhookEvent } from '@sandgate/api-spec';

interface DeliveryRow {
  event_id: string;
  type: string;
  status: WebhookDelivery['status'];
  attempts: string;
  created_at: string;
  next_attempt_at: string | null;
}

/** A delivery that is to be tried now. */
export interface Claim {
  webhookId: string;
  body: string;
  createdAt: string;
  /** How often it was tried by itself, this time included. */
  tries: number;
}

/** How long a delivery is kept, in milliseconds: a week. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** For how long nobody else tries what is being tried, in milliseconds: longer than an endpoint may take to answer. */
const claimMs = 30_000;

/** How many requests of a delivery are remembered. */
const attemptLimit = 20;

const columns = 'event_id, type, status, attempts, created_at, next_attempt_at';
const enabled = 'SELECT id FROM webhooks WHERE account_id = ?1 AND disabled_reason IS NULL';

/** The deliveries in D1: each event for each webhook of an account, and what became of it. */
export class DeliveryStore {
  readonly #db: D1Database;
  readonly #accountId: string;

  constructor(db: D1Database, accountId: string) {
    this.#db = db;
    this.#accountId = accountId;
  }

  /** Whether anybody is told of anything. For most accounts nobody is, and this one read is all. */
  async hasWebhooks(): Promise<boolean> {
    return (await this.#db.prepare(`${enabled} LIMIT 1`).bind(this.#accountId).first()) !== null;
  }

  /**
   * Notes an event for each webhook that is told of it. Called again, it notes nothing twice.
   *
   * @returns when it is to be tried next; undefined where nobody waits for it.
   */
  async open(event: WebhookEvent, now: number): Promise<number | undefined> {
    const { id, type, createdAt, data } = event;
    await this.#db.batch([
      this.#forgetting(now),
      this.#db
        .prepare(
          `INSERT INTO webhook_deliveries (account_id, webhook_id, event_id, session_id, type, body, created_at, status, next_attempt_at)
           SELECT account_id, id, ?2, ?3, ?4, ?5, ?6, 'pending', ?6 FROM webhooks
           WHERE account_id = ?1 AND disabled_reason IS NULL AND told_since <= ?6
           AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?4) ON CONFLICT DO NOTHING`,
        )
        .bind(
          ...[this.#accountId, id, 'sessionId' in data ? data.sessionId : null],
          ...[type, JSON.stringify(event), createdAt],
        ),
    ]);
    return this.nextAttempt(id);
  }

  /** When an event is to be tried next, in Unix milliseconds; undefined where nobody waits for it any more. */
  async nextAttempt(eventId: string): Promise<number | undefined> {
    const at = await this.#db
      .prepare(
        `SELECT min(next_attempt_at) AS at FROM webhook_deliveries
         WHERE account_id = ?1 AND event_id = ?2 AND status = 'pending' AND webhook_id IN (${enabled})`,
      )
      .bind(this.#accountId, eventId)
      .first<string>('at');
    return at === null ? undefined : Date.parse(at);
  }

  /** Takes what is first due of an event: whoever else comes meanwhile finds another, or nothing. */
  async claim(eventId: string, now: number): Promise<Claim | undefined> {
    const row = await this.#db
      .prepare(
        `UPDATE webhook_deliveries SET tries = tries + 1, next_attempt_at = ?4
         WHERE account_id = ?1 AND event_id = ?2 AND webhook_id = (
           SELECT webhook_id FROM webhook_deliveries WHERE account_id = ?1 AND event_id = ?2 AND status = 'pending'
           AND next_attempt_at <= ?3 AND webhook_id IN (${enabled}) ORDER BY next_attempt_at LIMIT 1)
         RETURNING webhook_id, body, created_at, tries`,
      )
      .bind(this.#accountId, eventId, iso(now), iso(now + claimMs))
      .first<{ webhook_id: string; body: string; created_at: string; tries: number }>();
    return row ? { webhookId: row.webhook_id, body: row.body, createdAt: row.created_at, tries: row.tries } : undefined;
  }

  /** The event arrived. */
  async arrived(webhookId: string, eventId: string, attempt: DeliveryAttempt): Promise<void> {
    await this.#db.batch([
      this.#attempted(webhookId, eventId, attempt, "status = 'delivered', next_attempt_at = NULL"),
      this.#db
        .prepare('UPDATE webhooks SET arrived_at = max(coalesce(arrived_at, ?1), ?1) WHERE account_id = ?2 AND id = ?3')
        .bind(attempt.at, this.#accountId, webhookId),
    ]);
  }

  /** The event did not arrive. @param nextAt when it is tried again by itself; null where it is given up. */
  async missed(webhookId: string, eventId: string, attempt: DeliveryAttempt, nextAt: number | null): Promise<void> {
    const status = nextAt === null ? 'failed' : 'pending';
    const change = `status = iif(status = 'pending', '${status}', status), next_attempt_at = iif(status = 'pending', ?5, NULL)`;
    await this.#attempted(webhookId, eventId, attempt, change, nextAt === null ? null : iso(nextAt)).run();
  }

  /** The event did not arrive when somebody asked for it: all else stays as it was. */
  async missedAgain(webhookId: string, eventId: string, attempt: DeliveryAttempt): Promise<void> {
    await this.#attempted(webhookId, eventId, attempt, 'status = status').run();
  }

  /** Whether anything arrived at the webhook since. */
  async hasArrivedSince(webhookId: string, since: string): Promise<boolean> {
    const row = await this.#db
      .prepare('SELECT 1 FROM webhooks WHERE account_id = ? AND id = ? AND arrived_at >= ?')
      .bind(this.#accountId, webhookId, since)
      .first();
    return row !== null;
  }

  /** Notes an event that was sent to one webhook alone. */
  async add(webhookId: string, event: WebhookEvent, attempt: DeliveryAttempt, hasArrived: boolean): Promise<void> {
    await this.#db.batch([
      this.#forgetting(Date.parse(event.createdAt)),
      this.#db
        .prepare(
          `INSERT INTO webhook_deliveries (account_id, webhook_id, event_id, type, body, created_at, status, attempts)
           SELECT account_id, id, ?, ?, ?, ?, ?, ? FROM webhooks WHERE account_id = ? AND id = ?`,
        )
        .bind(
          ...[event.id, event.type, JSON.stringify(event), event.createdAt],
          ...[hasArrived ? 'delivered' : 'failed', JSON.stringify([attempt]), this.#accountId, webhookId],
        ),
    ]);
  }

  /** Of a session that is deleted nothing is sent any more, but that it expired. */
  async cancelOf(sessionId: string): Promise<void> {
    await this.cancelling(sessionId).run();
  }

  /** The same, to be done together with more. */
  cancelling(sessionId: string): D1PreparedStatement {
    return this.#db
      .prepare(
        `UPDATE webhook_deliveries SET status = 'cancelled', next_attempt_at = NULL
         WHERE account_id = ? AND session_id = ? AND status = 'pending' AND type <> 'session.expired'`,
      )
      .bind(this.#accountId, sessionId);
  }

  /** @throws ProblemError `webhook_delivery_not_found` */
  async get(webhookId: string, eventId: string): Promise<WebhookDelivery & { body: string }> {
    const row = await this.#db
      .prepare(
        `SELECT ${columns}, body FROM webhook_deliveries WHERE account_id = ? AND webhook_id = ? AND event_id = ?`,
      )
      .bind(this.#accountId, webhookId, eventId)
      .first<DeliveryRow & { body: string }>();
    if (!row)
      throw new ProblemError(
        'webhook_delivery_not_found',
        'The webhook has no delivery of this id; they are kept for a week.',
      );
    return { ...resourceOf(row), body: row.body };
  }

  /** The newest first. */
  async list(
    webhookId: string,
    after: [createdAt: string, id: string] | undefined,
    limit: number,
  ): Promise<WebhookDelivery[]> {
    const { results } = await this.#db
      .prepare(
        `SELECT ${columns} FROM webhook_deliveries WHERE account_id = ? AND webhook_id = ?
         ${after ? 'AND (created_at, event_id) < (?, ?)' : ''} ORDER BY created_at DESC, event_id DESC LIMIT ?`,
      )
      .bind(this.#accountId, webhookId, ...(after ?? []), limit)
      .all<DeliveryRow>();
    return results.map(resourceOf);
  }

  /** Of old deliveries nothing is kept once another comes. */
  #forgetting(now: number): D1PreparedStatement {
    return this.#db
      .prepare('DELETE FROM webhook_deliveries WHERE account_id = ? AND created_at < ?')
      .bind(this.#accountId, iso(now - keptMs));
  }

  #attempted(
    webhookId: string,
    eventId: string,
    attempt: DeliveryAttempt,
    change: string,
    ...more: (string | null)[]
  ): D1PreparedStatement {
    return this.#db
      .prepare(
        `UPDATE webhook_deliveries SET ${change}, attempts = json_insert(
           iif(json_array_length(attempts) >= ${attemptLimit}, json_remove(attempts, '$[0]'), attempts), '$[#]', json(?4))
         WHERE account_id = ?1 AND webhook_id = ?2 AND event_id = ?3`,
      )
      .bind(this.#accountId, webhookId, eventId, JSON.stringify(attempt), ...more);
  }
}

const iso = (at: number) => new Date(at).toISOString();

function resourceOf(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.event_id,
    type: row.type,
    status: row.status,
    attempts: JSON.parse(row.attempts),
    createdAt: row.created_at,
    ...(row.next_attempt_at !== null && { nextAttemptAt: row.next_attempt_at }),
  };
}
