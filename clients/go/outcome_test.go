package sandgate_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"sandgate.example/sandgate"
)

func said(seq int, role, content string) string {
	return kept(seq, "message", fmt.Sprintf(`,"message":{"id":"msg_%d","role":%q,"content":[%s]}`, seq, role, content))
}

func TestOutcome(t *testing.T) {
	question := said(1, "user", `{"type":"text","text":"question"}`)
	for _, test := range []struct {
		name, frames, text, finalMessage string
	}{
		{
			"is the agent's last message",
			question + said(2, "assistant", `{"type":"text","text":"Let me see."}`) + output(3, "hello\n") +
				said(4, "assistant", `{"type":"reasoning","text":"Hm."},{"type":"text","text":"It is "},{"type":"text","text":"hello."}`) +
				said(5, "assistant", `{"type":"reasoning","text":"Done."}`) + complete(6),
			"It is hello.", "msg_4",
		},
		{
			"is the output of the last tool, where the agent says nothing",
			question + output(2, "a") + output(3, "hello\n") + complete(4), "hello\n", "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chat := newGateway(t, stream(test.frames, end)).client(t).Sessions.Handle("s").Chat(t.Context(), "x")
				if text, err := chat.Text(); err != nil || text != test.text {
					t.Errorf("%q %v", text, err)
				}
				message, err := chat.FinalMessage()
				if id := ""; err != nil || (message != nil || test.finalMessage != id) && message.ID != test.finalMessage {
					t.Errorf("%v %v", message, err)
				}
			})
		})
	}
}

func TestOutcomeOfATurnThatFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		failure := kept(1, "error", `,"code":"sandbox_restarted","message":"It was restarted.","retryable":true`)
		g := newGateway(t, stream(failure+kept(2, "complete", `,"stopReason":"error"`), end))
		_, err := g.client(t).Sessions.Handle("s").Chat(t.Context(), "x").Text()
		var failed *sandgate.TurnError
		if !errors.As(err, &failed) || failed.Code != "sandbox_restarted" || !failed.Retryable || err.Error() != "It was restarted." {
			t.Error(err)
		}
	})
}
