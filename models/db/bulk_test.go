package db_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
)

// hard are values that a way of loading may spoil.
var hard = []string{"", "a\tb\nc\\d", `\N`, "NULL", "quote ' and \"", "𠮷野家 · Ōuyáng", "\x00nul", strings.Repeat("long ", 4000)}

func factRows(n int) [][]any {
	rows := make([][]any, n)
	for i := range rows {
		value := any(hard[i%len(hard)])
		sealed := any([]byte{0, 1, '\t', '\n', '\\', 0xff, byte(i)})
		if i%3 == 0 {
			value = nil
		} else {
			sealed = nil
		}
		rows[i] = []any{int64(i), int64(0), int64(1), "hobby", i%2 == 0, value, sealed, "service", int64(3), int64(1), int64(1), int64(1779244200000)}
	}
	return rows
}

const factColumns = "customer_id, state, n, field, none, value, sealed, channel, trust, staff_id, branch_id, recorded_at"

func load(t *testing.T, d *db.DB, rows [][]any, prepare func(*db.Bulk)) error {
	t.Helper()
	return d.Bulk(t.Context(), func(b *db.Bulk) error {
		prepare(b)
		return b.Insert(t.Context(), "facts", factColumns, slices.Values(rows))
	})
}

func TestBulkLoadingSpoilsNoValue(t *testing.T) {
	for how, prepare := range map[string]func(*db.Bulk){"as the server allows": func(*db.Bulk) {}, "by statements": (*db.Bulk).WithoutLoad} {
		t.Run(how, func(t *testing.T) {
			d := modelstest.Open(t).Main
			want := factRows(1000)
			if err := load(t, d, want, prepare); err != nil {
				t.Fatal(err)
			}
			rows, err := d.Pool().QueryContext(t.Context(), "SELECT customer_id, none, value, sealed, recorded_at FROM facts ORDER BY customer_id")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			i := 0
			for ; rows.Next(); i++ {
				var id, at int64
				var none bool
				var value *string
				var sealed []byte
				if err := rows.Scan(&id, &none, &value, &sealed, &at); err != nil {
					t.Fatal(err)
				}
				w := want[i]
				got := []any{id, none, nil, nil, at}
				if value != nil {
					got[2] = *value
				}
				if sealed != nil {
					got[3] = sealed
				}
				if fmt.Sprint(got) != fmt.Sprint([]any{w[0], w[4], w[5], w[6], w[11]}) {
					t.Fatalf("row %d: %q", i, got)
				}
			}
			if rows.Err() != nil || i != len(want) {
				t.Fatalf("%d rows, %v", i, rows.Err())
			}
		})
	}
}

func TestBulkLoadingTellsOfWhatDoesNotFit(t *testing.T) {
	tooShort := factRows(2)
	tooShort[1] = tooShort[1][:3]
	unknown := factRows(2)
	unknown[1][0] = 7 // an int of Go
	missing := factRows(2)
	missing[1][3] = nil
	twice := factRows(2)
	twice[1][0] = twice[0][0]
	for what, rows := range map[string][][]any{"a short row": tooShort, "an unknown type": unknown, "nothing where something must be": missing, "a key twice": twice} {
		for how, prepare := range map[string]func(*db.Bulk){"as the server allows": func(*db.Bulk) {}, "by statements": (*db.Bulk).WithoutLoad} {
			d := modelstest.Open(t).Main
			if load(t, d, rows, prepare) == nil {
				t.Errorf("%s, %s: no error", what, how)
			}
			var after int64
			if err := d.Read(t.Context()).Raw("SELECT 1").Scan(&after).Error; err != nil || after != 1 {
				t.Errorf("%s: the database does not go on: %v", what, err)
			}
		}
	}
}

func TestBulkSettingsEndWithTheLoad(t *testing.T) {
	d := modelstest.Open(t).Main
	var indexes int
	err := d.Bulk(t.Context(), func(b *db.Bulk) error {
		return b.FillInOrder(t.Context(), "customer_keys_by_customer", func() error {
			return b.Insert(t.Context(), "customer_keys", "kind, k, customer_id", slices.Values([][]any{{int64(1), "a", int64(1)}, {int64(1), "b", int64(1)}}))
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.Dialect() == db.MySQL {
		return
	}
	if err := d.Read(t.Context()).Raw("SELECT COUNT(*) FROM sqlite_master WHERE name = 'customer_keys_by_customer'").Scan(&indexes).Error; err != nil || indexes != 1 {
		t.Errorf("the index is gone: %d, %v", indexes, err)
	}
	for range 12 { // whichever connection of the pool it is
		conn, err := d.Pool().Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		var synchronous int
		if err := conn.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&synchronous); err != nil || synchronous != 2 {
			t.Errorf("synchronous is %d, %v", synchronous, err)
		}
	}
}
