package sandgate

import (
	"context"
	"crypto/rand"
)

// A CallOption changes how a request is sent that creates or runs something.
type CallOption interface {
	ChatOption
	toCall(*callSettings)
}

// A ChatOption changes how a turn is started and watched.
type ChatOption interface {
	toChat(*chatSettings)
}

type callSettings struct {
	idempotencyKey string
}

type chatSettings struct {
	callSettings
	onPermission OnPermission
}

// IdempotencyKey names what a request creates or runs: another with the same key finds it, and creates or runs no
// other. It is made up unless told, for all attempts of one call.
type IdempotencyKey string

func (k IdempotencyKey) toCall(s *callSettings) { s.idempotencyKey = string(k) }
func (k IdempotencyKey) toChat(s *chatSettings) { k.toCall(&s.callSettings) }

// OnPermission answers what the agent asks for while the stream goes on, each request in a goroutine of its own, whose
// context ends with the stream. The answer needs no RequestID; one without a Decision leaves the request to somebody
// else. The stream ends with an error that is returned here.
type OnPermission func(context.Context, *PermissionRequestedEvent) (ResumeRequest, error)

func (f OnPermission) toChat(s *chatSettings) { s.onPermission = f }

// keyed is the header of an operation that takes an idempotency key.
func keyed(options []CallOption) map[string]string {
	settings := callSettings{idempotencyKey: rand.Text()}
	for _, option := range options {
		option.toCall(&settings)
	}
	return settings.header()
}

func newChatSettings(options []ChatOption) chatSettings {
	settings := chatSettings{callSettings: callSettings{idempotencyKey: rand.Text()}}
	for _, option := range options {
		option.toChat(&settings)
	}
	return settings
}

func (s callSettings) header() map[string]string {
	return map[string]string{"Idempotency-Key": s.idempotencyKey}
}
