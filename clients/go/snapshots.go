package sandgate

import "context"

// Snapshots are the disk of a session as it was.
type Snapshots struct {
	transport *transport
	sessionID string
}

// Create keeps the disk as it is now. Not while a turn runs.
func (s *Snapshots) Create(ctx context.Context, snapshot CreateSnapshot, options ...CallOption) (*Snapshot, error) {
	creating := request{method: "POST", path: s.path(), header: keyed(options), json: snapshot}
	return call[Snapshot](ctx, s.transport, creating)
}

// List is the snapshots, the oldest first.
func (s *Snapshots) List(ctx context.Context) ([]Snapshot, error) {
	list, err := call[Page[Snapshot]](ctx, s.transport, request{method: "GET", path: s.path()})
	if err != nil {
		return nil, err
	}
	return list.Data, nil
}

// Restore ends the container and has the next begin with that disk: what was changed since is lost. The log stays.
func (s *Snapshots) Restore(ctx context.Context, snapshotID string) (*SessionData, error) {
	return call[SessionData](ctx, s.transport, request{method: "POST", path: s.path(snapshotID, "restore")})
}

// Delete deletes a snapshot.
func (s *Snapshots) Delete(ctx context.Context, snapshotID string) error {
	return s.transport.do(ctx, request{method: "DELETE", path: s.path(snapshotID)}, nil)
}

func (s *Snapshots) path(below ...string) string {
	return path(append([]string{"sessions", s.sessionID, "snapshots"}, below...)...)
}
