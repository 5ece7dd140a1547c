import type { DeliveryAttempt, WebhookDelivery, WebhookEvent } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { type Claim, DeliveryStore } from './delivery-store.ts';
import { post } from './post.ts';
import { nextTry } from './retry-schedule.ts';
import { openSecret } from './secret.ts';
import { WebhookStore } from './webhook-store.ts';

/** Brings events to the webhooks of an account, and notes what becomes of it. */
export class Courier {
  readonly #env: Env;
  readonly #webhooks: WebhookStore;
  readonly #deliveries: DeliveryStore;

  constructor(env: Env, accountId: string) {
    this.#env = env;
    this.#webhooks = new WebhookStore(env.DB, accountId);
    this.#deliveries = new DeliveryStore(env.DB, accountId);
  }

  /**
   * Tries what is due of an event, one endpoint after the other: a Worker has few connections at a time.
   *
   * @returns when there is more to try, in Unix milliseconds; undefined where there is nothing.
   */
  async bring(eventId: string): Promise<number | undefined> {
    const claim = () => this.#deliveries.claim(eventId, Date.now());
    for (let claimed = await claim(); claimed; claimed = await claim())
      await this.#tryOnce(eventId, claimed).catch((error) => log('error', 'delivery not noted', { eventId, error }));
    return this.#deliveries.nextAttempt(eventId);
  }

  /** Sends an event once more, as somebody asked for. */
  async bringAgain(webhookId: string, eventId: string): Promise<WebhookDelivery> {
    const { body } = await this.#deliveries.get(webhookId, eventId);
    const attempt = await this.#send(webhookId, eventId, body);
    if (hasArrived(attempt)) await this.#deliveries.arrived(webhookId, eventId, attempt);
    else await this.#deliveries.missedAgain(webhookId, eventId, attempt);
    return this.#delivery(webhookId, eventId);
  }

  /** Sends an event to one webhook alone, once. */
  async test(webhookId: string, event: WebhookEvent): Promise<WebhookDelivery> {
    const attempt = await this.#send(webhookId, event.id, JSON.stringify(event));
    await this.#deliveries.add(webhookId, event, attempt, hasArrived(attempt));
    return this.#delivery(webhookId, event.id);
  }

  async #tryOnce(eventId: string, { webhookId, body, createdAt, tries }: Claim): Promise<void> {
    const at = new Date().toISOString();
    // What cannot even be sent counts as a try, too: else it would be tried for ever, and every half minute.
    const attempt = await this.#send(webhookId, eventId, body).catch((error): DeliveryAttempt => {
      log('error', 'delivery failed', { eventId, error });
      return { at, error: 'It could not be sent.' };
    });
    if (hasArrived(attempt)) return this.#deliveries.arrived(webhookId, eventId, attempt);
    const nextAt = nextTry(this.#env.WEBHOOK_RETRY_SECONDS, tries, Date.now()) ?? null;
    await this.#deliveries.missed(webhookId, eventId, attempt, nextAt);
    if (nextAt === null && !(await this.#deliveries.hasArrivedSince(webhookId, createdAt)))
      await this.#webhooks.disable(webhookId, 'failing');
  }

  async #send(webhookId: string, eventId: string, body: string): Promise<DeliveryAttempt> {
    const { url } = await this.#webhooks.get(webhookId);
    const sealed = await this.#webhooks.secrets(webhookId, new Date().toISOString());
    const { SANDBOX_MASTER_SECRET: master } = this.#env;
    const secrets = await Promise.all(sealed.map((secret) => openSecret(master, webhookId, secret)));
    const attempt = await post({ url, eventId, body, secrets }, this.#env);
    if (attempt.statusCode === 410) await this.#webhooks.disable(webhookId, 'gone');
    return attempt;
  }

  async #delivery(webhookId: string, eventId: string): Promise<WebhookDelivery> {
    const { body: _, ...delivery } = await this.#deliveries.get(webhookId, eventId);
    return delivery;
  }
}

function hasArrived({ statusCode = 0 }: DeliveryAttempt): boolean {
  return statusCode >= 200 && statusCode < 300;
}
