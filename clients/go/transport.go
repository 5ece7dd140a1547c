package sandgate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

var errNoAnswer = errors.New("no answer came in time")

// A transport sends requests to one server with one key.
type transport struct {
	apiKey        string
	baseURL       string
	http          *http.Client
	timeout       time.Duration
	maxRetries    int
	maxReconnects int
}

// call asks for JSON, as often as the retries allow.
func call[T any](ctx context.Context, t *transport, r request) (*T, error) {
	answer := new(T)
	return answer, t.do(ctx, r, answer)
}

// do is call where the answer may be empty: into may be nil.
func (t *transport) do(ctx context.Context, r request, into any) error {
	return t.persist(ctx, r, func() error {
		ctx, cancel := context.WithTimeoutCause(ctx, t.timeout+r.patience, errNoAnswer)
		defer cancel()
		response, err := t.send(ctx, r)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		data, err := io.ReadAll(response.Body)
		if err != nil {
			return t.failure(ctx, r, err)
		}
		if into == nil {
			return nil
		}
		if err := json.Unmarshal(data, into); err != nil {
			return fmt.Errorf("%s: the answer is not what it should be: %w", t.label(r), err)
		}
		return nil
	})
}

// open asks for bytes, as often as the retries allow, and answers as soon as they begin.
func (t *transport) open(ctx context.Context, r request) (response *http.Response, err error) {
	err = t.persist(ctx, r, func() error {
		response, err = t.begin(ctx, r)
		return err
	})
	return response, err
}

// persist does it, and again where the failure is one that passes.
func (t *transport) persist(ctx context.Context, r request, attempt func() error) error {
	retries := t.maxRetries
	if r.once || r.content != nil && r.content.once {
		retries = 0
	}
	return retry(ctx, retries, attempt)
}

// begin sends a request once and answers when its answer begins. Closing the body ends it.
func (t *transport) begin(ctx context.Context, r request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(t.timeout, func() { cancel(errNoAnswer) })
	defer timer.Stop()
	response, err := t.send(ctx, r)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	response.Body = &body{ReadCloser: response.Body, cancel: cancel, failure: func(err error) error {
		return t.failure(ctx, r, err)
	}}
	return response, nil
}

func (t *transport) send(ctx context.Context, r request) (*http.Response, error) {
	prepared, err := r.prepare(ctx, t)
	if err != nil {
		return nil, err
	}
	response, err := t.http.Do(prepared)
	if err != nil {
		return nil, t.failure(ctx, r, err)
	}
	if response.StatusCode >= 300 {
		defer response.Body.Close()
		return nil, t.refusal(r, response)
	}
	return response, nil
}

// failure says why no answer came: that the caller gave up is no fault of the connection.
func (t *transport) failure(ctx context.Context, r request, err error) error {
	cause := context.Cause(ctx)
	if cause != nil && cause != errNoAnswer && cause != errSilence {
		return fmt.Errorf("%s: %w", t.label(r), cause)
	}
	if cause != nil {
		err = cause
	}
	// It names the request too.
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return &ConnectionError{Err: err, request: t.label(r)}
}

// longestProblem is far more than any problem has.
const longestProblem = 1 << 20

func (t *transport) refusal(r request, response *http.Response) error {
	refusal := &Error{
		Status:     response.StatusCode,
		RequestID:  response.Header.Get("X-Request-Id"),
		RetryAfter: retryAfter(response.Header.Get("Retry-After"), time.Now()),
		request:    t.label(r),
	}
	problem := new(Problem)
	isProblem := strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json")
	if isProblem && json.NewDecoder(io.LimitReader(response.Body, longestProblem)).Decode(problem) == nil {
		refusal.Problem, refusal.Code = problem, problem.Code
	}
	return refusal
}

// label is what errors call a request.
func (t *transport) label(r request) string {
	return r.method + " " + t.baseURL + r.path
}

// A body that tells of failures as the client does.
type body struct {
	io.ReadCloser
	cancel  context.CancelCauseFunc
	failure func(error) error
}

func (b *body) Read(into []byte) (int, error) {
	n, err := b.ReadCloser.Read(into)
	if err != nil && err != io.EOF {
		err = b.failure(err)
	}
	return n, err
}

func (b *body) Close() error {
	defer b.cancel(nil)
	return b.ReadCloser.Close()
}
