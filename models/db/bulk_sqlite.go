package db

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// direct is a connection of SQLite past database/sql, whose driver compiles a
// statement anew for every row: loading so takes a quarter of the time. One
// goroutine uses it at a time.
//
// SQLite gets addresses of memory of Go. All of it hangs on this struct, which
// lives on the heap, where nothing moves and what is reached is kept.
type direct struct {
	tls  *libc.TLS
	db   uintptr
	stmt uintptr
	out  uintptr // where SQLite puts what it opened
	sql  []byte
	text []byte // texts and bytes of the row being bound
}

// openDirect opens a file that exists already. Nothing is synced.
func openDirect(path string) (*direct, error) {
	d := &direct{tls: libc.NewTLS(), text: make([]byte, 1<<12)}
	d.sql = append([]byte(path), 0)
	rc := sqlite3.Xsqlite3_open_v2(d.tls, address(d.sql), uintptr(unsafe.Pointer(&d.out)), sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_NOMUTEX, 0)
	d.db = d.out
	if rc != sqlite3.SQLITE_OK {
		return nil, errors.Join(d.failed(rc), d.close())
	}
	for _, s := range []string{"PRAGMA busy_timeout=10000", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-16384"} {
		if err := d.run(s); err != nil {
			return nil, errors.Join(err, d.close())
		}
	}
	return d, nil
}

func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// failed makes an error of a result code; SQLite names columns, never values.
func (d *direct) failed(rc int32) error {
	return fmt.Errorf("sqlite: %s (%d)", libc.GoString(sqlite3.Xsqlite3_errmsg(d.tls, d.db)), rc)
}

func (d *direct) close() error {
	rc := sqlite3.Xsqlite3_close_v2(d.tls, d.db)
	d.tls.Close()
	if rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("sqlite: close (%d)", rc)
	}
	return nil
}

func (d *direct) run(sql string) error {
	d.sql = append(append(d.sql[:0], sql...), 0)
	rc := sqlite3.Xsqlite3_exec(d.tls, d.db, address(d.sql), 0, 0, 0)
	runtime.KeepAlive(d)
	if rc != sqlite3.SQLITE_OK {
		return d.failed(rc)
	}
	return nil
}

// insert is Insert of Bulk.
func (d *direct) insert(ctx context.Context, table, columns string, rows iter.Seq[[]any]) (err error) {
	width := strings.Count(columns, ",") + 1
	d.sql = append(append(d.sql[:0], "INSERT INTO "+table+" ("+columns+") VALUES "+Rows(1, width)...), 0)
	if rc := sqlite3.Xsqlite3_prepare_v2(d.tls, d.db, address(d.sql), -1, uintptr(unsafe.Pointer(&d.out)), 0); rc != sqlite3.SQLITE_OK {
		return d.failed(rc)
	}
	d.stmt = d.out
	defer func() {
		sqlite3.Xsqlite3_finalize(d.tls, d.stmt)
		if err != nil {
			err = errors.Join(err, d.run("ROLLBACK"))
		}
	}()
	if err := d.run("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := 0
	for row := range rows {
		if len(row) != width {
			return fmt.Errorf("db: %s: a row of %d values for %d columns", table, len(row), width)
		}
		if err := d.row(row); err != nil {
			return err
		}
		if done++; done%commitEvery != 0 {
			continue
		}
		if err := errors.Join(ctx.Err(), d.run("COMMIT"), d.run("BEGIN IMMEDIATE")); err != nil {
			return err
		}
	}
	return d.run("COMMIT")
}

// row binds and inserts one row.
func (d *direct) row(row []any) error {
	size := 1
	for _, value := range row {
		switch v := value.(type) {
		case string:
			size += len(v)
		case []byte:
			size += len(v)
		}
	}
	if size > len(d.text) { // before the first address is taken
		d.text = make([]byte, 2*size)
	}
	at := 0
	for i, value := range row {
		var rc int32
		column, here := int32(i+1), address(d.text)+uintptr(at)
		switch v := value.(type) {
		case nil:
			rc = sqlite3.Xsqlite3_bind_null(d.tls, d.stmt, column)
		case int64:
			rc = sqlite3.Xsqlite3_bind_int64(d.tls, d.stmt, column, v)
		case bool:
			n := int64(0)
			if v {
				n = 1
			}
			rc = sqlite3.Xsqlite3_bind_int64(d.tls, d.stmt, column, n)
		case string:
			at += copy(d.text[at:], v)
			rc = sqlite3.Xsqlite3_bind_text(d.tls, d.stmt, column, here, int32(len(v)), sqlite3.SQLITE_STATIC)
		case []byte:
			at += copy(d.text[at:], v)
			rc = sqlite3.Xsqlite3_bind_blob(d.tls, d.stmt, column, here, int32(len(v)), sqlite3.SQLITE_STATIC)
		default:
			return fmt.Errorf("db: cannot load a %T", value)
		}
		if rc != sqlite3.SQLITE_OK {
			return d.failed(rc)
		}
	}
	rc := sqlite3.Xsqlite3_step(d.tls, d.stmt)
	if rc != sqlite3.SQLITE_DONE {
		return errors.Join(d.failed(rc), d.reset())
	}
	runtime.KeepAlive(d)
	return d.reset()
}

func (d *direct) reset() error {
	if rc := sqlite3.Xsqlite3_reset(d.tls, d.stmt); rc != sqlite3.SQLITE_OK {
		return d.failed(rc)
	}
	return nil
}
