package sandgate

import (
	"fmt"
	"net/http"
	"time"
)

// An Error is the server's refusal.
//
//	var refusal *sandgate.Error
//	if errors.As(err, &refusal) && refusal.Code == "session_not_found" {
//		log.Print(refusal.RequestID)
//	}
type Error struct {
	// Code is stable, to program against: session_not_found. Empty where something in between answered.
	Code string
	// Status is that of the answer: 404.
	Status int
	// Problem is what the server said about it; nil where something in between answered.
	Problem *Problem
	// RequestID names the request in the server's logs.
	RequestID string
	// RetryAfter is how long the server asks to be left alone.
	RetryAfter time.Duration

	request string
}

func (e *Error) Error() string {
	if e.Problem == nil {
		return fmt.Sprintf("%s: %d %s", e.request, e.Status, http.StatusText(e.Status))
	}
	return fmt.Sprintf("%s: %d %s: %s", e.request, e.Status, e.Code, e.Problem.Detail)
}

// Retryable says whether the same request may be sent again unchanged.
func (e *Error) Retryable() bool {
	switch {
	case e.Status == http.StatusRequestTimeout, e.Status == http.StatusTooManyRequests:
		return true
	case e.Problem != nil:
		return e.Problem.Retryable
	default:
		return e.Status >= 500
	}
}

// A ConnectionError says that no answer came, or that it broke off: nobody can know whether the request was carried
// out. It wraps the reason.
type ConnectionError struct {
	Err error

	request string
}

func (e *ConnectionError) Error() string { return fmt.Sprintf("%s: %v", e.request, e.Err) }

func (e *ConnectionError) Unwrap() error { return e.Err }

// Timeout says whether the answer did not come in time.
func (e *ConnectionError) Timeout() bool { return e.Err == errNoAnswer || e.Err == errSilence }

// A TurnError is a turn that ended in failure. It is returned where the turn's output was asked for, never where its
// events are read.
type TurnError struct {
	// Code is stable, to program against: sandbox_restarted.
	Code string
	// Message says what happened.
	Message string
	// Retryable says whether a new turn may do better.
	Retryable bool
}

func (e *TurnError) Error() string {
	if e.Message == "" {
		return "the turn failed"
	}
	return e.Message
}
