package db_test

import (
	"context"
	"errors"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
)

func TestMigratedSchemaIsCurrentAndRepeatable(t *testing.T) {
	d := modelstest.Open(t)
	ctx := context.Background()
	if err := d.Main.CheckSchema(ctx, db.Main); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Main.Migrate(ctx, db.Main); n != 0 || err != nil {
		t.Fatalf("second migration took %d steps, %v", n, err)
	}
}

func TestSequenceNeverGivesAnIdTwice(t *testing.T) {
	d := modelstest.Open(t)
	ctx := context.Background()
	a, b := db.NewSequence(d.Main, "customer", 8), db.NewSequence(d.Main, "customer", 8)
	seen := map[int64]bool{}
	for i := range 40 {
		s := a
		if i%3 == 0 {
			s = b
		}
		first, err := s.Take(ctx, 1+i%5)
		if err != nil {
			t.Fatal(err)
		}
		for id := first; id < first+int64(1+i%5); id++ {
			if seen[id] {
				t.Fatalf("id %d was given twice", id)
			}
			seen[id] = true
		}
	}
}

func TestUpsertMeetsTheExistingRow(t *testing.T) {
	d := modelstest.Open(t)
	ctx := context.Background()
	for range 3 {
		err := d.Main.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run("INSERT INTO recents (branch_id, customer_id, at) VALUES (1, 2, 5)" +
				tx.Dialect.Upsert("branch_id, customer_id", "at = recents.at + new.at"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var at int64
	if err := d.Main.Read(ctx).Raw("SELECT at FROM recents").Scan(&at).Error; err != nil || at != 15 {
		t.Fatalf("at = %d, %v; want 15", at, err)
	}
}

func TestDuplicateKeyIsRecognised(t *testing.T) {
	d := modelstest.Open(t)
	insert := func() error {
		return d.Main.InTx(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Run("INSERT INTO recents (branch_id, customer_id, at) VALUES (7, 7, 7)")
			return err
		})
	}
	if err := insert(); err != nil {
		t.Fatal(err)
	}
	if err := insert(); !db.Duplicate(err) {
		t.Fatalf("want a duplicate, got %v", err)
	}
}

func TestFailedTransactionLeavesNothing(t *testing.T) {
	d := modelstest.Open(t)
	ctx := context.Background()
	stop := errors.New("stop")
	err := d.Main.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("INSERT INTO recents (branch_id, customer_id, at) VALUES (1, 1, 1)"); err != nil {
			return err
		}
		return stop
	})
	var n int
	d.Main.Read(ctx).Raw("SELECT COUNT(*) FROM recents").Scan(&n)
	if !errors.Is(err, stop) || n != 0 {
		t.Fatalf("err %v, %d rows", err, n)
	}
}
