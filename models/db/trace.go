package db

import (
	"context"
	"sync"

	"gorm.io/gorm"
)

// Statement is one statement as it was sent, with its arguments.
type Statement struct {
	SQL  string
	Args []any
}

// Trace collects the statements sent under a context: query counts of tests and
// the yardstick of the benchmarks read it.
type Trace struct {
	mu         sync.Mutex
	statements []Statement
}

type traceKey struct{}

// WithTrace returns a context whose statements are collected.
func WithTrace(ctx context.Context) (context.Context, *Trace) {
	t := &Trace{}
	return context.WithValue(ctx, traceKey{}, t), t
}

// TraceOf returns the trace of the context, nil when nobody collects.
func TraceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	return t
}

// Statements returns what was collected so far.
func (t *Trace) Statements() []Statement {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Statement(nil), t.statements...)
}

// Add takes over statements that were sent on behalf of this trace elsewhere.
func (t *Trace) Add(statements []Statement) {
	t.mu.Lock()
	t.statements = append(t.statements, statements...)
	t.mu.Unlock()
}

func recordStatements(g *gorm.DB) error {
	note := func(tx *gorm.DB) {
		if t := TraceOf(tx.Statement.Context); t != nil {
			t.Add([]Statement{{SQL: tx.Statement.SQL.String(), Args: append([]any(nil), tx.Statement.Vars...)}})
		}
	}
	c := g.Callback()
	for name, register := range map[string]func(string, func(*gorm.DB)) error{
		"query": c.Query().After("gorm:query").Register, "row": c.Row().After("gorm:row").Register,
		"raw": c.Raw().After("gorm:raw").Register, "create": c.Create().After("gorm:create").Register,
		"update": c.Update().After("gorm:update").Register, "delete": c.Delete().After("gorm:delete").Register,
	} {
		if err := register("shuke:trace_"+name, note); err != nil {
			return err
		}
	}
	return nil
}
