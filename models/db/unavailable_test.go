package db_test

import (
	"errors"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
)

// A disk that is full or a server that is gone is nobody's mistake: people are
// told that nothing was saved.
func TestDatabaseThatCannotWorkIsUnavailable(t *testing.T) {
	d := modelstest.Open(t).Main
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		if tx.Dialect == db.MySQL {
			var id int64
			if err := tx.Raw("SELECT CONNECTION_ID()").Row().Scan(&id); err != nil {
				return err
			}
			if err := d.Read(t.Context()).Exec("KILL CONNECTION ?", id).Error; err != nil {
				return err
			}
		} else if _, err := tx.Run("PRAGMA max_page_count = 1"); err != nil { // the file is as large as it may be
			return err
		}
		_, err := tx.Run("INSERT INTO idempotency (staff_id, k, request, answer, created_at) VALUES (1, 'k', ?, '', 0)", strings.Repeat("x", 1<<20))
		return err
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

func TestOtherFailuresStayWhatTheyAre(t *testing.T) {
	d := modelstest.Open(t).Main
	own := fault.New(fault.Conflict, "error.stale")
	if err := d.InTx(t.Context(), func(*db.Tx) error { return own }); !errors.Is(err, own) {
		t.Errorf("%v", err)
	}
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Run("INSERT INTO no_such_table (v) VALUES (1)")
		return err
	})
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Errorf("%v", err)
	}
}
