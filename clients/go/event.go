package sandgate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// An Event is something that happened in a session, of which a switch on its type says more:
//
//	switch event := event.(type) {
//	case *sandgate.ToolDeltaEvent:
//		fmt.Print(event.Text)
//	case *sandgate.CompleteEvent:
//		fmt.Println(event.StopReason)
//	}
//
// A newer server may send types that this version does not know: they are an [*UnknownEvent].
type Event interface {
	// Envelope is what every event has.
	Envelope() Envelope
}

// An Envelope says which event it is, when it was, and whose.
type Envelope struct {
	// Type is the kind of event: tool.call.
	Type string `json:"type"`
	// Seq is the event's number in its session's log, from 1 without a gap. It is 0 for deltas and snapshots, which are
	// not kept.
	Seq int `json:"seq"`
	// At is when it was recorded.
	At time.Time `json:"at"`
	// SessionID is the session.
	SessionID string `json:"sessionId"`
	// TurnID is the turn; empty where the event belongs to the session.
	TurnID string `json:"turnId"`
}

// An UnknownEvent is of a type that this version of the client does not know.
type UnknownEvent struct {
	envelope Envelope
	// JSON is the event as the server sent it.
	JSON json.RawMessage
}

// Envelope is what every event has.
func (e *UnknownEvent) Envelope() Envelope { return e.envelope }

func decodeEvent(data []byte) (Event, error) {
	var head Envelope
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("an event is not what it should be: %w", err)
	}
	event := newEvent(head.Type)
	if event == nil {
		return &UnknownEvent{envelope: head, JSON: data}, nil
	}
	if err := json.Unmarshal(data, event); err != nil {
		return nil, fmt.Errorf("an event is not what it should be: %w", err)
	}
	return event, nil
}

// A loggedEvent is an event where a page of them is read.
type loggedEvent struct {
	Event
}

func (l *loggedEvent) UnmarshalJSON(data []byte) (err error) {
	l.Event, err = decodeEvent(bytes.Clone(data))
	return err
}

// Text is what a message says, without what the agent thought.
func (m Message) Text() string { return textOf(m.Content) }

// Text is what a message says, without what the agent thought.
func (m HistoryMessage) Text() string { return textOf(m.Content) }

func textOf(content []ContentBlock) string {
	text := ""
	for _, block := range content {
		if block.Type == ContentBlockTypeText {
			text += block.Text
		}
	}
	return text
}
