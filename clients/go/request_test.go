package sandgate

import (
	"testing"
	"time"
)

func TestQueryString(t *testing.T) {
	zero := 0
	for want, query := range map[string]any{
		"":                nil,
		"?limit=1000000":  ListTurnsParams{Limit: 1000000},
		"?wait=0":         GetTurnParams{Wait: &zero},
		"?recursive=true": DeleteFileParams{Recursive: true},
		"?metadata%5Ba+b%5D=c%26d&metadata%5Be%5D=f&status=idle": ListSessionsParams{
			Status:   SessionStatusIdle,
			Metadata: map[string]string{"a b": "c&d", "e": "f"},
		},
		"?since=2026-11-23T10%3A00%3A00%2B02%3A00": ListAuditParams{
			Since: time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 7200)),
		},
	} {
		if got, err := queryString(query); err != nil || got != want {
			t.Errorf("%q, not %q: %v", got, want, err)
		}
	}
	if got, err := queryString(ListSessionsParams{}); err != nil || got != "" {
		t.Error(got, err)
	}
}

func TestPath(t *testing.T) {
	if got := path("sessions", "a/b", "files", "../c d?#ü"); got != "/v1/sessions/a%2Fb/files/..%2Fc%20d%3F%23%C3%BC" {
		t.Error(got)
	}
}

func TestBackoff(t *testing.T) {
	for failures, seconds := range map[int]float64{0: 0.5, 1: 1, 2: 2, 3: 4, 4: 8, 5: 8, 5000: 8} {
		if got := backoff(failures, 0).Seconds(); got != seconds {
			t.Errorf("%v after %d", got, failures)
		}
	}
	if backoff(1, 0.5) != 875*time.Millisecond || backoff(1, 1) != 750*time.Millisecond {
		t.Error("the jitter is up to a quarter")
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 34, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"3":                             3 * time.Second,
		" 0 ":                           0,
		"-1":                            0,
		"Sun, 22 Nov 2026 20:34:05 GMT": 5 * time.Second,
		"Sun, 22 Nov 2026 20:00:00 GMT": 0,
		"soon":                          0,
		"":                              0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q is %v", header, got)
		}
	}
}
