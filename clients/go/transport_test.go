package sandgate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sandgate.example/sandgate"
)

var session = reply(201, map[string]string{"id": "s", "status": "idle"})

func TestRetries(t *testing.T) {
	breaksOff := func(response http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(response, `{"id":`)
		_ = http.NewResponseController(response).Flush()
		hangUp(nil, nil)
	}
	for name, failure := range map[string]answer{
		"a connection that breaks":  hangUp,
		"408":                       empty(408),
		"429":                       problem(429, "queue_full"),
		"a problem that says so":    problem(409, "session_busy", retryable),
		"a 502 without a problem":   empty(502),
		"an answer that breaks off": breaksOff,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, failure, failure, session)
				created, err := g.client(t).Sessions.Create(t.Context(), sandgate.CreateSession{ID: "s"})
				if err != nil || created.ID != "s" || created.Data.Status != sandgate.SessionStatusIdle {
					t.Fatal(created, err)
				}
				if !within(g.waits(), 500*time.Millisecond, time.Second) {
					t.Error(g.waits())
				}
				for _, asked := range g.seen() {
					if key := asked.header.Get("Idempotency-Key"); key == "" || key != g.seen()[0].header.Get("Idempotency-Key") {
						t.Errorf("the key was %q", key)
					}
					if asked.body != `{"id":"s"}` || asked.header.Get("Content-Type") != "application/json" {
						t.Error(asked)
					}
				}
			})
		})
	}
}

func TestDoesNotRetry(t *testing.T) {
	for name, failure := range map[string]answer{
		"404":                                  problem(404, "session_not_found"),
		"a 500 that says that it is of no use": problem(500, "internal_error"),
		"a 4xx without a problem":              empty(418),
		"what asks for more patience than a minute": problem(503, "x", retryable, after("61")),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, failure)
				var refusal *sandgate.Error
				if _, err := g.client(t).Sessions.Get(t.Context(), "s"); !errors.As(err, &refusal) {
					t.Error(err)
				}
				expectRequests(t, g, "GET /v1/sessions/s")
			})
		})
	}
}

func TestGivesUpAfterAsManyRetriesAsItMay(t *testing.T) {
	for retries, requests := range map[int]int{0: 6, 2: 3, -1: 1} {
		synctest.Test(t, func(t *testing.T) {
			g := newGateway(t, empty(500))
			client := g.client(t, func(options *sandgate.Options) { options.MaxRetries = retries })
			if _, err := client.Health(t.Context()); err == nil || len(g.seen()) != requests {
				t.Errorf("%d requests, %v", len(g.seen()), err)
			}
		})
	}
}

func TestWaitsAsLongAsTheServerAsks(t *testing.T) {
	for _, header := range []string{"7", time.Date(2000, 1, 1, 0, 0, 7, 0, time.UTC).Format(http.TimeFormat)} {
		// In a bubble it is midnight of the first of January 2000.
		synctest.Test(t, func(t *testing.T) {
			g := newGateway(t, problem(503, "sandbox_unavailable", retryable, after(header)), session)
			if _, err := g.client(t).Sessions.Get(t.Context(), "s"); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(g.waits(), []time.Duration{7 * time.Second}) {
				t.Error(g.waits())
			}
		})
	}
}

func TestEachCallHasAKeyOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, session)
		sessions := g.client(t).Sessions
		for _, options := range [][]sandgate.CallOption{nil, nil, {sandgate.IdempotencyKey("mine")}} {
			if _, err := sessions.Create(t.Context(), sandgate.CreateSession{}, options...); err != nil {
				t.Fatal(err)
			}
		}
		key := func(i int) string { return g.seen()[i].header.Get("Idempotency-Key") }
		if len(key(0)) < 20 || key(0) == key(1) || key(2) != "mine" {
			t.Error(key(0), key(1), key(2))
		}
	})
}

