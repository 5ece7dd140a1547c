package sandgate

import (
	"context"
	"errors"
	"iter"
	"strings"
)

// A Session is a computer with an agent and a log: a handle to one session of the server.
type Session struct {
	ID string
	// Data is what the server said when this handle was made; [Session.Get] asks again. A handle that asked nothing has
	// none.
	Data      *SessionData
	Files     *Files
	Snapshots *Snapshots
	Tokens    *Tokens
	Turns     *Turns

	transport *transport
}

func newSession(t *transport, id string, data *SessionData) *Session {
	return &Session{
		ID:        id,
		Data:      data,
		Files:     &Files{t, id},
		Snapshots: &Snapshots{t, id},
		Tokens:    &Tokens{t, id},
		Turns:     &Turns{t, id},
		transport: t,
	}
}

// Chat gives the agent something to do and streams what it does until it is done.
//
//	answer, err := session.Chat(ctx, "echo hello").Text()
func (s *Session) Chat(ctx context.Context, text string, options ...ChatOption) Stream {
	return s.ChatRequest(ctx, said(text), options...)
}

// ChatRequest is [Session.Chat] with all that may be said of a turn.
func (s *Session) ChatRequest(ctx context.Context, chat ChatRequest, options ...ChatOption) Stream {
	settings := newChatSettings(options)
	chatting := source{
		request: request{
			method: "POST",
			path:   path("sessions", s.ID, "chat"),
			accept: "text/event-stream",
			header: settings.header(),
			json:   chat,
		},
		untilComplete: true,
	}
	return func(yield func(Event, error) bool) {
		ctx, stop := context.WithCancelCause(ctx)
		defer stop(nil)
		follow(ctx, s.transport, chatting, func(event Event, err error) bool {
			if asked, ok := event.(*PermissionRequestedEvent); ok && settings.onPermission != nil {
				go func() {
					if err := s.answer(ctx, asked, settings.onPermission); err != nil {
						stop(err)
					}
				}()
			}
			return yield(event, err)
		})
	}
}

func (s *Session) answer(ctx context.Context, asked *PermissionRequestedEvent, onPermission OnPermission) error {
	answer, err := onPermission(ctx, asked)
	if err != nil || answer.Decision == "" {
		return err
	}
	answer.RequestID = asked.RequestID
	_, err = s.Resume(ctx, answer)
	var refusal *Error
	if errors.As(err, &refusal) && refusal.Code == "request_already_resolved" {
		// Somebody else was faster, or time was: the stream says what was decided.
		return nil
	}
	return err
}

// Resume answers a request of the agent. The same answer again is fine; another is refused as
// request_already_resolved.
func (s *Session) Resume(ctx context.Context, answer ResumeRequest) (*ResumeResult, error) {
	return call[ResumeResult](ctx, s.transport, request{method: "POST", path: s.path("resume"), json: answer})
}

// Interrupt stops the running turn, or the one that is named. It says whether there was something to stop. Where no turn
// is named, it is never sent again: by then the next one might run.
func (s *Session) Interrupt(ctx context.Context, which InterruptRequest) (*InterruptResult, error) {
	return call[InterruptResult](ctx, s.transport, request{
		method: "POST",
		path:   s.path("interrupt"),
		json:   which,
		once:   which.TurnID == "",
	})
}

// Events is everything that happens in the session after the event with that number, or with 0 from the start of its
// log, for ever. With types it is only events of these.
func (s *Session) Events(ctx context.Context, after int, types ...string) iter.Seq2[Event, error] {
	log := source{
		request: request{
			method: "GET",
			path:   s.path("events"),
			query:  GetEventsParams{Types: strings.Join(types, ",")},
			accept: "text/event-stream",
		},
		after: after,
	}
	return func(yield func(Event, error) bool) { follow(ctx, s.transport, log, yield) }
}

// ListEvents is the log so far.
func (s *Session) ListEvents(ctx context.Context, query GetEventsParams) iter.Seq2[Event, error] {
	return items(query.After, func(after string) (*Page[Event], error) {
		query.After = after
		return s.ListEventsPage(ctx, query)
	})
}

