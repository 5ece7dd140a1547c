package sandgate

import (
	"context"
	"iter"
	"time"
)

// Turns are those of a session.
type Turns struct {
	transport *transport
	sessionID string
}

// Start starts a turn and does not wait for it. To watch it from the start, use [Session.Chat].
func (t *Turns) Start(ctx context.Context, text string, options ...CallOption) (*Turn, error) {
	return t.StartRequest(ctx, said(text), options...)
}

// StartRequest is [Turns.Start] with all that may be said of a turn.
func (t *Turns) StartRequest(ctx context.Context, chat ChatRequest, options ...CallOption) (*Turn, error) {
	header := keyed(options)
	header["Prefer"] = "respond-async"
	return call[Turn](ctx, t.transport, request{
		method: "POST",
		path:   path("sessions", t.sessionID, "chat"),
		header: header,
		json:   chat,
	})
}

// List is the turns in the order of their admission.
func (t *Turns) List(ctx context.Context, query ListTurnsParams) iter.Seq2[Turn, error] {
	return items(query.After, func(after string) (*Page[Turn], error) {
		query.After = after
		return t.ListPage(ctx, query)
	})
}

// ListPage is one page of [Turns.List].
func (t *Turns) ListPage(ctx context.Context, query ListTurnsParams) (*Page[Turn], error) {
	return call[Page[Turn]](ctx, t.transport, request{method: "GET", path: t.path(), query: query})
}

// Get is a turn as it is now.
func (t *Turns) Get(ctx context.Context, turnID string) (*Turn, error) {
	return call[Turn](ctx, t.transport, request{method: "GET", path: t.path(turnID)})
}

// Wait is a turn once it is complete or waits for a person, or as it is after so long, a minute at most.
func (t *Turns) Wait(ctx context.Context, turnID string, wait time.Duration) (*Turn, error) {
	seconds := int(wait.Seconds())
	return call[Turn](ctx, t.transport, request{
		method:   "GET",
		path:     t.path(turnID),
		query:    GetTurnParams{Wait: &seconds},
		patience: wait,
	})
}

// Events are a turn's, whoever started it, after the event with that number, or with 0 from its start, until its
// complete.
func (t *Turns) Events(ctx context.Context, turnID string, after int) Stream {
	turn := source{
		request:       request{method: "GET", path: t.path(turnID, "events"), accept: "text/event-stream"},
		after:         after,
		untilComplete: true,
	}
	return func(yield func(Event, error) bool) { follow(ctx, t.transport, turn, yield) }
}

func (t *Turns) path(below ...string) string {
	return path(append([]string{"sessions", t.sessionID, "turns"}, below...)...)
}
