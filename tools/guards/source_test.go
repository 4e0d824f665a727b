// Package guards holds tests of the source itself: who imports whom, what must
// not be written, and that both databases have the same shape. It has no code.
package guards

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is where go.mod lies.
const root = "../.."

// source is one file of Go.
type source struct {
	path      string // below the root, with slashes
	text      string
	file      *ast.File
	test      bool
	generated bool
}

// folder is the package's path inside the module, "." for the program itself.
func (s source) folder() string { return filepath.ToSlash(filepath.Dir(s.path)) }

var fset = token.NewFileSet()

// sources reads every Go file once.
var sources = sync.OnceValues(func() ([]source, error) {
	var out []source
	err := walk(func(path string, entry fs.DirEntry) error {
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		if !strings.Contains(string(text), "//go:build deps") {
			out = append(out, source{path: path, text: string(text), file: file, test: strings.HasSuffix(path, "_test.go"), generated: ast.IsGenerated(file)})
		}
		return nil
	})
	return out, err
})

// walk visits the files of the project, without what git and builds keep there.
func walk(visit func(path string, entry fs.DirEntry) error) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		if entry.IsDir() {
			switch below {
			case ".git", ".build", "bin", "data":
				return filepath.SkipDir
			}
			return nil
		}
		return visit(below, entry)
	})
}

func all(t *testing.T) []source {
	t.Helper()
	files, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files of Go found: is %s the root?", len(files), root)
	}
	return files
}

func at(p token.Pos) string { return fset.Position(p).String() }
