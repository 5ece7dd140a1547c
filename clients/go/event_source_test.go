package sandgate

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// TestFrames is what the standard says of the format, case by case: the streams are those of the format tests of the
// Web Platform Tests (eventsource/format-*), by their names there. Of each event the last id that was seen, and the data.
func TestFrames(t *testing.T) {
	long := strings.Repeat("x", 2048)
	for _, test := range []struct {
		name, stream string
		events       []string
		retry        time.Duration
	}{
		{"bom: one at the beginning is no part of the stream, a later one is", "\ufeffdata:1\n\n\ufeffdata:2\n\ndata:3\n\n", []string{"|1", "|3"}, 0},
		{"bom-2: of two at the beginning, the second is part of the stream", "\ufeff\ufeffdata:1\n\ndata:2\n\ndata:3\n\n", []string{"|2", "|3"}, 0},
		{"comments", "data:1\r:\x00\n:\r\ndata:2\n:" + long + "\rdata:3\n:data:fail\r:" + long + "\ndata:4\n\n", []string{"|1\n2\n3\n4"}, 0},
		{"data-before-final-empty-line: what no empty line ends is dropped, its id too", "retry:1000\ndata:test1\n\nid:test\ndata:test2", []string{"|test1"}, time.Second},
		{"field-data: also empty, also twice", "data:\n\ndata\ndata\n\ndata:test\n\n", []string{"|", "|\n", "|test"}, 0},
		{"field-event-empty", "event: \ndata:data\n\n", []string{"|data"}, 0},
		{"field-event: what it is called is in its data here", "event:test\ndata:x\n\ndata:x\n\n", []string{"|x", "|x"}, 0},
		{"field-id", "id: 1\ndata: hello\n\n", []string{"1|hello"}, 0},
		{"field-id-2: it need not be ASCII", "id: …\ndata: hello\n\ndata: again\n\n", []string{"…|hello", "…|again"}, 0},
		{"field-id-3: it persists, and changes", "id: 1\ndata: 1\n\ndata:2\n\nid: 2\ndata:2\n\n", []string{"1|1", "1|2", "2|2"}, 0},
		{"field-id-3: an empty one resets it", "id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n", []string{"1|1", "|2", "|3"}, 0},
		{"field-id-null: one with U+0000 is none", "id: 1\ndata: 1\n\nid: \x00\x00\ndata: hello\n\n", []string{"1|1", "1|hello"}, 0},
		{"field-parsing: only the name itself is the name, and one space is no data", "data:\x00\ndata:  2\rData:1\ndata\x00:2\ndata:1\r\x00data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n", []string{"|\x00\n 2\n1\n3\n\n4"}, 0},
		{"field-retry", "retry:3000\ndata:x\n\n", []string{"|x"}, 3 * time.Second},
		{"field-retry-bogus: digits only", "retry:3000\nretry:1000x\nretry:+1\ndata:x\n\n", []string{"|x"}, 3 * time.Second},
		{"field-retry-empty", "retry\ndata:test\n\n", []string{"|test"}, 0},
		{"field-unknown", "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n", []string{"|test\n\ntest"}, 0},
		{"leading-space: one is no data", "data:\ttest\rdata: \ndata:test\n\n", []string{"|\ttest\n\ntest"}, 0},
		{"newlines: all three", "data:test\r\ndata\ndata:test\r\n\r", []string{"|test\n\ntest"}, 0},
		{"null-character", "data:\x00\n\n\n\n", []string{"|\x00"}, 0},
		{"utf-8", "data:ok…\n\n", []string{"|ok…"}, 0},
		{"an id alone moves the cursor", "id: 7\n\ndata:x\n\n", []string{"7|x"}, 0},
	} {
		for how, body := range map[string]io.Reader{
			"in one piece": strings.NewReader(test.stream),
			"byte by byte": iotest.OneByteReader(strings.NewReader(test.stream)),
		} {
			t.Run(test.name+", "+how, func(t *testing.T) {
				var events []string
				lastID, retry := "", time.Duration(0)
				for frame, err := range frames(body) {
					if err != nil {
						t.Fatal(err)
					}
					if frame.hasID {
						lastID = frame.id
					}
					if frame.retry > 0 {
						retry = frame.retry
					}
					if frame.hasData {
						events = append(events, lastID+"|"+frame.data)
					}
				}
				if !slices.Equal(events, test.events) || retry != test.retry {
					t.Errorf("%q, retry %v", events, retry)
				}
			})
		}
	}
}

func TestFramesTellOfEachComment(t *testing.T) {
	comments := 0
	for frame := range frames(strings.NewReader(": hello\n: heartbeat\n")) {
		if frame.hasData || frame.hasID {
			t.Error("a comment is no event")
		}
		comments++
	}
	if comments != 2 {
		t.Errorf("%d comments", comments)
	}
}

func TestFramesEndWithTheErrorOfTheConnection(t *testing.T) {
	broken := errors.New("broken")
	body := io.MultiReader(strings.NewReader("data: a\n\ndata: b"), iotest.ErrReader(broken))
	var seen []string
	for frame, err := range frames(body) {
		if err != nil {
			seen = append(seen, err.Error())
			continue
		}
		seen = append(seen, frame.data)
	}
	if !slices.Equal(seen, []string{"a", "broken"}) {
		t.Errorf("%q", seen)
	}
}

func TestFramesAreOfLimitedSize(t *testing.T) {
	line := strings.Repeat("x", 1<<20)
	for name, stream := range map[string]string{
		"in one line":    "data:" + strings.Repeat(line, 17),
		"in many a line": strings.Repeat("data:"+line+"\n", 17),
	} {
		t.Run(name, func(t *testing.T) {
			for _, err := range frames(strings.NewReader(stream + "\n\n")) {
				if errors.Is(err, errEventTooLarge) {
					return
				}
				t.Fatalf("a frame came, or %v", err)
			}
			t.Error("there was no end")
		})
	}
}
