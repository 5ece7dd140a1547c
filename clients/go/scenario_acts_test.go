package sandgate_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"time"

	"sandgate.example/sandgate"
)

// A stage is what the steps of a scenario work on.
type stage struct {
	baseURL, apiKey string
	// through is the proxy on the way, or empty.
	through string
	client  *sandgate.Client
	session *sandgate.Session
}

// useKey makes the client that the next steps use: with the right key unless told.
func (s *stage) useKey(key string) (err error) {
	s.client, err = sandgate.New(sandgate.Options{BaseURL: s.baseURL, APIKey: cmp.Or(key, s.apiKey)})
	return err
}

// acts are the steps in the client's own words.
var acts = map[string]func(context.Context, *stage, step) (any, error){
	"useKey": func(_ context.Context, s *stage, step step) (any, error) { return nil, s.useKey(step.Key) },

	"createSession": func(ctx context.Context, s *stage, step step) (any, error) {
		var body sandgate.CreateSession
		if err := unmarshal(step.Body, &body); err != nil {
			return nil, err
		}
		session, err := s.client.Sessions.Create(ctx, body)
		return s.enter(session, err)
	},
	"fork": func(ctx context.Context, s *stage, step step) (any, error) {
		var body sandgate.ForkSession
		if err := unmarshal(step.Body, &body); err != nil {
			return nil, err
		}
		session, err := s.session.Fork(ctx, body)
		return s.enter(session, err)
	},
	"getSession":    func(ctx context.Context, s *stage, _ step) (any, error) { return s.session.Get(ctx) },
	"deleteSession": func(ctx context.Context, s *stage, _ step) (any, error) { return nil, s.session.Delete(ctx) },
	"listSessions": func(ctx context.Context, s *stage, step step) (any, error) {
		var query sandgate.ListSessionsParams
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		return collect(s.client.Sessions.List(ctx, query))
	},

	"chat": func(ctx context.Context, s *stage, step step) (any, error) {
		allow := func(context.Context, *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
			return step.Answer, nil
		}
		options := []sandgate.ChatOption{sandgate.OnPermission(allow)}
		if step.Key != "" {
			options = append(options, sandgate.IdempotencyKey(step.Key))
		}
		// A key, and a request that is sent again, may find a turn that is over: of it no deltas come.
		isLive := s.through == "" && step.Key == "" && step.Until == ""
		return s.watch(ctx, s.session.Chat(ctx, step.Text, options...), step.Until, isLive)
	},
	"startTurn": func(ctx context.Context, s *stage, step step) (any, error) {
		if step.Key == "" {
			return s.session.Turns.Start(ctx, step.Text)
		}
		return s.session.Turns.Start(ctx, step.Text, sandgate.IdempotencyKey(step.Key))
	},
	"getTurn": func(ctx context.Context, s *stage, step step) (any, error) {
		var query sandgate.GetTurnParams
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		if query.Wait == nil {
			return s.session.Turns.Get(ctx, step.TurnID)
		}
		return s.session.Turns.Wait(ctx, step.TurnID, time.Duration(*query.Wait)*time.Second)
	},
	"follow": func(ctx context.Context, s *stage, step step) (any, error) {
		return s.watch(ctx, s.session.Turns.Events(ctx, step.TurnID, step.After), "", false)
	},
	"interrupt": func(ctx context.Context, s *stage, _ step) (any, error) {
		return s.session.Interrupt(ctx, sandgate.InterruptRequest{})
	},
	"listRequests": func(ctx context.Context, s *stage, _ step) (any, error) {
		return collect(s.session.Requests(ctx, sandgate.ListRequestsParams{}))
	},
	"resume": func(ctx context.Context, s *stage, step step) (any, error) {
		var body sandgate.ResumeRequest
		if err := unmarshal(step.Body, &body); err != nil {
			return nil, err
		}
		return s.session.Resume(ctx, body)
	},
	"listEvents": func(ctx context.Context, s *stage, step step) (any, error) {
		var query struct {
			After json.Number
			Types string
		}
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		asked := sandgate.GetEventsParams{After: query.After.String(), Types: query.Types}
		return collect(s.session.ListEvents(ctx, asked))
	},
	"listMessages": func(ctx context.Context, s *stage, step step) (any, error) {
		var query sandgate.ListMessagesParams
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		return collect(s.session.Messages(ctx, query))
	},

	"readFile": func(ctx context.Context, s *stage, step step) (any, error) {
		file, err := s.session.Files.Read(ctx, step.Path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		data, err := io.ReadAll(file)
		encoded := base64.StdEncoding.EncodeToString(data)
		return map[string]string{"etag": file.ETag, "text": string(data), "base64": encoded}, err
	},
	"writeFile": func(ctx context.Context, s *stage, step step) (any, error) {
		content := bytes.NewReader(append([]byte(step.Text), step.Base64...))
		if step.CreateOnly {
			return s.session.Files.Write(ctx, step.Path, content, sandgate.CreateOnly())
		}
		return s.session.Files.Write(ctx, step.Path, content)
	},
	"listFiles": func(ctx context.Context, s *stage, step step) (any, error) {
		query := sandgate.ListFilesParams{Path: step.Path}
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		return collect(s.session.Files.List(ctx, query))
	},
	"deleteFile": func(ctx context.Context, s *stage, step step) (any, error) {
		var query sandgate.DeleteFileParams
		if err := unmarshal(step.Query, &query); err != nil {
			return nil, err
		}
		if query.Recursive {
			return nil, s.session.Files.DeleteAll(ctx, step.Path)
		}
		return nil, s.session.Files.Delete(ctx, step.Path)
	},
	"createSnapshot": func(ctx context.Context, s *stage, step step) (any, error) {
		var body sandgate.CreateSnapshot
		if err := unmarshal(step.Body, &body); err != nil {
			return nil, err
		}
		return s.session.Snapshots.Create(ctx, body)
	},
	"restoreSnapshot": func(ctx context.Context, s *stage, step step) (any, error) {
		return s.session.Snapshots.Restore(ctx, step.SnapshotID)
	},
}

func (s *stage) enter(session *sandgate.Session, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	s.session = session
	return session.Data, nil
}

// watch reads a stream, and holds it against the log as far as it was read.
func (s *stage) watch(ctx context.Context, stream sandgate.Stream, until string, isLive bool) (any, error) {
	witness := newWitness()
	for event, err := range stream {
		if err != nil {
			return nil, err
		}
		witness.see(event)
		if event.Envelope().Type == until {
			break
		}
	}
	seen := witness.durable
	if len(seen) == 0 {
		return nil, nil
	}
	first, last := seen[0].Envelope(), seen[len(seen)-1].Envelope()
	var due []sandgate.Event
	for event, err := range s.session.ListEvents(ctx, sandgate.GetEventsParams{After: strconv.Itoa(first.Seq - 1)}) {
		if err != nil {
			return nil, err
		}
		if envelope := event.Envelope(); envelope.TurnID == first.TurnID && envelope.Seq <= last.Seq {
			due = append(due, event)
		}
	}
	if err := witness.judge(due, s.through != "cuts" && until == "", isLive); err != nil {
		return nil, err
	}
	return witness.watched(until == "")
}

// collect reads a list to its end.
func collect[T any](list iter.Seq2[T, error]) ([]T, error) {
	collected := []T{}
	for item, err := range list {
		if err != nil {
			return nil, err
		}
		collected = append(collected, item)
	}
	return collected, nil
}
