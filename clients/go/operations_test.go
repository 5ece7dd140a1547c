package sandgate_test

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sandgate.example/sandgate"
)

// An operation of the contract, as far as it says what a request to it is like.
type operation struct {
	OperationID string
	Parameters  []struct{ In, Name string }
}

// calls are how each operation is called, with all that its query may say.
func calls(ctx context.Context, c *sandgate.Client, s *sandgate.Session) map[string]func() error {
	page := "1"
	return map[string]func() error{
		"getHealth":     func() error { return second(c.Health(ctx)) },
		"createSession": func() error { return second(c.Sessions.Create(ctx, sandgate.CreateSession{})) },
		"listSessions": func() error {
			metadata := map[string]string{"a": "b"}
			query := sandgate.ListSessionsParams{Status: "idle", Metadata: metadata, After: page, Limit: 2}
			return second(collect(c.Sessions.List(ctx, query)))
		},
		"getSession":    func() error { return second(c.Sessions.Get(ctx, "s")) },
		"updateSession": func() error { return second(s.Update(ctx, sandgate.UpdateSession{})) },
		"deleteSession": func() error { return c.Sessions.Delete(ctx, "s") },
		"sleep":         func() error { return second(s.Sleep(ctx)) },
		"wake":          func() error { return second(s.Wake(ctx)) },
		"fork":          func() error { return second(s.Fork(ctx, sandgate.ForkSession{})) },
		"getLogs":       func() error { return second(s.Logs(ctx, sandgate.GetLogsParams{Limit: 1})) },
		"chat":          func() error { return second(s.Chat(ctx, "hi").Text()) },
		"listTurns": func() error {
			return second(collect(s.Turns.List(ctx, sandgate.ListTurnsParams{After: page, Limit: 2})))
		},
		"getTurn":       func() error { return second(s.Turns.Wait(ctx, "t", 1e9)) },
		"getTurnEvents": func() error { return second(s.Turns.Events(ctx, "t", 1).Text()) },
		"interrupt":     func() error { return second(s.Interrupt(ctx, sandgate.InterruptRequest{})) },
		"getEvents": func() error {
			return second(collect(s.ListEvents(ctx, sandgate.GetEventsParams{After: page, Types: "usage", Limit: 2})))
		},
		"listMessages": func() error {
			return second(collect(s.Messages(ctx, sandgate.ListMessagesParams{After: page, Limit: 2})))
		},
		"listRequests": func() error {
			return second(collect(s.Requests(ctx, sandgate.ListRequestsParams{Status: "all", After: page, Limit: 2})))
		},
		"listAccountRequests": func() error {
			query := sandgate.ListAccountRequestsParams{SessionID: "s", Kind: "question", After: page, Limit: 2}
			return second(collect(c.Requests(ctx, query)))
		},
		"resume": func() error { return second(s.Resume(ctx, sandgate.ResumeRequest{})) },
		"listFiles": func() error {
			query := sandgate.ListFilesParams{Path: "a", Recursive: true, After: page, Limit: 2}
			return second(collect(s.Files.List(ctx, query)))
		},
		"changeFiles": func() error { return second(s.Files.Mkdir(ctx, "a")) },
		"statFile":    func() error { return second(s.Files.Stat(ctx, "a")) },
		"readFile": func() error {
			return closed(s.Files.Read(ctx, "a/b", sandgate.BytesFrom(1), sandgate.IfMatch("e")))
		},
		"writeFile": func() error {
			return second(s.Files.Write(ctx, "a/b", strings.NewReader("x"), sandgate.CreateOnly()))
		},
		"deleteFile": func() error { return s.Files.DeleteAll(ctx, "a/b", sandgate.IfMatch("e")) },
		"readArchive": func() error {
			return closed(s.Files.ReadArchive(ctx, sandgate.ReadArchiveParams{Path: "a", Format: "tar"}))
		},
		"writeArchive":        func() error { return second(s.Files.WriteArchive(ctx, "a", strings.NewReader("x"))) },
		"createSnapshot":      func() error { return second(s.Snapshots.Create(ctx, sandgate.CreateSnapshot{})) },
		"listSnapshots":       func() error { return second(s.Snapshots.List(ctx)) },
		"deleteSnapshot":      func() error { return s.Snapshots.Delete(ctx, "n") },
		"restoreSnapshot":     func() error { return second(s.Snapshots.Restore(ctx, "n")) },
		"createSessionToken":  func() error { return second(s.Tokens.Create(ctx, sandgate.CreateSessionToken{})) },
		"revokeSessionTokens": func() error { return s.Tokens.Revoke(ctx) },
		"createKey":           func() error { return second(c.Keys.Create(ctx, sandgate.CreateKey{})) },
		"listKeys": func() error {
			return second(collect(c.Keys.List(ctx, sandgate.ListKeysParams{After: page, Limit: 2})))
		},
		"getKey":        func() error { return second(c.Keys.Get(ctx, "k")) },
		"revokeKey":     func() error { return c.Keys.Revoke(ctx, "k") },
		"rotateKey":     func() error { return second(c.Keys.Rotate(ctx, "k", sandgate.RotateKey{})) },
		"getAccount":    func() error { return second(c.Account(ctx)) },
		"createWebhook": func() error { return second(c.Webhooks.Create(ctx, sandgate.CreateWebhook{})) },
		"listWebhooks": func() error {
			return second(collect(c.Webhooks.List(ctx, sandgate.ListWebhooksParams{After: page, Limit: 2})))
		},
		"getWebhook":    func() error { return second(c.Webhooks.Get(ctx, "w")) },
		"updateWebhook": func() error { return second(c.Webhooks.Update(ctx, "w", sandgate.UpdateWebhook{})) },
		"deleteWebhook": func() error { return c.Webhooks.Delete(ctx, "w") },
		"rotateWebhookSecret": func() error {
			return second(c.Webhooks.Rotate(ctx, "w", sandgate.RotateWebhookSecret{}))
		},
		"testWebhook": func() error { return second(c.Webhooks.Test(ctx, "w")) },
		"listWebhookDeliveries": func() error {
			query := sandgate.ListWebhookDeliveriesParams{After: page, Limit: 2}
			return second(collect(c.Webhooks.Deliveries(ctx, "w", query)))
		},
		"redeliverWebhook": func() error { return second(c.Webhooks.Redeliver(ctx, "w", "d")) },
		"listAudit": func() error {
			at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
			query := sandgate.ListAuditParams{
				Action: "fork", TargetID: "t", ActorID: "a", Since: at, Until: at, After: page, Limit: 2,
			}
			return second(collect(c.Audit(ctx, query)))
		},
	}
}

