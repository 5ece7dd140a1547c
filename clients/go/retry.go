package sandgate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstDelay   = 500 * time.Millisecond
	longestDelay = 8 * time.Second
	jitter       = 0.25
	// longestWait is the most that a server may ask for: whoever has to wait longer had better know.
	longestWait = time.Minute
)

// retry does it, and again where the failure is one that passes.
func retry(ctx context.Context, maxRetries int, attempt func() error) error {
	for failures := 0; ; failures++ {
		err := attempt()
		delay, passes := delayBeforeRetry(err, failures)
		if !passes || failures >= maxRetries {
			return err
		}
		if err := sleep(ctx, delay, err); err != nil {
			return err
		}
	}
}

// delayBeforeRetry is how long to wait before the request is sent again; false where it must not be.
func delayBeforeRetry(err error, failures int) (time.Duration, bool) {
	var connection *ConnectionError
	var refusal *Error
	switch {
	case errors.As(err, &connection):
		return backoff(failures, rand.Float64()), true
	case errors.As(err, &refusal) && refusal.Retryable() && refusal.RetryAfter <= longestWait:
		return max(refusal.RetryAfter, backoff(failures, rand.Float64())), true
	default:
		return 0, false
	}
}

// backoff is how long to wait after so many failures in a row, 0 for the first; random is from 0 up to 1.
func backoff(failures int, random float64) time.Duration {
	delay := min(float64(firstDelay)*math.Pow(2, float64(failures)), float64(longestDelay))
	return time.Duration(delay * (1 - jitter*random))
}

// retryAfter reads a Retry-After: seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(header)); err == nil {
		return max(time.Duration(seconds)*time.Second, 0)
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}

// sleep waits after a failure. Where the caller does not, the error says both.
func sleep(ctx context.Context, delay time.Duration, failure error) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w, after: %w", context.Cause(ctx), failure)
	}
}
