package guards

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pieces are calls that give parts of a statement and never a value: question
// marks and clauses of the dialect.
var pieces = []string{"db.Rows", "Rows", "Dialect.Upsert", "Dialect.ForUpdate", "Dialect.ForShare", "Dialect.InsertIgnore"}

// reviewed are the functions that put a statement together from something else
// than constants and pieces, with what it is. A new one is read before it comes
// in here.
var reviewed = map[string]string{
	"models/arrival.sheetSQL":        "constants of two packages, and the condition, written by its three callers",
	"models/arrival.tick":            "the condition of two states, written in it",
	"models/stay.Latest":             "columns, written as constants",
	"models/stay.one":                "the condition, written by its two callers",
	"models/customer.matchesSQL":     "the number of a range, and the constants that allMayHoldSQL joins",
	"models/customer.standMany":      "the clause that locks, of the dialect, handed in by its two callers",
	"models/imports.loadUndoing":     "the clause that locks, of the dialect, handed in by its callers",
	"models/customer.recentSQL":      "the constants that allMayHoldSQL joins",
	"models/disclosure.writeRecents": "a constant as often as there are rows",
	"models/db.Upsert":               "columns and assignments, written where it is called",
	"models/db.insert":               "table and columns, written where it is called",
	"models/intake.read":             "the condition, written by its callers",
	"models/intake.commands":         "the condition, written by its callers",
	"models/standing.refresh":        "the condition, written as two constants",
	"models/standing.evidence":       "the condition, written as two constants",
	"models/staff.people":            "the condition, written by its two callers",
	"models/staff.onePerson":         "the condition, written by its caller",
	"models/staff.tokens":            "the condition, written by its callers",
	"models/webhook.deliveries":      "the condition, written by its callers",
}

var verbs = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|JOIN|VALUES|UNION|CREATE|ORDER BY)\b`)

// A value inside a statement is an injection and a log line with a customer in
// it; values go in as arguments.
func TestStatementsHoldNoValues(t *testing.T) {
	constants := map[string][]string{}
	for _, s := range all(t) {
		constants[s.folder()] = append(constants[s.folder()], constantsOf(s.file)...)
	}
	found := map[string]bool{}
	for _, s := range all(t) {
		if s.test || s.generated || s.folder() == "models/modelstest" || (!strings.HasPrefix(s.folder(), "models/") && s.folder() != ".") {
			continue
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			known := append(constantsOf(f.Body), constants[s.folder()]...)
			for _, e := range suspects(f.Body, known) {
				name := s.folder() + "." + f.Name.Name
				found[name] = true
				if reviewed[name] == "" {
					t.Errorf("%s: %s puts a statement together from something else than constants", at(e.Pos()), name)
				}
			}
		}
	}
	for name := range reviewed {
		if !found[name] {
			t.Errorf("%s is reviewed and puts no statement together", name)
		}
	}
}

// constantsOf are the names of constants declared below a node.
func constantsOf(n ast.Node) []string {
	var out []string
	ast.Inspect(n, func(n ast.Node) bool {
		if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
			for _, spec := range d.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					out = append(out, name.Name)
				}
			}
		}
		return true
	})
	return out
}

// suspects are the expressions below a node that make SQL out of variables.
func suspects(n ast.Node, constants []string) []ast.Expr {
	var out []ast.Expr
	ast.Inspect(n, func(n ast.Node) bool {
		switch e := n.(type) {
		case *ast.BinaryExpr:
			if e.Op != token.ADD {
				return true
			}
			terms := parts(e)
			if slices.ContainsFunc(terms, isSQL) && !slices.ContainsFunc(terms, func(p ast.Expr) bool { return !harmless(p, constants) }) {
				return false
			}
			if slices.ContainsFunc(terms, isSQL) {
				out = append(out, e)
			}
			return false
		case *ast.AssignStmt:
			if e.Tok == token.ADD_ASSIGN && isText(e.Rhs[0]) && slices.ContainsFunc(parts(e.Rhs[0]), isSQL) && !harmless(e.Rhs[0], constants) {
				out = append(out, e.Rhs[0])
			}
		case *ast.CallExpr:
			if strings.HasPrefix(called(e.Fun), "fmt.") && len(e.Args) > 1 && slices.ContainsFunc(e.Args, isSQL) && !strings.HasSuffix(called(e.Fun), "Errorf") {
				out = append(out, e)
			}
		}
		return true
	})
	return out
}

// parts are the parts of a sum.
func parts(e ast.Expr) []ast.Expr {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return parts(e.X)
	case *ast.BinaryExpr:
		return append(parts(e.X), parts(e.Y)...)
	}
	return []ast.Expr{e}
}

func isText(e ast.Expr) bool {
	return slices.ContainsFunc(parts(e), func(p ast.Expr) bool { l, ok := p.(*ast.BasicLit); return ok && l.Kind == token.STRING })
}

// isSQL reports whether a part is a literal with SQL in it, or named for it.
func isSQL(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return err == nil && e.Kind == token.STRING && verbs.MatchString(text)
	case *ast.Ident:
		return strings.HasSuffix(e.Name, "SQL")
	}
	return false
}

func harmless(e ast.Expr, constants []string) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return slices.Contains(constants, e.Name)
	case *ast.CallExpr:
		name := called(e.Fun)
		return slices.ContainsFunc(pieces, func(p string) bool { return name == p || strings.HasSuffix(name, "."+p) })
	}
	return false
}

// called writes the whole selector of a call: tx.Dialect.Upsert.
func called(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return called(e.X) + "." + e.Sel.Name
	}
	return ""
}
