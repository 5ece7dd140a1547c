package sandgate_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sandgate.example/sandgate"
)

var (
	requested = kept(1, "permission.requested", `,"requestId":"perm_1","kind":"permission","tool":"shell"`)
	resolved  = kept(2, "permission.resolved", `,"requestId":"perm_1","decision":"allow","by":"user"`)
)

// waiting is a turn that waits until its request is answered.
func waiting(then answer) answer {
	answered := make(chan struct{})
	return func(response http.ResponseWriter, asked *http.Request) {
		if strings.HasSuffix(asked.URL.Path, "/resume") {
			then(response, asked)
			close(answered)
			return
		}
		stream(requested, func(response http.ResponseWriter, _ *http.Request) {
			<-answered
			_, _ = io.WriteString(response, resolved+complete(3))
		})(response, asked)
	}
}

func allow(context.Context, *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
	return sandgate.ResumeRequest{Decision: sandgate.DecisionAllow, Scope: sandgate.ScopeSession}, nil
}

func TestOnPermissionAnswersWhileTheStreamGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, waiting(reply(200, map[string]string{"turnId": "turn_1"})))
		asked := ""
		onPermission := func(ctx context.Context, request *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
			asked += request.RequestID + " " + request.Tool
			return allow(ctx, request)
		}
		expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(onPermission)), "1 2 3")
		if asked != "perm_1 shell" {
			t.Error(asked)
		}
		expectRequests(t, g, chatURL, "POST /v1/sessions/s/resume")
		if body := g.seen()[1].body; body != `{"decision":"allow","requestId":"perm_1","scope":"session"}` {
			t.Error(body)
		}
	})
}

func TestOnPermissionDoesNotMindThatSomebodyElseWasFaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, waiting(problem(409, "request_already_resolved")))
		expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(allow)), "1 2 3")
	})
}

func TestOnPermissionMayLeaveItToSomebodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		leave := func(context.Context, *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
			asked++
			return sandgate.ResumeRequest{}, nil
		}
		g := newGateway(t, stream(requested, func(response http.ResponseWriter, _ *http.Request) {
			time.Sleep(time.Second)
			_, _ = io.WriteString(response, resolved+complete(3))
		}))
		expect(t, g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(leave)), "1 2 3")
		expectRequests(t, g, chatURL)
		if asked != 1 {
			t.Error(asked)
		}
	})
}

func TestOnPermissionFailsTheStream(t *testing.T) {
	nobody := errors.New("nobody there")
	fail := func(context.Context, *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
		return sandgate.ResumeRequest{}, nobody
	}
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(requested, stay))
		_, err := summary(g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(fail)))
		if !errors.Is(err, nobody) {
			t.Error(err)
		}
		<-g.seen()[0].gone.Done()
		expectRequests(t, g, chatURL)
	})
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(requested, stay), problem(400, "invalid_request"))
		_, err := summary(g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(allow)))
		var refusal *sandgate.Error
		if !errors.As(err, &refusal) || refusal.Code != "invalid_request" {
			t.Error(err)
		}
	})
}

func TestOnPermissionIsNotAskedAnyMoreWhereNobodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGateway(t, stream(requested, stay))
		gaveUp := make(chan error)
		ask := func(ctx context.Context, _ *sandgate.PermissionRequestedEvent) (sandgate.ResumeRequest, error) {
			<-ctx.Done()
			gaveUp <- ctx.Err()
			return sandgate.ResumeRequest{}, ctx.Err()
		}
		for _, err := range g.client(t).Sessions.Handle("s").Chat(t.Context(), "rm", sandgate.OnPermission(ask)) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		if err := <-gaveUp; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
