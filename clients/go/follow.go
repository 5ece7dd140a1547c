package sandgate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// longestSilence is three heartbeats, of which the server sends one each 15 s: then the connection is dead.
	longestSilence = 45 * time.Second
	// goodConnection is how long a connection brings heartbeats until it is a good one, even where nothing happens.
	goodConnection = 10 * time.Second
)

var (
	errSilence  = errors.New("the connection fell silent")
	errTooEarly = errors.New("the stream ended too early")
)

// A source is where a stream of events comes from.
type source struct {
	// request opens it: a POST with an idempotency key, or a GET.
	request request
	// after is the number of the last event that the caller has, or 0.
	after int
	// untilComplete says whether it ends with complete, or never.
	untilComplete bool
}

// A reader is how far a stream was read, and what is known about going on.
type reader struct {
	transport *transport
	source    source
	// request opens what is left of it.
	request request
	lastID  string
	lastSeq int
	// opened says whether the server ever let us in.
	opened bool
	// retry is what the server asks us to wait before we come back.
	retry time.Duration
	// failures is how many attempts in a row brought nothing.
	failures int
}

// follow reads a stream through every cut: it goes on after the last event that it has, at the Content-Location if the
// server named one, and yields no durable event twice.
func follow(ctx context.Context, t *transport, s source, yield func(Event, error) bool) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	r := &reader{transport: t, source: s, request: s.request, lastSeq: s.after}
	if s.after > 0 {
		r.lastID = strconv.Itoa(s.after)
	}
	for {
		over, failure := r.connect(ctx, yield)
		if over {
			return
		}
		if err := r.wait(ctx, failure); err != nil {
			yield(nil, err)
			return
		}
	}
}

// wait makes time pass before the next attempt, or says why there is none.
func (r *reader) wait(ctx context.Context, failure error) error {
	limit := r.transport.maxRetries
	if r.opened {
		limit = r.transport.maxReconnects
	}
	delay, passes := delayBeforeRetry(failure, r.failures)
	if !passes || r.failures >= limit {
		return failure
	}
	r.failures++
	return sleep(ctx, max(delay, min(r.retry, longestWait)), failure)
}

// connect yields one connection's share of the stream, and says whether it was the last.
func (r *reader) connect(ctx context.Context, yield func(Event, error) bool) (over bool, err error) {
	ctx, cut := context.WithCancelCause(ctx)
	defer cut(nil)
	response, err := r.transport.begin(ctx, r.goingOn())
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNoContent {
		return true, nil
	}
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		return false, fmt.Errorf("%s: answered with %s instead of a stream", r.label(), cmp.Or(kind, "nothing"))
	}
	r.opened = true
	// A path, so that the key goes to no other server.
	if at := response.Header.Get("Content-Location"); strings.HasPrefix(at, "/") {
		r.request = request{method: "GET", path: at, accept: r.source.request.accept}
	}
	return r.read(ctx, &watched{response.Body, func() { cut(errSilence) }}, yield)
}

func (r *reader) read(ctx context.Context, body io.Reader, yield func(Event, error) bool) (over bool, err error) {
	since := time.Now()
	for frame, err := range frames(body) {
		if err == errEventTooLarge {
			return false, fmt.Errorf("%s: %w", r.label(), err)
		}
		if err != nil {
			return false, err
		}
		if ctx.Err() != nil {
			return false, r.transport.failure(ctx, r.request, ctx.Err())
		}
		if time.Since(since) >= goodConnection {
			r.failures = 0
		}
		r.retry = cmp.Or(frame.retry, r.retry)
		if frame.hasID {
			r.lastID = frame.id
		}
		if !frame.hasData {
			continue
		}
		event, err := decodeEvent([]byte(frame.data))
		if err != nil {
			return false, fmt.Errorf("%s: %w", r.label(), err)
		}
		if r.isNew(event) && !yield(event, nil) {
			return true, nil
		}
		if _, complete := event.(*CompleteEvent); complete && r.source.untilComplete {
			return true, nil
		}
	}
	return false, &ConnectionError{Err: errTooEarly, request: r.label()}
}

// goingOn asks for what is left. A POST is repeated as it was: its idempotency key names what it began.
func (r *reader) goingOn() request {
	going := r.request
	if going.method == "GET" && r.lastID != "" {
		going.header = maps.Clone(going.header)
		if going.header == nil {
			going.header = map[string]string{}
		}
		going.header["Last-Event-ID"] = r.lastID
	}
	return going
}

// isNew takes notice of an event; false where it was seen before.
func (r *reader) isNew(event Event) bool {
	envelope := event.Envelope()
	if envelope.Seq > 0 {
		if envelope.Seq <= r.lastSeq {
			return false
		}
		r.lastSeq = envelope.Seq
	}
	// A snapshot comes with every reconnection: it says nothing new.
	if !strings.HasSuffix(envelope.Type, ".snapshot") {
		r.failures = 0
	}
	return true
}

// A watched connection is one that must not be silent while it is read.
type watched struct {
	io.Reader
	onSilence func()
}

func (w *watched) Read(into []byte) (int, error) {
	timer := time.AfterFunc(longestSilence, w.onSilence)
	defer timer.Stop()
	return w.Reader.Read(into)
}

func (r *reader) label() string { return r.transport.label(r.request) }
