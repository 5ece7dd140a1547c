package sandgate_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sandgate.example/sandgate"
)

const (
	head      = "retry: 500\n: hello\n\n"
	chatURL   = "POST /v1/sessions/s/chat"
	eventsURL = "GET " + turnURL + "/events"
)

// summary is 1 and 2 for events that are kept, the text for others.
func summary(stream sandgate.Stream) (string, error) {
	var parts []string
	for event, err := range stream {
		if err != nil {
			return strings.Join(parts, " "), err
		}
		switch event := event.(type) {
		case *sandgate.MessageDeltaEvent:
			parts = append(parts, event.Text)
		case *sandgate.MessageSnapshotEvent:
			parts = append(parts, event.Text)
		default:
			parts = append(parts, fmt.Sprint(event.Envelope().Seq))
		}
	}
	return strings.Join(parts, " "), nil
}

func expect(t *testing.T, stream sandgate.Stream, want string) {
	t.Helper()
	if got, err := summary(stream); err != nil || got != want {
		t.Errorf("%q, not %q: %v", got, want, err)
	}
}

func expectRequests(t *testing.T, g *gateway, want ...string) {
	t.Helper()
	if got := g.requests(); got != strings.Join(want, "\n") {
		t.Errorf("the requests were\n%s", got)
	}
}

// within says whether delays are those that back-off and jitter make of these.
func within(waits []time.Duration, want ...time.Duration) bool {
	return slices.EqualFunc(waits, want, func(wait, most time.Duration) bool { return wait <= most && wait >= most*3/4 })
}

func TestChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(head+output(1, "hi\n")+delta("hi")+complete(2), stay))
		var events []sandgate.Event
		for event, err := range g.client(t).Sessions.Handle("s").Chat(t.Context(), "echo hi") {
			if err != nil {
				t.Fatal(err)
			}
			events = append(events, event)
		}
		if len(events) != 3 {
			t.Fatal(events)
		}
		if result, ok := events[0].(*sandgate.ToolResultEvent); !ok || result.Output != "hi\n" || result.Seq != 1 {
			t.Error(events[0])
		}
		if delta, ok := events[1].(*sandgate.MessageDeltaEvent); !ok || delta.Text != "hi" || delta.TurnID != "turn_1" {
			t.Error(events[1])
		}
		if last, ok := events[2].(*sandgate.CompleteEvent); !ok || last.StopReason != sandgate.StopReasonEndTurn {
			t.Error(events[2])
		}
		expectRequests(t, g, chatURL)
		asked := g.seen()[0]
		if asked.body != `{"messages":[{"content":[{"text":"echo hi","type":"text"}],"role":"user"}]}` {
			t.Error(asked.body)
		}
		if asked.header.Get("Accept") != "text/event-stream" || asked.header.Get("Authorization") != "Bearer key" {
			t.Error(asked.header)
		}
		<-asked.gone.Done()
	})
}

func TestChatRequestTakesAllThatMayBeSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(complete(1), end))
		chat := sandgate.ChatRequest{
			Messages: []sandgate.UserMessage{{Role: "user", Content: []sandgate.TextBlock{{Type: "text", Text: "hi"}}}},
			OnBusy:   sandgate.ChatRequestOnBusyReject,
		}
		session := g.client(t).Sessions.Handle("s")
		expect(t, session.ChatRequest(t.Context(), chat, sandgate.IdempotencyKey("mine")), "1")
		if asked := g.seen()[0]; !strings.Contains(asked.body, `"onBusy":"reject"`) || asked.header.Get("Idempotency-Key") != "mine" {
			t.Error(asked)
		}
	})
}

