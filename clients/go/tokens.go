package sandgate

import "context"

// Tokens open one session for a while: give one to a browser as its key. They need the scope tokens:write.
type Tokens struct {
	transport *transport
	sessionID string
}

// Create makes a token.
func (t *Tokens) Create(ctx context.Context, token CreateSessionToken) (*SessionToken, error) {
	return call[SessionToken](ctx, t.transport, request{method: "POST", path: t.path(), json: token})
}

// Revoke revokes all that were made for the session so far, everywhere within five seconds.
func (t *Tokens) Revoke(ctx context.Context) error {
	return t.transport.do(ctx, request{method: "DELETE", path: t.path()}, nil)
}

func (t *Tokens) path() string { return path("sessions", t.sessionID, "tokens") }
