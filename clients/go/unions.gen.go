// Code generated from api-spec/openapi.json by "npm run generate". DO NOT EDIT.

package sandgate

// newEvent is nil where the type is not known.
func newEvent(kind string) Event {
	switch kind {
	case "status":
		return new(StatusEvent)
	case "message":
		return new(MessageEvent)
	case "tool.call":
		return new(ToolCallEvent)
	case "tool.result":
		return new(ToolResultEvent)
	case "permission.requested":
		return new(PermissionRequestedEvent)
	case "permission.resolved":
		return new(PermissionResolvedEvent)
	case "egress.denied":
		return new(EgressDeniedEvent)
	case "usage":
		return new(UsageEvent)
	case "error":
		return new(ErrorEvent)
	case "complete":
		return new(CompleteEvent)
	case "message.delta":
		return new(MessageDeltaEvent)
	case "message.snapshot":
		return new(MessageSnapshotEvent)
	case "tool.delta":
		return new(ToolDeltaEvent)
	case "tool.snapshot":
		return new(ToolSnapshotEvent)
	}
	return nil
}

// Envelope is what every event has.
func (e *StatusEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *MessageEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *ToolCallEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *ToolResultEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *PermissionRequestedEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *PermissionResolvedEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *EgressDeniedEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *UsageEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *ErrorEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *CompleteEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, Seq: e.Seq, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *MessageDeltaEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *MessageSnapshotEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *ToolDeltaEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// Envelope is what every event has.
func (e *ToolSnapshotEvent) Envelope() Envelope {
	return Envelope{Type: e.Type, At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}

// newWebhookEvent is nil where the type is not known.
func newWebhookEvent(kind string) WebhookEvent {
	switch kind {
	case "permission.requested":
		return new(WebhookPermissionRequested)
	case "turn.completed":
		return new(WebhookTurnCompleted)
	case "session.expired":
		return new(WebhookSessionExpired)
	case "webhook.test":
		return new(WebhookTest)
	}
	return nil
}

func (*WebhookPermissionRequested) isWebhookEvent() {}

func (*WebhookTurnCompleted) isWebhookEvent() {}

func (*WebhookSessionExpired) isWebhookEvent() {}

func (*WebhookTest) isWebhookEvent() {}