func TestStreamGoesOn(t *testing.T) {
	nowhere := func(frames string) answer {
		return func(response http.ResponseWriter, _ *http.Request) {
			response.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(response, frames)
		}
	}
	elsewhere := func(response http.ResponseWriter, _ *http.Request) {
		response.Header().Set("Content-Type", "text/event-stream")
		response.Header().Set("Content-Location", "http://elsewhere/events")
	}
	busy := problem(503, "sandbox_unavailable", retryable, after("3"))
	snapshot := passing("message.snapshot", `,"messageId":"msg_1","text":"Hello"`)
	for _, test := range []struct {
		name     string
		answers  []answer
		events   string
		requests []string
		// lastID is what the last request says that there is.
		lastID string
		waits  []time.Duration
	}{
		{
			"after a cut, with the last id, at the Content-Location",
			[]answer{stream(head+output(1, "a")+delta("b"), hangUp), stream(output(2, "c")+complete(3), end)},
			"1 b 2 3", []string{chatURL, eventsURL}, "1", []time.Duration{500 * time.Millisecond},
		},
		{
			"after an end without complete",
			[]answer{stream(output(1, "a"), end), stream(complete(2), end)},
			"1 2", []string{chatURL, eventsURL}, "1", nil,
		},
		{
			"from the start, where only headers came",
			[]answer{stream("", hangUp), stream(output(1, "a")+complete(2), end)},
			"1 2", []string{chatURL, eventsURL}, "", nil,
		},
		{
			"by the same POST, where no header came",
			[]answer{hangUp, empty(503), stream(complete(1), end)},
			"1", []string{chatURL, chatURL, chatURL}, "", nil,
		},
		{
			"by the same POST, where nobody said where",
			[]answer{nowhere(output(1, "a")), nowhere(output(1, "a") + complete(2))},
			"1 2", []string{chatURL, chatURL}, "", nil,
		},
		{
			"and takes its key to no other server",
			[]answer{elsewhere, stream(complete(1), end)},
			"1", []string{chatURL, chatURL}, "", nil,
		},
		{
			"and drops what it had, and lets a snapshot through",
			[]answer{
				stream(output(1, "a")+output(2, "b")+delta("Hel"), hangUp),
				stream(output(1, "a")+output(2, "b")+snapshot+delta(" you")+complete(3), end),
			},
			"1 2 Hel Hello  you 3", []string{chatURL, eventsURL}, "2", nil,
		},
		{
			"after an id that came alone",
			[]answer{stream(output(1, "a")+"id: 7\n\n", hangUp), stream(complete(8), end)},
			"1 8", []string{chatURL, eventsURL}, "7", nil,
		},
		{
			"but not after an id of which the event did not arrive",
			[]answer{stream(output(1, "a")+"id: 2\ndata: {", hangUp), stream(complete(2), end)},
			"1 2", []string{chatURL, eventsURL}, "1", nil,
		},
		{
			"through 503, 429 and 502, as late as the server asks",
			[]answer{
				stream("retry: 1200\n\n"+output(1, "a"), hangUp), busy, problem(429, "slow_down"), empty(502),
				stream(complete(2), end),
			},
			"1 2", []string{chatURL, eventsURL, eventsURL, eventsURL, eventsURL}, "1",
			[]time.Duration{1200 * time.Millisecond, 3 * time.Second, 2 * time.Second, 4 * time.Second},
		},
		{
			"after a silence of three heartbeats",
			[]answer{stream(output(1, "a"), stay), stream(complete(2), end)},
			"1 2", []string{chatURL, eventsURL}, "1", []time.Duration{45*time.Second + 500*time.Millisecond},
		},
		{
			"where a connection never begins",
			[]answer{silence, stream(complete(1), end)},
			"1", []string{chatURL, chatURL}, "", []time.Duration{time.Minute + 500*time.Millisecond},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, test.answers...)
				expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "x"), test.events)
				expectRequests(t, g, test.requests...)
				last := g.seen()[len(g.seen())-1]
				if got := last.header.Get("Last-Event-ID"); got != test.lastID {
					t.Errorf("went on after %q", got)
				}
				for _, asked := range g.seen() {
					key := asked.header.Get("Idempotency-Key")
					if asked.method == "POST" && (key == "" || key != g.seen()[0].header.Get("Idempotency-Key")) {
						t.Errorf("the key was %q", key)
					}
				}
				if test.waits != nil && !within(g.waits(), test.waits...) {
					t.Errorf("waited %v", g.waits())
				}
			})
		})
	}
}

func TestStreamIsWholeWhereverItIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		frames := []string{output(1, "grüß 🐘"), strings.ReplaceAll(output(2, "b"), "\n", "\r\n"), complete(3)}
		whole := strings.Join(frames, "")
		rest := func(response http.ResponseWriter, asked *http.Request) {
			last := 0
			_, _ = fmt.Sscan(asked.Header.Get("Last-Event-ID"), &last)
			stream(strings.Join(frames[last:], ""), end)(response, asked)
		}
		for at := 0; at <= len(whole); at++ {
			g := newGateway(t, stream(whole[:at], hangUp), rest)
			expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "x"), "1 2 3")
		}
	})
}

func TestStreamGoesOnUnderThePrefixOfTheBaseURL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(output(1, "a"), hangUp), stream(complete(2), end))
		client := g.client(t, func(options *sandgate.Options) { options.BaseURL = "http://gateway/prefix/" })
		expect(t, client.Sessions.Handle("s").Chat(t.Context(), "x"), "1 2")
		expectRequests(t, g, "POST /prefix/v1/sessions/s/chat", "GET /prefix"+turnURL+"/events")
	})
}

func TestStreamEnds(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []answer
		after   int
		events  string
		asked   int
	}{
		{"with 204, which says that there is no more", []answer{stream(output(1, "a"), hangUp), empty(204)}, 0, "1", 2},
		{"with complete, also if it was seen before", []answer{stream(complete(2), stay)}, 2, "", 1},
		{"with complete, whatever happens to the connection", []answer{stream(complete(1), hangUp)}, 0, "1", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, test.answers...)
				expect(t, g.client(t).Sessions.Handle("s").Turns.Events(t.Context(), "turn_1", test.after), test.events)
				if len(g.seen()) != test.asked {
					t.Errorf("%d requests", len(g.seen()))
				}
			})
		})
	}
}

func TestStreamFails(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []answer
		want    string
		asked   int
		took    time.Duration
	}{
		{"with a refusal", []answer{problem(404, "session_not_found")}, "404 session_not_found", 1, 0},
		{
			"with a refusal after a cut",
			[]answer{stream(output(1, "a"), hangUp), problem(410, "cursor_expired")}, "410 cursor_expired", 2, -1,
		},
		{
			"after about a minute in which nothing came",
			[]answer{stream(head+output(1, "a"), hangUp), stream(head, end)}, "the stream ended too early", 11, 55500 * time.Millisecond,
		},
		{
			"after as many attempts that fall silent before they begin",
			[]answer{stream(output(1, "a"), hangUp), silence}, "no answer came in time", 11, 10*time.Minute + 55500*time.Millisecond,
		},
		{
			"after as many attempts that fall silent after they began",
			[]answer{stream(output(1, "a"), hangUp), stream("", stay)}, "the connection fell silent", 11, 450*time.Second + 55500*time.Millisecond,
		},
		{
			"after as many that only bring what was there already",
			[]answer{stream(head+output(1, "a"), hangUp), stream(passing("message.snapshot", ""), hangUp)},
			"unexpected EOF", 11, 55500 * time.Millisecond,
		},
		{"with what is no stream", []answer{reply(200, "hello")}, "answered with application/json instead of a stream", 1, 0},
		{"with what is no event", []answer{stream("data: <html>\n\n", stay)}, "an event is not what it should be", 1, 0},
		{"with an event that is too large", []answer{stream("data: "+strings.Repeat("x", 17<<20), stay)}, "an event is too large", 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newGateway(t, test.answers...)
				began := time.Now()
				_, err := summary(g.client(t).Sessions.Handle("s").Chat(t.Context(), "x"))
				if err == nil || !strings.Contains(err.Error(), test.want) || strings.Count(err.Error(), "http:") != 1 {
					t.Error(err)
				}
				if len(g.seen()) != test.asked {
					t.Errorf("%d requests", len(g.seen()))
				}
				if took := time.Since(began); test.took >= 0 && (took > test.took || took < test.took*3/4) {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func TestStreamGoesOnWhileSomethingComesOrAConnectionKeepsBeating(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		snapshot := passing("message.snapshot", `,"messageId":"msg_1","text":"a"`)
		beating := stream(snapshot, func(response http.ResponseWriter, _ *http.Request) {
			time.Sleep(15 * time.Second)
			_, _ = io.WriteString(response, ": heartbeat\n\n")
			_ = http.NewResponseController(response).Flush()
			hangUp(nil, nil)
		})
		answers := slices.Concat(
			slices.Repeat([]answer{stream(delta("a"), hangUp)}, 15),
			slices.Repeat([]answer{beating}, 15),
			[]answer{stream(complete(1), end)},
		)
		g := newGateway(t, answers...)
		expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "x"), strings.Repeat("a ", 30)+"1")
	})
}

func TestStreamWaitsForASlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(output(1, "a")+output(2, "b")+complete(3), end))
		for _, err := range g.client(t).Sessions.Handle("s").Chat(t.Context(), "x") {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
		}
		expectRequests(t, g, chatURL)
	})
}

func TestLeavingTheLoopHangsUpAndStopsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(output(1, "a"), stay))
		for _, err := range g.client(t).Sessions.Handle("s").Chat(t.Context(), "x") {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		<-g.seen()[0].gone.Done()
		expectRequests(t, g, chatURL)
	})
}

func TestStreamEndsWithTheCauseOfItsContext(t *testing.T) {
	enough := errors.New("enough")
	for name, answers := range map[string][]answer{
		"while it is read":           {stream(output(1, "a"), stay)},
		"while it waits to go on":    {stream(output(1, "a"), hangUp), problem(503, "x", retryable, after("60"))},
		"while a connection is made": {stream(output(1, "a"), hangUp), silence},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(10*time.Second, func() { cancel(enough) })
				began := time.Now()
				_, err := summary(newGateway(t, answers...).client(t).Sessions.Handle("s").Chat(ctx, "x"))
				if !errors.Is(err, enough) || time.Since(began) != 10*time.Second {
					t.Errorf("%v after %v", err, time.Since(began))
				}
			})
		})
	}
}

func TestUnknownEventsPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream("event: x\n"+kept(1, "moon.phase", `,"full":true`)+complete(2), end))
		for event, err := range g.client(t).Sessions.Handle("s").Chat(t.Context(), "x") {
			if err != nil {
				t.Fatal(err)
			}
			unknown, ok := event.(*sandgate.UnknownEvent)
			if envelope := event.Envelope(); envelope.Seq == 1 {
				if !ok || envelope.Type != "moon.phase" || !strings.Contains(string(unknown.JSON), `"full":true`) {
					t.Error(event)
				}
			}
		}
	})
}

func TestReadAgainItIsTheSameTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(output(1, "a")+complete(2), end))
		chat := g.client(t).Sessions.Handle("s").Chat(t.Context(), "x")
		expect(t, chat, "1 2")
		expect(t, chat, "1 2")
		if g.seen()[0].header.Get("Idempotency-Key") != g.seen()[1].header.Get("Idempotency-Key") {
			t.Error("the keys differ")
		}
	})
}

func TestEventsOfTheSessionNeverEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := func(frames string) answer {
			return func(response http.ResponseWriter, _ *http.Request) {
				response.Header().Set("Content-Type", "text/event-stream")
				_, _ = io.WriteString(response, frames)
			}
		}
		g := newGateway(t, log(output(4, "a")+complete(5)), log(output(6, "b")))
		var seqs []int
		for event, err := range g.client(t).Sessions.Handle("s").Events(t.Context(), 3, "tool.result", "complete") {
			if err != nil {
				t.Fatal(err)
			}
			if seqs = append(seqs, event.Envelope().Seq); len(seqs) == 3 {
				break
			}
		}
		if !slices.Equal(seqs, []int{4, 5, 6}) {
			t.Error(seqs)
		}
		url := "GET /v1/sessions/s/events?types=tool.result%2Ccomplete"
		expectRequests(t, g, url, url)
		if g.seen()[0].header.Get("Last-Event-ID") != "3" || g.seen()[1].header.Get("Last-Event-ID") != "5" {
			t.Error(g.seen()[0].header, g.seen()[1].header)
		}
	})
}
