package db_test

import (
	"context"
	"database/sql"
	"strconv"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
)

// compiledSince counts what MariaDB compiled in the session; SQLite does not say.
func compiledSince(t *testing.T, conn *sql.Conn) (n int) {
	t.Helper()
	var name, value string
	if err := conn.QueryRowContext(t.Context(), "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'").Scan(&name, &value); err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStatementIsCompiledOnceAConnection(t *testing.T) {
	d := modelstest.Open(t).Main
	conn, err := d.Pool().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	read := func(x interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}, n int) {
		t.Helper()
		var got int
		if err := x.QueryRowContext(t.Context(), "SELECT ? + 1", n).Scan(&got); err != nil || got != n+1 {
			t.Fatalf("%d + 1 = %d, %v", n, got, err)
		}
	}
	read(conn, 1)
	if d.Dialect() == db.MySQL {
		compiledSince(t, conn) // compiles itself
		before := compiledSince(t, conn)
		defer func() {
			if n := compiledSince(t, conn); n != before {
				t.Errorf("%d statements were compiled anew", n-before)
			}
		}()
	}
	for n := range 5 {
		read(conn, n)
		tx, err := conn.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		read(tx, n)
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
}

// A statement whose rows are still being read is not shared by the next of the
// same text.
func TestStatementInUseIsNotShared(t *testing.T) {
	d := modelstest.Open(t).Main
	if d.Dialect() == db.MySQL {
		t.Skip("its connection reads one answer at a time")
	}
	conn, err := d.Pool().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const query = "SELECT ? UNION ALL SELECT 20 UNION ALL SELECT 30"
	var got []int
	for range 2 { // the second time both are idle, and one is kept
		rows, err := conn.QueryContext(t.Context(), query, 10)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var outer, inner int
			if err := rows.Scan(&outer); err != nil {
				t.Fatal(err)
			}
			if err := conn.QueryRowContext(t.Context(), query, 1).Scan(&inner); err != nil {
				t.Fatal(err)
			}
			got = append(got, outer+inner)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	if len(got) != 6 || got[0] != 11 || got[1] != 21 || got[2] != 31 || got[5] != 31 {
		t.Errorf("%v", got)
	}
}

// Statements made of data, such as lists of odd lengths, do not pile up.
func TestIdleStatementsAreBounded(t *testing.T) {
	d := modelstest.Open(t).Main
	conn, err := d.Pool().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for n := range 1000 {
		var got int
		if err := conn.QueryRowContext(t.Context(), "SELECT ? + "+strconv.Itoa(n), 1).Scan(&got); err != nil || got != n+1 {
			t.Fatal(got, err)
		}
	}
	if n, err := db.Idle(conn); err != nil || n > 300 || n < 100 {
		t.Errorf("%d statements are kept, %v", n, err)
	}
}
