package sandgate

import (
	"context"
	"iter"
)

// Sessions are those of the key's account.
type Sessions struct {
	transport *transport
}

// Create opens a session. With an ID of your own, a repeat is the same session; one that was created otherwise is
// refused as session_conflict.
func (s *Sessions) Create(ctx context.Context, session CreateSession, options ...CallOption) (*Session, error) {
	creating := request{method: "POST", path: path("sessions"), header: keyed(options), json: session}
	data, err := call[SessionData](ctx, s.transport, creating)
	if err != nil {
		return nil, err
	}
	return newSession(s.transport, data.ID, data), nil
}

// Get finds a session.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	data, err := s.Handle(id).Get(ctx)
	if err != nil {
		return nil, err
	}
	return newSession(s.transport, id, data), nil
}

// Handle is a handle to a session that is known to exist: it asks nothing of the server.
func (s *Sessions) Handle(id string) *Session { return newSession(s.transport, id, nil) }

// List is the sessions, the newest first.
func (s *Sessions) List(ctx context.Context, query ListSessionsParams) iter.Seq2[SessionSummary, error] {
	return items(query.After, func(after string) (*Page[SessionSummary], error) {
		query.After = after
		return s.ListPage(ctx, query)
	})
}

// ListPage is one page of [Sessions.List].
func (s *Sessions) ListPage(ctx context.Context, query ListSessionsParams) (*Page[SessionSummary], error) {
	return call[Page[SessionSummary]](ctx, s.transport, request{method: "GET", path: path("sessions"), query: query})
}

// Delete destroys a session's sandbox, its files and its log. The id stays taken.
func (s *Sessions) Delete(ctx context.Context, id string) error { return s.Handle(id).Delete(ctx) }