func TestContentIsSentAgainWhereItCanGoBack(t *testing.T) {
	file := func(t *testing.T) io.Reader {
		path := filepath.Join(t.TempDir(), "hello")
		if err := os.WriteFile(path, []byte("hello"), 0o600); err != nil {
			t.Fatal(err)
		}
		opened, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if opened.Close() != nil {
				t.Error("the file was closed")
			}
		})
		return opened
	}
	partly := func(t *testing.T) io.Reader {
		reader := strings.NewReader("he said hello")
		_, _ = reader.Seek(8, io.SeekStart)
		return reader
	}
	buffer := func(*testing.T) io.Reader { return bytes.NewBufferString("hello") }
	nothing := func(*testing.T) io.Reader { return strings.NewReader("") }
	stream := func(t *testing.T) io.Reader { return open{strings.NewReader("hello"), t} }
	for name, test := range map[string]struct {
		from   func(*testing.T) io.Reader
		bodies []string
		length int64
	}{
		"a reader of a string": {partly, []string{"hello", "hello"}, 5},
		"a file":               {file, []string{"hello", "hello"}, 5},
		"a buffer":             {buffer, []string{"hello", "hello"}, 5},
		"nothing":              {nothing, []string{"", ""}, 0},
		"but not a stream":     {stream, []string{"hello"}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			from := test.from(t)
			synctest.Test(t, func(t *testing.T) {
				var lengths []int64
				refuse := func(response http.ResponseWriter, asked *http.Request) {
					lengths = append(lengths, asked.ContentLength)
					response.WriteHeader(503)
				}
				g := newGateway(t, refuse, func(response http.ResponseWriter, asked *http.Request) {
					lengths = append(lengths, asked.ContentLength)
					reply(200, map[string]string{"path": "a"})(response, asked)
				})
				_, err := g.client(t).Sessions.Handle("s").Files.Write(t.Context(), "a", from)
				if (err == nil) != (len(test.bodies) == 2) {
					t.Error(err)
				}
				var bodies []string
				for i, asked := range g.seen() {
					bodies = append(bodies, asked.body)
					if asked.header.Get("Content-Type") != "application/octet-stream" || lengths[i] != test.length {
						t.Error(asked.header, lengths[i])
					}
				}
				if !slices.Equal(bodies, test.bodies) {
					t.Errorf("%q", bodies)
				}
			})
		})
	}
}

// An open stream is its owner's to close.
type open struct {
	io.Reader
	t *testing.T
}

func (o open) Close() error {
	o.t.Error("the stream was closed")
	return nil
}

func TestWhatMayNotBeDoneTwiceIsSentOnce(t *testing.T) {
	content := strings.NewReader("x")
	for name, call := range map[string]func(context.Context, *sandgate.Session) error{
		"an interrupt that names no turn": func(ctx context.Context, session *sandgate.Session) error {
			_, err := session.Interrupt(ctx, sandgate.InterruptRequest{})
			return err
		},
		"a write with a condition": func(ctx context.Context, session *sandgate.Session) error {
			_, err := session.Files.Write(ctx, "a", content, sandgate.IfMatch(`"1"`))
			return err
		},
		"a write where there is nothing": func(ctx context.Context, session *sandgate.Session) error {
			_, err := session.Files.Write(ctx, "a", content, sandgate.CreateOnly())
			return err
		},
		"a deletion with a condition": func(ctx context.Context, session *sandgate.Session) error {
			return session.Files.Delete(ctx, "a", sandgate.IfMatch(`"1"`))
		},
		"a deletion of all with a condition": func(ctx context.Context, session *sandgate.Session) error {
			return session.Files.DeleteAll(ctx, "a", sandgate.IfMatch(`"1"`))
		},
		"a move": func(ctx context.Context, session *sandgate.Session) error {
			_, err := session.Files.Move(ctx, sandgate.MoveFile{From: "a", To: "b"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, empty(503))
				if err := call(t.Context(), g.client(t).Sessions.Handle("s")); err == nil || len(g.seen()) != 1 {
					t.Errorf("%d requests, %v", len(g.seen()), err)
				}
			})
		})
	}
}

func TestAnInterruptThatNamesItsTurnIsSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, empty(503), reply(200, sandgate.InterruptResult{Interrupted: true}))
		result, err := g.client(t).Sessions.Handle("s").Interrupt(t.Context(), sandgate.InterruptRequest{TurnID: "t"})
		if err != nil || !result.Interrupted || len(g.seen()) != 2 {
			t.Errorf("%d requests, %+v, %v", len(g.seen()), result, err)
		}
	})
}

func TestAnErrorSaysAllThatTheServerSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, problem(404, "session_not_found"))
		_, err := g.client(t).Sessions.Get(t.Context(), "nobody")
		var refusal *sandgate.Error
		if !errors.As(err, &refusal) {
			t.Fatal(err)
		}
		if refusal.Status != 404 || refusal.Code != "session_not_found" || refusal.RequestID != "req_1" {
			t.Errorf("%+v", refusal)
		}
		if refusal.Problem.Title != "session_not_found" {
			t.Errorf("%+v", refusal.Problem)
		}
		if err.Error() != "GET http://gateway/v1/sessions/nobody: 404 session_not_found: session_not_found!" {
			t.Error(err)
		}
	})
}

func TestAnErrorOfSomethingInBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := newGateway(t, empty(403)).client(t).Account(t.Context())
		var refusal *sandgate.Error
		if !errors.As(err, &refusal) || refusal.Code != "" || refusal.Problem != nil {
			t.Errorf("%+v", err)
		}
		if err.Error() != "GET http://gateway/v1/account: 403 Forbidden" {
			t.Error(err)
		}
	})
}

func TestAnAnswerThatDoesNotComeInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newGateway(t, silence).client(t, func(options *sandgate.Options) {
			options.MaxRetries = -1
			options.Timeout = 1234 * time.Millisecond
		})
		for _, test := range []struct {
			call func() error
			took time.Duration
		}{
			{func() error { _, err := client.Health(t.Context()); return err }, 1234 * time.Millisecond},
			{func() error { _, err := client.Sessions.Handle("s").Files.Read(t.Context(), "a"); return err }, 1234 * time.Millisecond},
			{func() error {
				_, err := client.Sessions.Handle("s").Turns.Wait(t.Context(), "t", 30*time.Second)
				return err
			}, 31234 * time.Millisecond},
		} {
			began := time.Now()
			var lost *sandgate.ConnectionError
			if err := test.call(); !errors.As(err, &lost) || !lost.Timeout() || time.Since(began) != test.took {
				t.Errorf("%v after %v", err, time.Since(began))
			}
		}
	})
}

func TestAFileMayTakeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(response http.ResponseWriter, _ *http.Request) {
			response.Header().Set("ETag", `"1"`)
			for range 3 {
				_, _ = io.WriteString(response, "hello ")
				_ = http.NewResponseController(response).Flush()
				time.Sleep(time.Hour)
			}
		}
		file, err := newGateway(t, slow).client(t).Sessions.Handle("s").Files.Read(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if data, err := io.ReadAll(file); err != nil || string(data) != "hello hello hello " || file.ETag != `"1"` {
			t.Error(string(data), file.ETag, err)
		}
	})
}

func TestAFileThatBreaksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		breaking := func(response http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(response, "hel")
			_ = http.NewResponseController(response).Flush()
			hangUp(nil, nil)
		}
		file, err := newGateway(t, breaking).client(t).Sessions.Handle("s").Files.Read(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var lost *sandgate.ConnectionError
		if data, err := io.ReadAll(file); !errors.As(err, &lost) || string(data) != "hel" {
			t.Error(string(data), err)
		}
	})
}

func TestAServerThatIsNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		nowhere := errors.New("nowhere")
		failing := roundTripper(func(*http.Request) (*http.Response, error) { return nil, nowhere })
		client := newGateway(t, session).client(t, func(options *sandgate.Options) {
			options.HTTPClient = &http.Client{Transport: failing}
		})
		_, err := client.Health(t.Context())
		var lost *sandgate.ConnectionError
		if !errors.As(err, &lost) || !errors.Is(err, nowhere) || err.Error() != "GET http://gateway/health: nowhere" {
			t.Error(err)
		}
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(asked *http.Request) (*http.Response, error) { return f(asked) }

func TestAContextThatIsOver(t *testing.T) {
	enough := errors.New("enough")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(enough)
		g := newGateway(t, session)
		if _, err := g.client(t).Health(ctx); !errors.Is(err, enough) || len(g.seen()) != 0 {
			t.Error(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		g := newGateway(t, silence)
		if _, err := g.client(t).Health(ctx); !errors.Is(err, context.DeadlineExceeded) || len(g.seen()) != 1 {
			t.Error(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		_, err := newGateway(t, empty(503)).client(t).Health(ctx)
		var refusal *sandgate.Error
		if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &refusal) {
			t.Errorf("it should say both: %v", err)
		}
	})
}

func TestAnAnswerThatIsNotJSONIsNotAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, func(response http.ResponseWriter, _ *http.Request) { fmt.Fprint(response, "<html>") })
		if _, err := g.client(t).Health(t.Context()); err == nil || len(g.seen()) != 1 {
			t.Errorf("%d requests, %v", len(g.seen()), err)
		}
	})
}
