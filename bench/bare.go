package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"shuke/models/db"
)

// bare replays captured statements on one connection: prepared once, in their
// transactions, all rows read.
type bare struct {
	conn     *sql.Conn
	dialect  db.Dialect
	prepared map[string]*sql.Stmt
}

func newBare(ctx context.Context, d *db.DB) (*bare, error) {
	conn, err := d.Pool().Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &bare{conn: conn, dialect: d.Dialect(), prepared: map[string]*sql.Stmt{}}, nil
}

func (b *bare) close() error {
	for _, s := range b.prepared {
		s.Close()
	}
	return b.conn.Close()
}

func (b *bare) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := b.prepared[query]; ok {
		return s, nil
	}
	s, err := b.conn.PrepareContext(ctx, query)
	if err == nil {
		b.prepared[query] = s
	}
	return s, err
}

// run sends the statements and returns how long they took. Reads stand alone,
// the writes of the record share one transaction, as they were sent.
func (b *bare) run(ctx context.Context, statements []db.Statement) (time.Duration, error) {
	reads, writes := split(statements)
	for _, s := range statements {
		if _, err := b.prepare(ctx, s.SQL); err != nil {
			return 0, fmt.Errorf("%w in %.200s", err, s.SQL)
		}
	}
	head, err := b.head(ctx)
	if err != nil {
		return 0, err
	}
	writes = renumber(writes, head)
	begun := time.Now()
	for _, s := range reads {
		if err := b.read(ctx, s); err != nil {
			return 0, err
		}
	}
	if len(writes) > 0 {
		if err := b.write(ctx, writes); err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}

func (b *bare) read(ctx context.Context, s db.Statement) error {
	rows, err := b.prepared[s.SQL].QueryContext(ctx, s.Args...)
	if err != nil {
		return err
	}
	return errors.Join(drain(rows), rows.Close())
}

func (b *bare) write(ctx context.Context, statements []db.Statement) error {
	begin := "START TRANSACTION"
	if b.dialect == db.SQLite {
		begin = "BEGIN IMMEDIATE"
	}
	if _, err := b.conn.ExecContext(ctx, begin); err != nil {
		return err
	}
	for _, s := range statements {
		var err error
		if isRead(s) {
			err = b.read(ctx, s)
		} else {
			_, err = b.prepared[s.SQL].ExecContext(ctx, s.Args...)
		}
		if err != nil {
			_, undo := b.conn.ExecContext(ctx, "ROLLBACK")
			return errors.Join(fmt.Errorf("%w in %.120s", err, s.SQL), undo)
		}
	}
	_, err := b.conn.ExecContext(ctx, "COMMIT")
	return err
}

func (b *bare) head(ctx context.Context) (size int64, err error) {
	err = b.conn.QueryRowContext(ctx, "SELECT size FROM audit_head WHERE id = 1").Scan(&size)
	return size, err
}

// drain reads every row into nothing.
func drain(rows *sql.Rows) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	into := make([]any, len(columns))
	for i := range into {
		into[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}

func isRead(s db.Statement) bool {
	return strings.HasPrefix(strings.TrimLeft(s.SQL, "( \n\t"), "SELECT")
}

// split parts the reads of a request from the transaction of its record, which
// begins with the first write or the lock of the head.
func split(statements []db.Statement) (reads, writes []db.Statement) {
	for i, s := range statements {
		if !isRead(s) || strings.Contains(s.SQL, "FROM audit_head") {
			return statements[:i], statements[i:]
		}
	}
	return statements, nil
}

// renumber gives a replayed event the next number, for the captured one is
// taken.
func renumber(writes []db.Statement, head int64) []db.Statement {
	out := make([]db.Statement, len(writes))
	for i, s := range writes {
		s.Args = append([]any(nil), s.Args...)
		switch {
		case strings.HasPrefix(s.SQL, "INSERT INTO audit_events"):
			s.Args[0] = head + 1
		case strings.HasPrefix(s.SQL, "UPDATE audit_head"):
			s.Args[0] = head + 1
		}
		out[i] = s
	}
	return out
}

// rowsRead asks MariaDB how many rows statements touched; SQLite does not say,
// and there the rows that came back are counted.
func (b *bare) rowsRead(ctx context.Context, statements []db.Statement) (int, error) {
	reads, _ := split(statements)
	if b.dialect == db.SQLite {
		n := 0
		for _, s := range reads {
			rows, err := b.prepared[s.SQL].QueryContext(ctx, s.Args...)
			if err != nil {
				return 0, err
			}
			for rows.Next() {
				n++
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return 0, err
			}
		}
		return n, nil
	}
	before, err := b.handlerReads(ctx)
	if err != nil {
		return 0, err
	}
	for _, s := range reads {
		if err := b.read(ctx, s); err != nil {
			return 0, err
		}
	}
	after, err := b.handlerReads(ctx)
	return after - before, err
}

func (b *bare) handlerReads(ctx context.Context) (int, error) {
	rows, err := b.conn.QueryContext(ctx, "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_key','Handler_read_next','Handler_read_first','Handler_read_prev')")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	sum := 0
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, rows.Err()
}
