import type { WebhookEvent } from '@sandgate/api-spec';
import { log } from '../observe/log.ts';
import type { DeliveryStore } from '../webhooks/delivery-store.ts';
import type { NoticeMessage } from '../webhooks/notice-consumer.ts';
import type { Notices } from './notices.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/**
 * How long an account that had no webhook is not asked about again, in milliseconds. What happens meanwhile waits for so
 * long: one that was made is told of it a little later, and never not at all.
 */
const quietMs = 5000;

interface Parts {
  notices: Notices;
  session: SessionStore;
  deliveries: DeliveryStore;
  send: (message: NoticeMessage) => Promise<unknown>;
}

/** Hands the events for webhooks over: to the account's deliveries, and the Queue that has them brought. */
export class Herald {
  readonly #parts: Parts;
  #working: Promise<void> | undefined;
  /** When it was asked whether the account has any webhook, and it had none; in Unix milliseconds. */
  #hadNoneAt = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Hands over what is due, one at a time. What fails stays, and is due again later. */
  work(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    const { notices } = this.#parts;
    try {
      for (let due = notices.due(Date.now()); due.length > 0; due = notices.due(Date.now()))
        for (const event of due) await this.#handOver(event);
    } catch (error) {
      log('error', 'notice not handed over', { error });
    }
  }

  async #handOver(event: WebhookEvent): Promise<void> {
    const { notices, session, deliveries, send } = this.#parts;
    const { name, accountId, id } = session.get() as SessionRecord;
    // What came before a webhook is not told to it.
    if (this.#isOver(event) || Date.parse(event.createdAt) <= this.#hadNoneAt)
      return notices.settle(event.id, undefined);
    const now = Date.now();
    if (now < this.#hadNoneAt + quietMs) return notices.settle(event.id, this.#hadNoneAt + quietMs);
    notices.sent(event.id, now); // Whatever becomes of this, it is looked after again.
    if (!(await deliveries.hasWebhooks())) {
      this.#hadNoneAt = now;
      return notices.settle(event.id, undefined);
    }
    const nextAt = await deliveries.open(event, now);
    if (this.#isOver(event))
      await deliveries.cancelOf(id); // Deleted meanwhile.
    else if (nextAt !== undefined && nextAt <= now) await send({ accountId, session: name, eventId: event.id });
    else notices.settle(event.id, nextAt);
  }

  /** Of a session that is deleted nothing is told any more, but that it expired. */
  #isOver({ type }: WebhookEvent): boolean {
    return this.#parts.session.get()?.deleted === true && type !== 'session.expired';
  }
}
