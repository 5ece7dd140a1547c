import type { DeliveryStore } from '../webhooks/delivery-store.ts';
import type { NoticeMessage } from '../webhooks/notice-consumer.ts';
import type { Notices } from './notices.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

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
    const { notices, session, deliveries, send } = this.#parts;
    try {
      for (let due = notices.due(Date.now()); due.length > 0; due = notices.due(Date.now()))
        for (const event of due) {
          const now = Date.now();
          notices.sent(event.id, now); // Whatever becomes of this, it is looked after again.
          const nextAt = await deliveries.open(event, now);
          const { name, accountId, id, deleted } = session.get() as SessionRecord;
          if (deleted && event.type !== 'session.expired') await deliveries.cancelOf(id);
          else if (nextAt !== undefined && nextAt <= now) await send({ accountId, session: name, eventId: event.id });
          else notices.settle(event.id, nextAt);
        }
    } catch (error) {
      console.error(JSON.stringify({ message: 'notice not handed over', error: String(error) }));
    }
  }
}
