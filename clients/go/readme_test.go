package sandgate_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// snippetHead and snippetTail make a program of what is a part of one.
const (
	snippetHead = `package main

import (
	"context"; "errors"; "fmt"; "log"; "strings"; "time"

	"sandgate.example/sandgate"
)

var (
	file    *sandgate.FileContent
	todo    string
	confirm func(string) bool
)

func snippet(ctx context.Context, client *sandgate.Client, session, other *sandgate.Session) error {
`
	snippetTail = "\nreturn nil\n}"
)

// TestReadme compiles what the README says in Go.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(snippets) < 10 {
		t.Fatalf("it has %d snippets", len(snippets))
	}
	files := token.NewFileSet()
	imports := importer.ForCompiler(files, "gc", exportData)
	for _, snippet := range snippets {
		source := snippet[1]
		if !strings.HasPrefix(source, "package") {
			source = snippetHead + source + snippetTail
		}
		file, err := parser.ParseFile(files, "README.md", source, parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%v in\n%s", err, snippet[1])
			continue
		}
		config := types.Config{Importer: imports, Error: func(err error) {
			// Soft is what is not used.
			if wrong, ok := err.(types.Error); !ok || !wrong.Soft {
				t.Errorf("%v in\n%s", err, snippet[1])
			}
		}}
		_, _ = config.Check("main", files, []*ast.File{file}, nil)
	}
}

func exportData(path string) (io.ReadCloser, error) {
	out, err := exec.Command("go", "list", "-export", "-f", "{{.Export}}", path).Output()
	if err != nil {
		return nil, err
	}
	return os.Open(strings.TrimSpace(string(out)))
}
