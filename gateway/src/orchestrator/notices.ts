import type { WebhookEvent } from '@sandgate/api-spec';

/** How long it is waited that what was sent is brought, in milliseconds, before it is sent again: the first wait, and the longest. */
const firstWaitMs = 15_000;
const longestWaitMs = 600_000;

/** How many are sent at a time. */
const batchSize = 20;

interface NoticeRow extends Record<string, SqlStorageValue> {
  event: string;
  send_at: number;
}

type SessionEventOf<T extends WebhookEvent['type']> = Extract<WebhookEvent, { type: T }>;

/**
 * The events for webhooks, from the commit in which they happened until nobody waits for them any more: whatever happens
 * to a message of the Queue, the row that stands for it is there, and another is sent.
 */
export class Notices {
  readonly #sql: SqlStorage;
  readonly #sessionId: string;

  constructor(sql: SqlStorage, sessionId: string) {
    this.#sql = sql;
    this.#sessionId = sessionId;
  }

  add<T extends 'permission.requested' | 'turn.completed' | 'session.expired'>(
    type: T,
    data: Omit<SessionEventOf<T>['data'], 'sessionId'>,
    at: Date,
  ): void {
    const id = `evt_${crypto.randomUUID().replaceAll('-', '')}`;
    const event = { id, type, createdAt: at.toISOString(), data: { sessionId: this.#sessionId, ...data } };
    this.restore([event as WebhookEvent], at.getTime());
  }

  due(now: number): WebhookEvent[] {
    return this.#sql
      .exec<NoticeRow>('SELECT event FROM notices WHERE send_at <= ? ORDER BY send_at LIMIT ?', now, batchSize)
      .toArray()
      .map(({ event }) => JSON.parse(event));
  }

  /** When the next is to be sent, in Unix milliseconds. */
  nextSend(): number | undefined {
    return this.#sql.exec<{ at: number | null }>('SELECT MIN(send_at) AS at FROM notices').one().at ?? undefined;
  }

  /** Notes that one is sent now: unless it is told of by then, another follows. */
  sent(id: string, now: number): void {
    const waitMs = `MIN(${firstWaitMs} << MIN(sends, 10), ${longestWaitMs})`;
    this.#sql.exec(`UPDATE notices SET send_at = ? + ${waitMs}, sends = sends + 1 WHERE id = ?`, now, id);
  }

  /** Notes when somebody waits for one again; undefined where nobody does. */
  settle(id: string, nextAt: number | undefined): void {
    if (nextAt === undefined) this.#sql.exec('DELETE FROM notices WHERE id = ?', id);
    else this.#sql.exec('UPDATE notices SET send_at = ?, sends = 0 WHERE id = ?', nextAt, id);
  }

  all(): WebhookEvent[] {
    return this.#sql
      .exec<NoticeRow>('SELECT event FROM notices')
      .toArray()
      .map(({ event }) => JSON.parse(event));
  }

  restore(events: WebhookEvent[], now: number): void {
    for (const event of events)
      this.#sql.exec('INSERT INTO notices (id, event, send_at) VALUES (?, ?, ?)', event.id, JSON.stringify(event), now);
  }

  clear(): void {
    this.#sql.exec('DELETE FROM notices');
  }
}
