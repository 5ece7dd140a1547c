package sandgate

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// longestLine is far more than any event has, and keeps a server from filling the memory.
const longestLine = 16 << 20

var errEventTooLarge = errors.New("an event is too large")

// A frame is a part of an event stream.
type frame struct {
	// id is where to go on after it, where it says so: hasID.
	id    string
	hasID bool
	// data is the event; a frame that only moves the cursor, or only keeps the connection alive, has none: hasData.
	data    string
	hasData bool
	// retry is how long to wait before a reconnection, or 0.
	retry time.Duration
}

// frames decodes an event stream until it ends. What a cut left unfinished is dropped, and with it its id: it is a part
// of an event that has not arrived. A comment is a frame with nothing in it.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
func frames(body io.Reader) iter.Seq2[frame, error] {
	return func(yield func(frame, error) bool) {
		var current frame
		var data []string
		size := 0
		for line, err := range lines(body) {
			if err != nil {
				yield(frame{}, err)
				return
			}
			if line == "" {
				current.data, current.hasData = strings.Join(data, "\n"), data != nil
				if !yield(current, nil) {
					return
				}
				current, data, size = frame{}, nil, 0
				continue
			}
			if size += len(line); size > longestLine {
				yield(frame{}, errEventTooLarge)
				return
			}
			field, value, _ := strings.Cut(line, ":")
			value = strings.TrimPrefix(value, " ")
			switch field {
			case "":
				if !yield(frame{}, nil) {
					return
				}
			case "data":
				data = append(data, value)
			case "id":
				if !strings.ContainsRune(value, 0) {
					current.id, current.hasID = value, true
				}
			case "retry":
				if ms, err := strconv.ParseUint(value, 10, 32); err == nil {
					current.retry = time.Duration(ms) * time.Millisecond
				}
			}
		}
	}
}

// lines end with CR, LF or both. One that does not end is none.
func lines(body io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		scanner := bufio.NewScanner(body)
		scanner.Buffer(nil, longestLine)
		afterCR := false
		scanner.Split(func(data []byte, _ bool) (int, []byte, error) {
			skipped := 0
			if afterCR && len(data) > 0 {
				afterCR = false
				if data[0] == '\n' {
					skipped, data = 1, data[1:]
				}
			}
			end := bytes.IndexAny(data, "\r\n")
			if end < 0 {
				return skipped, nil, nil
			}
			// Whether LF follows is not waited for: it may be long until more comes.
			afterCR = data[end] == '\r'
			return skipped + end + 1, data[:end], nil
		})
		for first := true; scanner.Scan(); first = false {
			line := scanner.Text()
			if first {
				line = strings.TrimPrefix(line, "\ufeff")
			}
			if !yield(line, nil) {
				return
			}
		}
		if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
			yield("", errEventTooLarge)
		} else if err != nil {
			yield("", err)
		}
	}
}
