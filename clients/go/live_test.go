package sandgate_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"sandgate.example/sandgate"
)

// ours is a client of the running stack.
func ours(t *testing.T) *sandgate.Client {
	options := sandgate.Options{BaseURL: told(t, "SANDGATE_BASE_URL"), APIKey: told(t, "SANDGATE_API_KEY")}
	client, err := sandgate.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// must is what came, without an error.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// TestScenariosOfASession is what the table does not play: the answers of the running stack are what the types say.
func TestScenariosOfASession(t *testing.T) {
	t.Parallel()
	ctx, client := t.Context(), ours(t)
	hour := time.Now().Add(time.Hour).In(time.FixedZone("elsewhere", 7200))
	session := must(client.Sessions.Create(ctx, sandgate.CreateSession{
		Metadata:  map[string]string{"by": "go"},
		ExpiresAt: hour,
	}))(t)
	defer func() { must(0, session.Delete(ctx))(t) }()
	if got := session.Data; !got.ExpiresAt.Equal(hour.Truncate(time.Millisecond)) || got.Metadata["by"] != "go" {
		t.Error(got.ExpiresAt, got.Metadata)
	}
	changed := must(session.Update(ctx, sandgate.UpdateSession{Metadata: map[string]string{}, IdleTimeoutSeconds: 700}))(t)
	if len(changed.Metadata) != 0 || changed.IdleTimeoutSeconds != 700 {
		t.Error(changed.Metadata, changed.IdleTimeoutSeconds)
	}

	files := session.Files
	written := must(files.Write(ctx, "src/a", strings.NewReader("hello")))(t)
	part := must(files.Read(ctx, "src/a", sandgate.ByteRange(1, 2)))(t)
	defer part.Close()
	if text := must(io.ReadAll(part))(t); string(text) != "el" || part.ETag != written.ETag {
		t.Errorf("%s %s", text, part.ETag)
	}
	must(files.Mkdir(ctx, "empty"))(t)
	must(files.Move(ctx, sandgate.MoveFile{From: "src/a", To: "src/b"}))(t)
	archive := must(files.ReadArchive(ctx, sandgate.ReadArchiveParams{Path: "src"}))(t)
	defer archive.Close()
	if unpacked := must(files.WriteArchive(ctx, "copy", archive))(t); unpacked.Bytes != 5 {
		t.Error(unpacked)
	}
	if slept := must(session.Sleep(ctx))(t); slept.Status != sandgate.SessionStatusSleeping || slept.Disk == nil {
		t.Error(slept)
	}
	if woken := must(session.Wake(ctx))(t); woken.Status != sandgate.SessionStatusIdle {
		t.Error(woken.Status)
	}
	if logs := must(session.Logs(ctx, sandgate.GetLogsParams{Limit: 5}))(t); len(logs.Data) == 0 {
		t.Error("there are no logs")
	}
	if found := must(files.Stat(ctx, "copy/b"))(t); found.Size != 5 || found.Type != sandgate.FileEntryTypeFile {
		t.Error(found)
	}

	turn := must(session.Turns.Start(ctx, "echo live"))(t)
	ask := sandgate.ResumeRequest{Decision: sandgate.DecisionAllow}
	for event, err := range session.Events(ctx, 0) {
		must(event, err)(t)
		if asked, ok := event.(*sandgate.PermissionRequestedEvent); ok {
			ask.RequestID = asked.RequestID
			must(session.Resume(ctx, ask))(t)
		}
		if event.Envelope().Type == "complete" {
			break
		}
	}
	if done := must(session.Turns.Get(ctx, turn.ID))(t); done.OutputText != "live\n" || done.CompletedAt.IsZero() {
		t.Error(done)
	}
}

// TestScenariosOfAnAccount is the same for keys, tokens and webhooks.
func TestScenariosOfAnAccount(t *testing.T) {
	t.Parallel()
	ctx, client := t.Context(), ours(t)
	scopes := []sandgate.AccessScope{sandgate.AccessScopeSessionsRead}
	made := must(client.Keys.Create(ctx, sandgate.CreateKey{Name: "go", Scopes: scopes}))(t)
	atOnce := 0
	next := must(client.Keys.Rotate(ctx, made.ID, sandgate.RotateKey{OverlapSeconds: &atOnce}))(t)
	if next.ID == made.ID || next.Key == made.Key || next.Name != "go" {
		t.Error("a rotated key is another")
	}
	if got := must(client.Keys.Get(ctx, next.ID))(t); got.Scopes[0] != scopes[0] || !got.ExpiresAt.IsZero() {
		t.Error(got)
	}
	must(0, client.Keys.Revoke(ctx, next.ID))(t)

	session := must(client.Sessions.Create(ctx, sandgate.CreateSession{}))(t)
	defer func() { must(0, session.Delete(ctx))(t) }()
	token := must(session.Tokens.Create(ctx, sandgate.CreateSessionToken{
		Scopes: []sandgate.SessionTokenScope{sandgate.SessionTokenScopeSessionsRead},
	}))(t)
	own := must(sandgate.New(sandgate.Options{BaseURL: told(t, "SANDGATE_BASE_URL"), APIKey: token.Token}))(t)
	must(own.Sessions.Get(ctx, session.ID))(t)
	must(0, session.Tokens.Revoke(ctx))(t)

	webhook := must(client.Webhooks.Create(ctx, sandgate.CreateWebhook{
		URL:         "https://hooks.example.com/",
		Events:      []sandgate.WebhookEventType{sandgate.WebhookEventTypeTurnCompleted},
		Description: "go",
	}))(t)
	none := ""
	changes := sandgate.UpdateWebhook{Description: &none, Status: sandgate.WebhookStatusDisabled}
	changed := must(client.Webhooks.Update(ctx, webhook.ID, changes))(t)
	if changed.Description != "" || changed.DisabledReason != sandgate.DisabledReasonAsked || changed.URL != webhook.URL {
		t.Error(changed)
	}
	must(collect(client.Webhooks.Deliveries(ctx, webhook.ID, sandgate.ListWebhookDeliveriesParams{})))(t)
	must(0, client.Webhooks.Delete(ctx, webhook.ID))(t)

	if account := must(client.Account(ctx))(t); account.Limits.Keys == 0 || account.Usage.Sessions == 0 {
		t.Error(account)
	}
	done := must(collect(client.Audit(ctx, sandgate.ListAuditParams{TargetID: made.ID})))(t)
	if len(done) != 2 || done[0].Action != sandgate.AuditActionRotateKey || done[1].Action != sandgate.AuditActionCreateKey {
		t.Error(done)
	}
}
