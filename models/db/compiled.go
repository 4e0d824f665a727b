package db

import (
	"container/list"
	"context"
	"database/sql/driver"
	"errors"
)

// keepsCompiled has each connection keep the statements it has compiled, in
// transactions and out of them. database/sql keeps those of its pool only, and
// those that were first met in a transaction it compiles at every use.
type keepsCompiled struct{ driver.Connector }

// keptStatements is how many idle statements a connection keeps, the lately used.
const keptStatements = 200

func (k keepsCompiled) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := conn.(wholeConn)
	if !ok {
		return nil, errors.Join(errors.New("db: the driver's connection lacks what keeping statements needs"), conn.Close())
	}
	return &keepingConn{wholeConn: whole, idle: map[string]*list.Element{}}, nil
}

// wholeConn is what both drivers' connections can do. Queries are left out, so
// that they come as statements.
type wholeConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keepingConn is used by one goroutine at a time, as database/sql sees to.
type keepingConn struct {
	wholeConn
	idle map[string]*list.Element // of *keptStmt by text
	used list.List                // the same, lately used first
}

// ExecContext sends what has no arguments as it stands: scripts cannot be
// compiled as one statement.
func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) > 0 {
		return nil, driver.ErrSkip
	}
	return c.wholeConn.ExecContext(ctx, query, args)
}

// PrepareContext hands out an idle statement of the text, or compiles one: one
// that is in use is never shared.
func (c *keepingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if at, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return c.used.Remove(at).(*keptStmt), nil
	}
	s, err := c.wholeConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	whole, ok := s.(wholeStmt)
	if !ok {
		return nil, errors.Join(errors.New("db: the driver's statement lacks what keeping it needs"), s.Close())
	}
	return &keptStmt{whole, c, query}, nil
}

// Prepare is PrepareContext without a context.
func (c *keepingConn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

// Close ends the idle statements and the connection.
func (c *keepingConn) Close() error {
	var failed error
	for at := c.used.Front(); at != nil; at = at.Next() {
		failed = errors.Join(failed, at.Value.(*keptStmt).wholeStmt.Close())
	}
	c.used.Init()
	clear(c.idle)
	return errors.Join(failed, c.wholeConn.Close())
}

// wholeStmt is what both drivers' statements can do.
type wholeStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type keptStmt struct {
	wholeStmt
	conn  *keepingConn
	query string
}

// Close makes the statement idle. The one idle longest goes when there are too
// many, and so does a second one of the same text.
func (s *keptStmt) Close() error {
	c := s.conn
	if _, twice := c.idle[s.query]; twice || !c.IsValid() {
		return s.wholeStmt.Close()
	}
	c.idle[s.query] = c.used.PushFront(s)
	if c.used.Len() <= keptStatements {
		return nil
	}
	oldest := c.used.Remove(c.used.Back()).(*keptStmt)
	delete(c.idle, oldest.query)
	return oldest.wholeStmt.Close()
}

// CheckNamedValue leaves the check of arguments to the driver.
func (s *keptStmt) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := s.wholeStmt.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}
