package sandgate

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A request can be sent as often as need be.
type request struct {
	method string
	path   string
	// query is a struct of the contract, or nil.
	query any
	// accept is application/json unless told.
	accept string
	header map[string]string
	// json is what the body says, or nil.
	json any
	// content is the body itself, or nil.
	content *content
	// once forbids to send it again.
	once bool
	// patience is how much longer than others it may take.
	patience time.Duration
}

// prepare makes what one attempt sends.
func (r request) prepare(ctx context.Context, t *transport) (*http.Request, error) {
	for segment := range strings.SplitSeq(r.path[1:], "/") {
		// A server takes such a segment away, and the request would reach another resource.
		if segment == "" || segment == "." || segment == ".." {
			return nil, fmt.Errorf("sandgate: %q cannot be an id or a path", segment)
		}
	}
	query, err := queryString(r.query)
	if err != nil {
		return nil, err
	}
	body, size, err := r.body()
	if err != nil {
		return nil, err
	}
	prepared, err := http.NewRequestWithContext(ctx, r.method, t.baseURL+r.path+query, body)
	if err != nil {
		return nil, err
	}
	prepared.ContentLength = size
	prepared.Header.Set("Authorization", "Bearer "+t.apiKey)
	prepared.Header.Set("Accept", "application/json")
	if r.accept != "" {
		prepared.Header.Set("Accept", r.accept)
	}
	switch {
	case r.json != nil:
		prepared.Header.Set("Content-Type", "application/json")
	case r.content != nil:
		prepared.Header.Set("Content-Type", "application/octet-stream")
	}
	for name, value := range r.header {
		prepared.Header.Set(name, value)
	}
	return prepared, nil
}

func (r request) body() (io.Reader, int64, error) {
	if r.content != nil {
		return r.content.body(), r.content.size, nil
	}
	if r.json == nil {
		return nil, 0, nil
	}
	data, err := json.Marshal(r.json)
	return bytes.NewReader(data), int64(len(data)), err
}

// path joins what stands below /v1. A slash in a part becomes %2F, so that a part never leaves its place.
func path(parts ...string) string {
	var joined strings.Builder
	joined.WriteString("/v1")
	for _, part := range parts {
		joined.WriteString("/")
		joined.WriteString(url.PathEscape(part))
	}
	return joined.String()
}
