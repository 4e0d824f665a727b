package db

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// Bulk is one connection for loading rows by the million. What it loads is
// thrown away whole when the load is cut short, so it waits for no disk on the
// way and commits where it likes.
type Bulk struct {
	Dialect Dialect
	conn    *sql.Conn
	loads   bool // LOAD DATA LOCAL is allowed by the server
}

// Bulk runs work on a connection of its own. On SQLite nobody else writes
// meanwhile, and when work has succeeded everything is on the disk. The
// connection is closed afterwards and its settings with it.
func (d *DB) Bulk(ctx context.Context, work func(*Bulk) error) (err error) {
	if d.dialect == SQLite {
		select {
		case d.writer <- struct{}{}:
			defer func() { <-d.writer }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	conn, err := d.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() {
		// ErrBadConn makes the pool drop the connection instead of keeping it.
		drop := conn.Raw(func(any) error { return sqldriver.ErrBadConn })
		if !errors.Is(drop, sqldriver.ErrBadConn) {
			err = errors.Join(err, drop)
		}
	}()
	b := &Bulk{Dialect: d.dialect, conn: conn}
	if err := b.begin(ctx); err != nil {
		return err
	}
	if err := work(b); err != nil {
		return err
	}
	return b.settle(ctx)
}

func (b *Bulk) begin(ctx context.Context) error {
	if b.Dialect == MySQL {
		return b.conn.QueryRowContext(ctx, "SELECT @@local_infile").Scan(&b.loads)
	}
	return b.Run(ctx, "PRAGMA synchronous=OFF", "PRAGMA cache_size=-65536", "PRAGMA temp_store=FILE")
}

// settle brings the file of SQLite onto the disk. A checkpoint only syncs the
// file when it has something to write, which the version, set to what it is
// already, sees to.
func (b *Bulk) settle(ctx context.Context) error {
	if b.Dialect == MySQL {
		return nil
	}
	return b.Run(ctx, "PRAGMA synchronous=FULL", "PRAGMA user_version=0", "PRAGMA wal_checkpoint(TRUNCATE)")
}

// Run runs statements one after the other.
func (b *Bulk) Run(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := b.conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// Insert adds rows to a table; columns are separated by commas. A row may be
// used again by its source as soon as it has asked for the next. Values are
// strings, bytes, 64 bit integers, booleans and nil.
func (b *Bulk) Insert(ctx context.Context, table, columns string, rows iter.Seq[[]any]) error {
	if b.loads {
		return b.load(ctx, table, columns, rows)
	}
	return b.insert(ctx, table, columns, rows)
}

// commitEvery is how many rows a transaction takes: enough to make commits
// cheap, few enough to keep the logs of the database short.
const commitEvery = 200_000

// loadable refuses here what LOAD DATA cannot write, so that a load is the same
// on every database.
func loadable(row []any) error {
	for _, value := range row {
		switch value.(type) {
		case nil, int64, bool, string, []byte:
		default:
			return fmt.Errorf("db: cannot load a %T", value)
		}
	}
	return nil
}

// insert is for SQLite, and for servers that refuse LOAD DATA LOCAL.
func (b *Bulk) insert(ctx context.Context, table, columns string, rows iter.Seq[[]any]) (err error) {
	width := strings.Count(columns, ",") + 1
	most := b.Dialect.RowsPerInsert(width)
	insert := "INSERT INTO " + table + " (" + columns + ") VALUES "
	full, err := b.conn.PrepareContext(ctx, insert+Rows(most, width))
	if err != nil {
		return err
	}
	defer full.Close()
	if err := b.Run(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.Run(context.WithoutCancel(ctx), "ROLLBACK"))
		}
	}()
	args := make([]any, 0, most*width)
	done := 0
	for row := range rows {
		if len(row) != width {
			return fmt.Errorf("db: %s: a row of %d values for %d columns", table, len(row), width)
		}
		if err := loadable(row); err != nil {
			return err
		}
		if args = append(args, row...); len(args) < most*width {
			continue
		}
		if _, err := full.ExecContext(ctx, args...); err != nil {
			return err
		}
		args = args[:0]
		if done += most; done >= commitEvery {
			done = 0
			if err := b.Run(ctx, "COMMIT", "BEGIN"); err != nil {
				return err
			}
		}
	}
	if len(args) > 0 {
		if _, err := b.conn.ExecContext(ctx, insert+Rows(len(args)/width, width), args...); err != nil {
			return err
		}
	}
	return b.Run(ctx, "COMMIT")
}

// FillInOrder runs work, which fills an empty table in the order of its primary
// key; its other index is made from all rows at once afterwards.
func (b *Bulk) FillInOrder(ctx context.Context, index string, work func() error) error {
	if b.Dialect == MySQL { // MariaDB sorts for each index of an empty table when nothing is checked
		if err := b.Run(ctx, "SET unique_checks = 0, foreign_key_checks = 0"); err != nil {
			return err
		}
		return errors.Join(work(), b.Run(ctx, "SET unique_checks = 1, foreign_key_checks = 1"))
	}
	var create string
	err := b.conn.QueryRowContext(ctx, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", index).Scan(&create)
	if err != nil {
		return err
	}
	if err := b.Run(ctx, "DROP INDEX "+index); err != nil {
		return err
	}
	if err := work(); err != nil {
		return err
	}
	return b.Run(ctx, create)
}
