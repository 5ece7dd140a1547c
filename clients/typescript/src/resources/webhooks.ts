import type { ApiPromise } from '../api-promise.ts';
import type { PagePromise } from '../page.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
import type {
  CreateWebhook,
  ListWebhooks,
  NewWebhook,
  RotateWebhookSecret,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
} from '../types.ts';

/** The webhooks of the account. Needs the scope `webhooks:admin`. */
export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Has a URL told of events from now on. Its `secret`, for the library of Standard Webhooks, is shown this once.
   *
   * @example
   * const { secret } = await client.webhooks.create({ url: 'https://hooks.example.com/', events: ['turn.completed'] });
   * @throws {ApiError} `webhook_secret_shown_already` where the answer to an earlier attempt was lost: rotate the secret
   */
  create(webhook: CreateWebhook, options?: CreateOptions): ApiPromise<NewWebhook> {
    return this.#transport.json('POST /v1/webhooks', { json: webhook }, options);
  }

  /** The newest first. */
  list(query: ListWebhooks = {}, options?: RequestOptions): PagePromise<Webhook> {
    return this.#transport.pages('GET /v1/webhooks', { query }, options);
  }

  get(webhookId: string, options?: RequestOptions): ApiPromise<Webhook> {
    return this.#transport.json('GET /v1/webhooks/{webhookId}', { params: { webhookId } }, options);
  }

  /** Changes what is given; `status: 'enabled'` enables it again. */
  update(webhookId: string, change: UpdateWebhook, options?: RequestOptions): ApiPromise<Webhook> {
    return this.#transport.json('PATCH /v1/webhooks/{webhookId}', { params: { webhookId }, json: change }, options);
  }

  delete(webhookId: string, options?: RequestOptions): ApiPromise<void> {
    return this.#transport.json('DELETE /v1/webhooks/{webhookId}', { params: { webhookId } }, options);
  }

  /** Makes another secret; the one before signs too for `overlapSeconds`, a day unless told. */
  rotate(webhookId: string, rotation: RotateWebhookSecret = {}, options?: CreateOptions): ApiPromise<NewWebhook> {
    return this.#transport.json(
      'POST /v1/webhooks/{webhookId}/rotate',
      { params: { webhookId }, json: rotation },
      options,
    );
  }

  /** Sends a `webhook.test` now, and answers what became of it. */
  test(webhookId: string, options?: RequestOptions): ApiPromise<WebhookDelivery> {
    return this.#transport.json('POST /v1/webhooks/{webhookId}/test', { params: { webhookId } }, options);
  }

  /** What the webhook was sent, and what became of it, the newest first. */
  deliveries(webhookId: string, query: ListWebhooks = {}, options?: RequestOptions): PagePromise<WebhookDelivery> {
    return this.#transport.pages('GET /v1/webhooks/{webhookId}/deliveries', { params: { webhookId }, query }, options);
  }

  /** Sends an event again now, under the same id, and answers what became of it. */
  redeliver(webhookId: string, deliveryId: string, options?: RequestOptions): ApiPromise<WebhookDelivery> {
    return this.#transport.json(
      'POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
      { params: { webhookId, deliveryId } },
      options,
    );
  }
}
