package sandgate

import (
	"encoding/json"
	"fmt"
)

// A WebhookEvent is what an endpoint is sent, of which a switch on its type says more: a [*WebhookTurnCompleted], a
// [*WebhookPermissionRequested] …
type WebhookEvent interface {
	isWebhookEvent()
}

// An UnknownWebhookEvent is of a type that this version of the client does not know: answer 2xx, and ignore it.
type UnknownWebhookEvent struct {
	Type string
	JSON json.RawMessage
}

func (*UnknownWebhookEvent) isWebhookEvent() {}

// ParseWebhookEvent reads the body of a request whose signature was verified by a library of Standard Webhooks.
func ParseWebhookEvent(body []byte) (WebhookEvent, error) {
	var head struct{ Type string }
	if err := json.Unmarshal(body, &head); err != nil {
		return nil, fmt.Errorf("sandgate: not an event for a webhook: %w", err)
	}
	event := newWebhookEvent(head.Type)
	if event == nil {
		return &UnknownWebhookEvent{Type: head.Type, JSON: body}, nil
	}
	if err := json.Unmarshal(body, event); err != nil {
		return nil, fmt.Errorf("sandgate: not an event for a webhook: %w", err)
	}
	return event, nil
}
