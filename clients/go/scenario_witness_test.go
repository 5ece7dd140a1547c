package sandgate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sandgate.example/sandgate"
)

// A watched is what comes out of a stream, for a scenario to judge.
type watched struct {
	Text       string              `json:"text"`
	StopReason sandgate.StopReason `json:"stopReason"`
	TurnID     string              `json:"turnId"`
	Types      []string            `json:"types"`
	Seq        int                 `json:"seq"`
}

// A witness sees every event of a stream once.
type witness struct {
	all     []sandgate.Event
	durable []sandgate.Event
	// built is what deltas and snapshots made of each message and of each tool's output.
	built map[string]string
}

func newWitness() *witness { return &witness{built: map[string]string{}} }

func (w *witness) see(event sandgate.Event) {
	w.all = append(w.all, event)
	switch event := event.(type) {
	case *sandgate.MessageSnapshotEvent:
		w.built[event.MessageID] = event.Text
	case *sandgate.MessageDeltaEvent:
		w.built[event.MessageID] += event.Text
	case *sandgate.ToolSnapshotEvent:
		w.built[event.ToolCallID] = event.Text
	case *sandgate.ToolDeltaEvent:
		w.built[event.ToolCallID] += event.Text
	default:
		w.durable = append(w.durable, event)
	}
}

func (w *witness) watched(isWhole bool) (*watched, error) {
	last := w.durable[len(w.durable)-1].Envelope()
	out := &watched{TurnID: last.TurnID, Seq: last.Seq}
	for _, event := range w.durable {
		if kind := event.Envelope().Type; kind != "status" {
			out.Types = append(out.Types, kind)
		}
		if complete, ok := event.(*sandgate.CompleteEvent); ok {
			out.StopReason = complete.StopReason
		}
	}
	if !isWhole {
		return out, nil
	}
	text, err := sandgate.Stream(func(yield func(sandgate.Event, error) bool) {
		for _, event := range w.all {
			if !yield(event, nil) {
				return
			}
		}
	}).Text()
	out.Text = text
	return out, err
}

// judge holds what was seen against the log: no event is missing, none comes twice or out of order, and the deltas
// make what came of them: all of it where the stream is whole, else a beginning, as who comes back when it is done gets
// no more of them. Where it is live, watched from the start, there must be some.
func (w *witness) judge(log []sandgate.Event, isWhole, isLive bool) error {
	seen, due := numbers(w.durable), numbers(log)
	if !slices.Equal(seen, due) {
		return fmt.Errorf("the stream had the events %v, the log has %v", seen, due)
	}
	for _, event := range w.durable {
		id, text, isDue := "", "", false
		switch event := event.(type) {
		case *sandgate.MessageEvent:
			id, isDue = event.Message.ID, isLive && event.Message.Role == "assistant"
			for _, block := range event.Message.Content {
				text += block.Text
			}
		case *sandgate.ToolResultEvent:
			// What was denied never ran and has no exit code: its output is the reason, which comes as a whole.
			id, text, isDue = event.ToolCallID, event.Output, isLive && event.ExitCode != nil
		}
		built, any := w.built[id]
		if (any || isDue) && built != text && (isWhole || !strings.HasPrefix(text, built)) {
			return fmt.Errorf("the deltas of %s make %q, not %q", id, built, text)
		}
	}
	return nil
}

func numbers(events []sandgate.Event) []int {
	seqs := make([]int, len(events))
	for i, event := range events {
		seqs[i] = event.Envelope().Seq
	}
	return seqs
}

func TestWitness(t *testing.T) {
	exitCode := 0
	delta := func(text string) sandgate.Event { return &sandgate.ToolDeltaEvent{ToolCallID: "c", Text: text} }
	ran := &sandgate.ToolResultEvent{ToolCallID: "c", Output: "ab", ExitCode: &exitCode}
	denied := &sandgate.ToolResultEvent{ToolCallID: "c", Output: "ab"}
	said := func(role sandgate.Role) sandgate.Event {
		content := []sandgate.ContentBlock{{Type: "text", Text: "ab"}}
		return &sandgate.MessageEvent{Message: sandgate.Message{ID: "m", Role: role, Content: content}}
	}
	for name, test := range map[string]struct {
		events                   []sandgate.Event
		isWhole, isLive, isRight bool
	}{
		"live, in deltas":              {[]sandgate.Event{delta("a"), delta("b"), ran}, true, true, true},
		"live, without deltas":         {[]sandgate.Event{ran}, true, true, false},
		"live, without the last delta": {[]sandgate.Event{delta("a"), ran}, true, true, false},
		"live, denied":                 {[]sandgate.Event{denied}, true, true, true},
		"live, the agent":              {[]sandgate.Event{said("assistant")}, true, true, false},
		"live, the user":               {[]sandgate.Event{said("user")}, true, true, true},
		"late, without deltas":         {[]sandgate.Event{ran}, true, false, true},
		"late, without the last delta": {[]sandgate.Event{delta("a"), ran}, true, false, false},
		"cut, a beginning":             {[]sandgate.Event{delta("a"), ran}, false, false, true},
		"cut, another":                 {[]sandgate.Event{delta("b"), ran}, false, false, false},
	} {
		witness := newWitness()
		for _, event := range test.events {
			witness.see(event)
		}
		if err := witness.judge(witness.durable, test.isWhole, test.isLive); (err == nil) != test.isRight {
			t.Errorf("%s: %v", name, err)
		}
	}
}