// TestEveryOperationOfTheContract is called as the document says: by its method, at its path, with all of its query.
func TestEveryOperationOfTheContract(t *testing.T) {
	data, err := os.ReadFile("../../api-spec/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]operation
	}
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Paths) == 0 {
		t.Fatal("the document has no operations")
	}
	for template, methods := range document.Paths {
		for method, operation := range methods {
			t.Run(operation.OperationID, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { operation.test(t, method, template) })
			})
		}
	}
}

func (o operation) test(t *testing.T, method, template string) {
	answer := reply(200, map[string]any{"data": []any{}, "nextCursor": nil, "hasMore": false})
	if o.OperationID == "chat" || o.OperationID == "getTurnEvents" {
		answer = stream(complete(2), end)
	}
	g := newGateway(t, answer)
	client := g.client(t)
	call, known := calls(t.Context(), client, client.Sessions.Handle("s"))[o.OperationID]
	if !known {
		t.Fatal("the client has no method for it")
	}
	if err := call(); err != nil {
		t.Fatal(err)
	}
	asked := g.seen()[0]
	where, err := url.Parse(asked.url)
	if err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(template, `[^/]+`)
	if asked.method != strings.ToUpper(method) || !regexp.MustCompile("^"+pattern+"$").MatchString(where.EscapedPath()) {
		t.Errorf("%s %s is not %s %s", asked.method, asked.url, method, template)
	}
	var due []string
	for _, parameter := range o.Parameters {
		if parameter.In == "query" && o.OperationID != "getTurnEvents" {
			due = append(due, parameter.Name)
		}
		if parameter.Name == "idempotency-key" && asked.header.Get("Idempotency-Key") == "" {
			t.Error("it has no idempotency key")
		}
	}
	var said []string
	for name := range where.Query() {
		name, _, _ = strings.Cut(name, "[")
		said = append(said, name)
	}
	slices.Sort(due)
	slices.Sort(said)
	if !slices.Equal(said, due) {
		t.Errorf("its query has %v, not %v", said, due)
	}
}

func second[T any](_ T, err error) error { return err }

func closed(file *sandgate.FileContent, err error) error {
	if err != nil {
		return err
	}
	return file.Close()
}
