package sandgate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sandgate.example/sandgate"
)

// A gateway answers requests as it is told, in order, and the last answer for ever. It is reached over pipes, so that
// in a bubble of testing/synctest time passes only when all wait for it.
type gateway struct {
	answers []answer
	mu      sync.Mutex
	asked   []seen
	conns   chan net.Conn
	closed  chan struct{}
}

// A seen request is what came of it.
type seen struct {
	at     time.Time
	method string
	url    string
	header http.Header
	body   string
	// gone is over when the client has hung up, or was answered.
	gone context.Context
}

type answer func(http.ResponseWriter, *http.Request)

func newGateway(t *testing.T, answers ...answer) *gateway {
	g := &gateway{answers: answers, conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: g}
	served := make(chan struct{})
	go func() {
		_ = server.Serve(g)
		close(served)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-served
	})
	return g
}

func (g *gateway) ServeHTTP(response http.ResponseWriter, asked *http.Request) {
	body, _ := io.ReadAll(asked.Body)
	g.mu.Lock()
	answer := g.answers[min(len(g.asked), len(g.answers)-1)]
	g.asked = append(g.asked, seen{time.Now(), asked.Method, asked.RequestURI, asked.Header, string(body), asked.Context()})
	g.mu.Unlock()
	answer(response, asked)
}

// client talks to the gateway, each request over a connection of its own: net/http would send what a connection that
// was used before loses again by itself.
func (g *gateway) client(t *testing.T, changes ...func(*sandgate.Options)) *sandgate.Client {
	dial := func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		select {
		case g.conns <- theirs:
			return ours, nil
		case <-g.closed:
			return nil, net.ErrClosed
		}
	}
	options := sandgate.Options{
		APIKey:     "key",
		BaseURL:    "http://gateway",
		HTTPClient: &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}},
	}
	for _, change := range changes {
		change(&options)
	}
	client, err := sandgate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// seen are the requests so far.
func (g *gateway) seen() []seen {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.asked)
}

// requests are POST /v1/sessions, for each so far.
func (g *gateway) requests() string {
	var lines []string
	for _, seen := range g.seen() {
		lines = append(lines, seen.method+" "+seen.url)
	}
	return strings.Join(lines, "\n")
}

// waits are how long passed between the requests.
func (g *gateway) waits() []time.Duration {
	var waits []time.Duration
	for i, seen := 1, g.seen(); i < len(seen); i++ {
		waits = append(waits, seen[i].at.Sub(seen[i-1].at))
	}
	return waits
}

// Accept, Close and Addr make the gateway a net.Listener.
func (g *gateway) Accept() (net.Conn, error) {
	select {
	case conn := <-g.conns:
		return conn, nil
	case <-g.closed:
		return nil, net.ErrClosed
	}
}

func (g *gateway) Close() error {
	close(g.closed)
	return nil
}

func (g *gateway) Addr() net.Addr { return &net.UnixAddr{Name: "gateway"} }

func reply(status int, body any) answer {
	return func(response http.ResponseWriter, _ *http.Request) {
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(status)
		_ = json.NewEncoder(response).Encode(body)
	}
}

func empty(status int) answer {
	return func(response http.ResponseWriter, _ *http.Request) { response.WriteHeader(status) }
}

func problem(status int, code string, changes ...func(*sandgate.Problem, http.Header)) answer {
	return func(response http.ResponseWriter, _ *http.Request) {
		said := &sandgate.Problem{
			Type: "/problems#" + code, Title: code, Status: status, Detail: code + "!", Code: code, RequestID: "req_1",
		}
		response.Header().Set("Content-Type", "application/problem+json")
		response.Header().Set("X-Request-Id", "req_1")
		for _, change := range changes {
			change(said, response.Header())
		}
		response.WriteHeader(status)
		_ = json.NewEncoder(response).Encode(said)
	}
}

func retryable(said *sandgate.Problem, _ http.Header) { said.Retryable = true }

func after(seconds string) func(*sandgate.Problem, http.Header) {
	return func(_ *sandgate.Problem, header http.Header) { header.Set("Retry-After", seconds) }
}

// hangUp goes away without a word.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// silence says nothing, and stays.
func silence(_ http.ResponseWriter, asked *http.Request) { <-asked.Context().Done() }

// stay keeps a stream open.
func stay(_ http.ResponseWriter, asked *http.Request) { <-asked.Context().Done() }

// end ends a stream, or the connection is broken off by hangUp.
func end(http.ResponseWriter, *http.Request) {}

const turnURL = "/v1/sessions/s/turns/turn_1"

// stream holds frames, and then ends as it is told.
func stream(frames string, then answer) answer {
	return func(response http.ResponseWriter, asked *http.Request) {
		response.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		response.Header().Set("Location", turnURL)
		response.Header().Set("Content-Location", turnURL+"/events")
		_, _ = io.WriteString(response, frames)
		_ = http.NewResponseController(response).Flush()
		then(response, asked)
	}
}

// kept is a frame of an event that is kept.
func kept(seq int, kind, fields string) string {
	return fmt.Sprintf("id: %d\ndata: {\"seq\":%d,%s,\"type\":%q%s}\n\n", seq, seq, common, kind, fields)
}

// passing is a frame of an event that is not.
func passing(kind, fields string) string {
	return fmt.Sprintf("data: {%s,\"type\":%q%s}\n\n", common, kind, fields)
}

const common = `"at":"2026-11-22T20:34:00.000Z","sessionId":"s","turnId":"turn_1"`

func complete(seq int) string { return kept(seq, "complete", `,"stopReason":"end_turn"`) }

func output(seq int, text string) string {
	return kept(seq, "tool.result", fmt.Sprintf(`,"toolCallId":"call_1","isError":false,"output":%q`, text))
}

func delta(text string) string {
	return passing("message.delta", fmt.Sprintf(`,"messageId":"msg_1","text":%q`, text))
}
