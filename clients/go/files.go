package sandgate

import (
	"context"
	"fmt"
	"io"
	"iter"
)

// Files are those in a session's workspace. Paths are relative to it; "." is the workspace itself.
type Files struct {
	transport *transport
	sessionID string
}

// A FileContent is read once, and closed.
type FileContent struct {
	io.ReadCloser
	// ETag is what [IfMatch] takes, so that nobody else's change is written over. An archive has none.
	ETag string
}

// A FileOption is a condition on what a request does with a file, or a part of it.
type FileOption func(*request)

// IfMatch has a file read, written or deleted only if it still has this ETag; else it is refused as
// precondition_failed.
func IfMatch(etag string) FileOption {
	return func(r *request) { r.header["If-Match"] = etag }
}

// CreateOnly has a file written only where there is nothing yet; else it is refused as precondition_failed.
func CreateOnly() FileOption {
	return func(r *request) { r.header["If-None-Match"] = "*" }
}

// ByteRange has only a part of a file read: the bytes from start to end, which is the last one.
func ByteRange(start, end int64) FileOption {
	return func(r *request) { r.header["Range"] = fmt.Sprintf("bytes=%d-%d", start, end) }
}

// BytesFrom has only a part of a file read: the bytes from start to the end of the file.
func BytesFrom(start int64) FileOption {
	return func(r *request) { r.header["Range"] = fmt.Sprintf("bytes=%d-", start) }
}

// List is what a directory holds, by name.
func (f *Files) List(ctx context.Context, query ListFilesParams) iter.Seq2[FileEntry, error] {
	return items(query.After, func(after string) (*Page[FileEntry], error) {
		query.After = after
		return f.ListPage(ctx, query)
	})
}

// ListPage is one page of [Files.List].
func (f *Files) ListPage(ctx context.Context, query ListFilesParams) (*Page[FileEntry], error) {
	return call[Page[FileEntry]](ctx, f.transport, request{method: "GET", path: f.path("files"), query: query})
}

// Stat is what is at a path; a link at its end is not followed.
func (f *Files) Stat(ctx context.Context, path string) (*FileEntry, error) {
	query := StatFileParams{Path: path}
	return call[FileEntry](ctx, f.transport, request{method: "GET", path: f.path("stat"), query: query})
}

// Read opens a file, or a part of it. Where there is none, it is refused as file_not_found.
func (f *Files) Read(ctx context.Context, path string, options ...FileOption) (*FileContent, error) {
	return f.open(ctx, f.at("GET", path, options))
}

// Write creates or replaces a file as a whole, and its directories. A failed write leaves the old content. Only what
// can go back is sent again: files, and readers of bytes and strings; and nothing that has a condition. The whole upload
// is one attempt: for what is large, [Options.Timeout] must be long enough.
func (f *Files) Write(ctx context.Context, path string, from io.Reader, options ...FileOption) (*FileEntry, error) {
	writing := f.at("PUT", path, options)
	writing.content = newContent(from)
	writing.once = len(options) > 0
	return call[FileEntry](ctx, f.transport, writing)
}

// Mkdir makes a directory and those above it; one that is there already is left as it is.
func (f *Files) Mkdir(ctx context.Context, path string) (*FileEntry, error) {
	making := MakeDirectory{Operation: "mkdir", Path: path}
	return call[FileEntry](ctx, f.transport, request{method: "POST", path: f.path("files"), json: making})
}

// Move moves a file, a link or a directory, and makes the directories above its new place. It is never sent again.
// Something that is there already is a file_conflict.
func (f *Files) Move(ctx context.Context, move MoveFile) (*FileEntry, error) {
	move.Operation = "move"
	return call[FileEntry](ctx, f.transport, request{method: "POST", path: f.path("files"), json: move, once: true})
}

// Delete deletes a file, a link or an empty directory. With a condition it is never sent again.
func (f *Files) Delete(ctx context.Context, path string, options ...FileOption) error {
	deleting := f.at("DELETE", path, options)
	deleting.once = len(options) > 0
	return f.transport.do(ctx, deleting, nil)
}

// DeleteAll deletes a directory with all that it holds. With a condition it is never sent again.
func (f *Files) DeleteAll(ctx context.Context, path string, options ...FileOption) error {
	deleting := f.at("DELETE", path, options)
	deleting.once = len(options) > 0
	deleting.query = DeleteFileParams{Recursive: true}
	return f.transport.do(ctx, deleting, nil)
}

// ReadArchive opens a directory as an archive, with modes, times and links.
func (f *Files) ReadArchive(ctx context.Context, query ReadArchiveParams) (*FileContent, error) {
	return f.open(ctx, request{method: "GET", path: f.path("archive"), query: query})
}

// WriteArchive unpacks a tar or tar.gz into a directory: all of it, or nothing. Something in it that is not safe is an
// invalid_request. The whole upload is one attempt: for what is large, [Options.Timeout] must be long enough.
func (f *Files) WriteArchive(ctx context.Context, path string, archive io.Reader) (*ArchiveResult, error) {
	return call[ArchiveResult](ctx, f.transport, request{
		method:  "PUT",
		path:    f.path("archive"),
		query:   WriteArchiveParams{Path: path},
		content: newContent(archive),
	})
}

func (f *Files) open(ctx context.Context, r request) (*FileContent, error) {
	r.accept = "*/*"
	response, err := f.transport.open(ctx, r)
	if err != nil {
		return nil, err
	}
	return &FileContent{ReadCloser: response.Body, ETag: response.Header.Get("ETag")}, nil
}

func (f *Files) at(method, file string, options []FileOption) request {
	r := request{method: method, path: f.path("files", file), header: map[string]string{}}
	for _, option := range options {
		option(&r)
	}
	return r
}

func (f *Files) path(below ...string) string {
	return path(append([]string{"sessions", f.sessionID}, below...)...)
}