// ListEventsPage is one page of [Session.ListEvents].
func (s *Session) ListEventsPage(ctx context.Context, query GetEventsParams) (*Page[Event], error) {
	page, err := call[Page[loggedEvent]](ctx, s.transport, request{method: "GET", path: s.path("events"), query: query})
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(page.Data))
	for i, logged := range page.Data {
		events[i] = logged.Event
	}
	return &Page[Event]{Data: events, NextCursor: page.NextCursor, HasMore: page.HasMore}, nil
}

// Messages are the conversation so far.
func (s *Session) Messages(ctx context.Context, query ListMessagesParams) iter.Seq2[HistoryMessage, error] {
	return items(query.After, func(after string) (*Page[HistoryMessage], error) {
		query.After = after
		return s.MessagesPage(ctx, query)
	})
}

// MessagesPage is one page of [Session.Messages].
func (s *Session) MessagesPage(ctx context.Context, query ListMessagesParams) (*Page[HistoryMessage], error) {
	return call[Page[HistoryMessage]](ctx, s.transport, request{method: "GET", path: s.path("messages"), query: query})
}

// Requests are what waits for a person or, with a status, what was resolved too.
func (s *Session) Requests(ctx context.Context, query ListRequestsParams) iter.Seq2[Request, error] {
	return items(query.After, func(after string) (*Page[Request], error) {
		query.After = after
		return s.RequestsPage(ctx, query)
	})
}

// RequestsPage is one page of [Session.Requests].
func (s *Session) RequestsPage(ctx context.Context, query ListRequestsParams) (*Page[Request], error) {
	return call[Page[Request]](ctx, s.transport, request{method: "GET", path: s.path("requests"), query: query})
}

// Sleep saves the disk and ends the container; what comes next brings it back with its files. It is refused as
// session_busy while a turn runs; as disk_too_large or disk_not_saved, and stays awake; once as disk_rewound, where the
// container was killed before all was saved.
func (s *Session) Sleep(ctx context.Context) (*SessionData, error) {
	return call[SessionData](ctx, s.transport, request{method: "POST", path: s.path("sleep")})
}

// Wake starts the container and restores its disk, ahead of the turn that would.
func (s *Session) Wake(ctx context.Context) (*SessionData, error) {
	return call[SessionData](ctx, s.transport, request{method: "POST", path: s.path("wake")})
}

// Fork opens another session with the disk and the log of this one, as they are now or were at a snapshot. Not while a
// turn runs, unless at a snapshot.
func (s *Session) Fork(ctx context.Context, fork ForkSession, options ...CallOption) (*Session, error) {
	forking := request{method: "POST", path: s.path("fork"), header: keyed(options), json: fork}
	data, err := call[SessionData](ctx, s.transport, forking)
	if err != nil {
		return nil, err
	}
	return newSession(s.transport, data.ID, data), nil
}

// Logs are what became of the session's container: above all, why it did not start. They do not wake it.
func (s *Session) Logs(ctx context.Context, query GetLogsParams) (*ContainerLogs, error) {
	return call[ContainerLogs](ctx, s.transport, request{method: "GET", path: s.path("logs"), query: query})
}

// Get is the session as it is now.
func (s *Session) Get(ctx context.Context) (*SessionData, error) {
	return call[SessionData](ctx, s.transport, request{method: "GET", path: s.path()})
}

// Update changes what is given and leaves the rest.
func (s *Session) Update(ctx context.Context, changes UpdateSession) (*SessionData, error) {
	return call[SessionData](ctx, s.transport, request{method: "PATCH", path: s.path(), json: changes})
}

// Delete destroys the sandbox, its files and the log. The id stays taken.
func (s *Session) Delete(ctx context.Context) error {
	return s.transport.do(ctx, request{method: "DELETE", path: s.path()}, nil)
}

func (s *Session) path(below ...string) string {
	return path(append([]string{"sessions", s.ID}, below...)...)
}

// said is a message of the user.
func said(text string) ChatRequest {
	return ChatRequest{Messages: []UserMessage{{Role: "user", Content: []TextBlock{{Type: "text", Text: text}}}}}
}
