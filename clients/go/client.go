package sandgate

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Options say where a client's requests go, and how persistent it is.
type Options struct {
	// APIKey is SANDGATE_API_KEY of the environment unless told.
	APIKey string
	// BaseURL is where the gateway is: https://sandgate.example.com. SANDGATE_BASE_URL of the environment unless told.
	BaseURL string
	// HTTPClient sends the requests. It should have no Timeout, which would end streams too.
	HTTPClient *http.Client
	// Timeout is how long one attempt of a request may take, of a stream or a file until it begins; a minute unless told.
	Timeout time.Duration
	// MaxRetries is how often a request is sent again after a failure that passes: 5 unless told, which is about a
	// quarter of a minute; below zero never.
	MaxRetries int
	// MaxReconnects is how often in a row a stream tries in vain to go on after a cut: 10 unless told, which is about a
	// minute; below zero never.
	MaxReconnects int
}

// A Client talks to one gateway with one key. It may be used by several goroutines at once, and so may all that comes
// from it.
type Client struct {
	Sessions *Sessions
	Keys     *Keys
	Webhooks *Webhooks

	transport *transport
}

// New makes a client. It fails where there is no key, or no URL.
func New(options Options) (*Client, error) {
	apiKey := cmp.Or(options.APIKey, os.Getenv("SANDGATE_API_KEY"))
	if apiKey == "" {
		return nil, errors.New("sandgate: give an APIKey, or set SANDGATE_API_KEY")
	}
	baseURL := cmp.Or(options.BaseURL, os.Getenv("SANDGATE_BASE_URL"))
	if base, err := url.Parse(baseURL); err != nil || base.Host == "" {
		return nil, errors.New("sandgate: give a BaseURL with its scheme, or set SANDGATE_BASE_URL")
	}
	t := &transport{
		apiKey:        apiKey,
		baseURL:       strings.TrimRight(baseURL, "/"),
		http:          cmp.Or(options.HTTPClient, &http.Client{}),
		timeout:       cmp.Or(options.Timeout, time.Minute),
		maxRetries:    cmp.Or(options.MaxRetries, 5),
		maxReconnects: cmp.Or(options.MaxReconnects, 10),
	}
	return &Client{Sessions: &Sessions{t}, Keys: &Keys{t}, Webhooks: &Webhooks{t}, transport: t}, nil
}

// Requests are what waits for a person in all sessions, the nearest deadline first. A session that could not be asked is
// left out, and named in [Page.Unavailable] of its page: ask it by [Session.Requests].
func (c *Client) Requests(ctx context.Context, query ListAccountRequestsParams) iter.Seq2[AccountRequest, error] {
	return items(query.After, func(after string) (*Page[AccountRequest], error) {
		query.After = after
		return c.RequestsPage(ctx, query)
	})
}

// RequestsPage is one page of [Client.Requests].
func (c *Client) RequestsPage(ctx context.Context, query ListAccountRequestsParams) (*Page[AccountRequest], error) {
	return call[Page[AccountRequest]](ctx, c.transport, request{method: "GET", path: path("requests"), query: query})
}

// Account is what the key's account may have, and what it has.
func (c *Client) Account(ctx context.Context) (*Account, error) {
	return call[Account](ctx, c.transport, request{method: "GET", path: path("account")})
}

// Audit tells who administered keys and sessions of the account, the newest first. It needs the scope audit:read.
func (c *Client) Audit(ctx context.Context, query ListAuditParams) iter.Seq2[AuditEntry, error] {
	return items(query.After, func(after string) (*Page[AuditEntry], error) {
		query.After = after
		return c.AuditPage(ctx, query)
	})
}

// AuditPage is one page of [Client.Audit].
func (c *Client) AuditPage(ctx context.Context, query ListAuditParams) (*Page[AuditEntry], error) {
	return call[Page[AuditEntry]](ctx, c.transport, request{method: "GET", path: path("audit"), query: query})
}

// Health is how the gateway is. It also tells a wrong BaseURL.
func (c *Client) Health(ctx context.Context) (*Health, error) {
	return call[Health](ctx, c.transport, request{method: "GET", path: "/health"})
}
