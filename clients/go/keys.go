package sandgate

import (
	"context"
	"iter"
)

// Keys are those of the account. They need the scope keys:admin.
type Keys struct {
	transport *transport
}

// Create makes a key. Its secret, Key, is shown this once: where the answer to an earlier attempt was lost, it is
// refused as key_shown_already, and that key is to be revoked.
func (k *Keys) Create(ctx context.Context, key CreateKey, options ...CallOption) (*NewKey, error) {
	return call[NewKey](ctx, k.transport, request{method: "POST", path: path("keys"), header: keyed(options), json: key})
}

// List is the keys, the newest first.
func (k *Keys) List(ctx context.Context, query ListKeysParams) iter.Seq2[Key, error] {
	return items(query.After, func(after string) (*Page[Key], error) {
		query.After = after
		return k.ListPage(ctx, query)
	})
}

// ListPage is one page of [Keys.List].
func (k *Keys) ListPage(ctx context.Context, query ListKeysParams) (*Page[Key], error) {
	return call[Page[Key]](ctx, k.transport, request{method: "GET", path: path("keys"), query: query})
}

// Get finds a key.
func (k *Keys) Get(ctx context.Context, keyID string) (*Key, error) {
	return call[Key](ctx, k.transport, request{method: "GET", path: path("keys", keyID)})
}

// Rotate makes a key that does the same; the old one ends after OverlapSeconds, an hour unless told.
func (k *Keys) Rotate(ctx context.Context, keyID string, rotation RotateKey, options ...CallOption) (*NewKey, error) {
	rotating := request{method: "POST", path: path("keys", keyID, "rotate"), header: keyed(options), json: rotation}
	return call[NewKey](ctx, k.transport, rotating)
}

// Revoke ends a key, everywhere within five seconds.
func (k *Keys) Revoke(ctx context.Context, keyID string) error {
	return k.transport.do(ctx, request{method: "DELETE", path: path("keys", keyID)}, nil)
}
