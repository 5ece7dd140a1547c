package sandgate

import (
	"bytes"
	"io"
	"net/http"
)

// A content is a body that a caller gives. Its size is -1 where that is not known.
type content struct {
	body func() io.Reader
	size int64
	// once says that it can be read once only.
	once bool
}

// readSeekerAt is what files, and readers of bytes and strings, are.
type readSeekerAt interface {
	io.ReaderAt
	io.Seeker
}

// newContent takes what is left in a reader. The attempts read sections of their own: net/http may still read the body
// of one that failed.
func newContent(reader io.Reader) *content {
	if buffer, ok := reader.(*bytes.Buffer); ok {
		reader = bytes.NewReader(buffer.Bytes())
	}
	if file, ok := reader.(readSeekerAt); ok {
		start, err := file.Seek(0, io.SeekCurrent)
		if end, failed := file.Seek(0, io.SeekEnd); err == nil && failed == nil {
			return section(file, start, end-start)
		}
	}
	// Closed by net/http it would be closed to its owner too.
	return &content{body: func() io.Reader { return io.NopCloser(reader) }, size: -1, once: true}
}

func section(file io.ReaderAt, start, size int64) *content {
	return &content{size: size, body: func() io.Reader {
		if size == 0 {
			// Of anything else net/http does not know that it is empty.
			return http.NoBody
		}
		return io.NewSectionReader(file, start, size)
	}}
}
