package guards

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forbidden are selectors that must not be written, with where they may.
var forbidden = []struct {
	name, why string
	within    []string // folders where it is right
	tests     bool     // forbidden in tests too
}{
	{name: "AutoMigrate", why: "the schema is changed by migrations", tests: true},
	{name: "templ.Raw", why: "markup from text is how scripts get into pages", tests: false},
	{name: "templ.JSUnsafeFuncCall", why: "no inline script"},
	{name: "time.Sleep", why: "wait for what happens, or move the clock", within: []string{"bench", "soak"}, tests: true},
	{name: "http.DefaultClient", why: "it has no time limit", within: []string{"bench"}},
	{name: "http.DefaultServeMux", why: "anything can register there"},
	{name: "InsecureSkipVerify", why: "a certificate is there to be checked", tests: true},
}

func TestForbiddenCalls(t *testing.T) {
	for _, s := range all(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			name := selected(n)
			for _, f := range forbidden {
				if name == "" || (name != f.name && !strings.HasSuffix(name, "."+f.name)) || (s.test && !f.tests) || slices.Contains(f.within, s.folder()) {
					continue
				}
				t.Errorf("%s: %s: %s", at(n.Pos()), name, f.why)
			}
			return true
		})
	}
}

// selected is a.b of an expression a.b, or the key of a field that is set.
func selected(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok {
			return x.Name + "." + n.Sel.Name
		}
		return "." + n.Sel.Name
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			return key.Name
		}
	}
	return ""
}

// Invented data must be the same for the same seed; everything else that is
// random here guards something.
func TestGuessableRandomnessIsForSampleDataOnly(t *testing.T) {
	for _, s := range all(t) {
		for _, spec := range s.file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if strings.HasPrefix(path, "math/rand") && !s.test && !slices.Contains([]string{"models/demodata", "models/demo", "bench"}, s.folder()) {
				t.Errorf("%s imports %s", s.path, path)
			}
		}
	}
}
