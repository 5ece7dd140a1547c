package sandgate

import (
	"context"
	"iter"
)

// Webhooks are those of the account. They need the scope webhooks:admin.
type Webhooks struct {
	transport *transport
}

// Create has a URL told of events from now on. Its Secret, for a library of Standard Webhooks, is shown this once:
// where the answer to an earlier attempt was lost, it is refused as webhook_secret_shown_already, and to be rotated.
func (w *Webhooks) Create(ctx context.Context, webhook CreateWebhook, options ...CallOption) (*NewWebhook, error) {
	creating := request{method: "POST", path: path("webhooks"), header: keyed(options), json: webhook}
	return call[NewWebhook](ctx, w.transport, creating)
}

// List is the webhooks, the newest first.
func (w *Webhooks) List(ctx context.Context, query ListWebhooksParams) iter.Seq2[Webhook, error] {
	return items(query.After, func(after string) (*Page[Webhook], error) {
		query.After = after
		return w.ListPage(ctx, query)
	})
}

// ListPage is one page of [Webhooks.List].
func (w *Webhooks) ListPage(ctx context.Context, query ListWebhooksParams) (*Page[Webhook], error) {
	return call[Page[Webhook]](ctx, w.transport, request{method: "GET", path: path("webhooks"), query: query})
}

// Get finds a webhook.
func (w *Webhooks) Get(ctx context.Context, webhookID string) (*Webhook, error) {
	return call[Webhook](ctx, w.transport, request{method: "GET", path: path("webhooks", webhookID)})
}

// Update changes what is given; the status enabled enables it again.
func (w *Webhooks) Update(ctx context.Context, webhookID string, changes UpdateWebhook) (*Webhook, error) {
	return call[Webhook](ctx, w.transport, request{method: "PATCH", path: path("webhooks", webhookID), json: changes})
}

// Delete deletes a webhook.
func (w *Webhooks) Delete(ctx context.Context, webhookID string) error {
	return w.transport.do(ctx, request{method: "DELETE", path: path("webhooks", webhookID)}, nil)
}

// Rotate makes another secret; the one before signs too for OverlapSeconds, a day unless told.
func (w *Webhooks) Rotate(
	ctx context.Context, webhookID string, rotation RotateWebhookSecret, options ...CallOption,
) (*NewWebhook, error) {
	return call[NewWebhook](ctx, w.transport, request{
		method: "POST",
		path:   path("webhooks", webhookID, "rotate"),
		header: keyed(options),
		json:   rotation,
	})
}

// Test sends a webhook.test now, and answers what became of it.
func (w *Webhooks) Test(ctx context.Context, webhookID string) (*WebhookDelivery, error) {
	return call[WebhookDelivery](ctx, w.transport, request{method: "POST", path: path("webhooks", webhookID, "test")})
}

// Deliveries are what the webhook was sent, and what became of it, the newest first.
func (w *Webhooks) Deliveries(
	ctx context.Context, webhookID string, query ListWebhookDeliveriesParams,
) iter.Seq2[WebhookDelivery, error] {
	return items(query.After, func(after string) (*Page[WebhookDelivery], error) {
		query.After = after
		return w.DeliveriesPage(ctx, webhookID, query)
	})
}

// DeliveriesPage is one page of [Webhooks.Deliveries].
func (w *Webhooks) DeliveriesPage(
	ctx context.Context, webhookID string, query ListWebhookDeliveriesParams,
) (*Page[WebhookDelivery], error) {
	deliveries := request{method: "GET", path: path("webhooks", webhookID, "deliveries"), query: query}
	return call[Page[WebhookDelivery]](ctx, w.transport, deliveries)
}

// Redeliver sends an event again now, under the same id, and answers what became of it.
func (w *Webhooks) Redeliver(ctx context.Context, webhookID, deliveryID string) (*WebhookDelivery, error) {
	redelivery := path("webhooks", webhookID, "deliveries", deliveryID, "redeliver")
	return call[WebhookDelivery](ctx, w.transport, request{method: "POST", path: redelivery})
}
