package audit_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/modelstest"
)

func noLedger(*db.Tx, []any) error { return nil }

func event(action string) audit.Event {
	return audit.Event{ActorID: 1, Role: "front_desk", Via: "browser", Action: action, Outcome: audit.OK}
}

func stored(t *testing.T, d *db.DB) []audit.Decoded {
	t.Helper()
	var bodies [][]byte
	rows, err := d.Read(context.Background()).Raw("SELECT body FROM audit_events ORDER BY seq").Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, b)
	}
	out := make([]audit.Decoded, len(bodies))
	for i, b := range bodies {
		if out[i], err = audit.Decode(b); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestSequenceHasNoGapsUnderManyRecordersAndRollbacks(t *testing.T) {
	d := modelstest.Open(t).Main
	log := audit.NewLog(clock.Real())
	r := audit.NewRecorder(d, log, noLedger)
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 25 {
				if err := r.Record(context.Background(), event("customer.opened"), nil); err != nil {
					t.Error(err)
				}
				err := d.InTx(context.Background(), func(tx *db.Tx) error {
					if err := log.Append(tx, event("customer.changed")); err != nil {
						return err
					}
					if i%2 == 0 {
						return errors.New("rolled back")
					}
					return nil
				})
				if err != nil && i%2 == 1 {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	r.Stop()
	got := stored(t, d)
	if len(got) != 8*25+8*12 {
		t.Fatalf("%d events", len(got))
	}
	for i, e := range got {
		if e.Seq != int64(i+1) {
			t.Fatalf("event %d has number %d", i+1, e.Seq)
		}
	}
}

func TestEventHoldsCommitmentNotValue(t *testing.T) {
	d := modelstest.Open(t).Main
	log := audit.NewLog(clock.Real())
	e := event("fact.changed")
	e.CustomerID = 5
	e.Commitments = []audit.Commitment{{Name: "new", Value: "SENTINEL-VALUE"}}
	if err := d.InTx(context.Background(), func(tx *db.Tx) error { return log.Append(tx, e) }); err != nil {
		t.Fatal(err)
	}
	got := stored(t, d)[0]
	var salt []byte
	if err := d.Read(context.Background()).Raw("SELECT salt FROM audit_salts WHERE customer_id = 5").Row().Scan(&salt); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(got.Commitments[0].Value), audit.Commit(salt, "new", "SENTINEL-VALUE")) {
		t.Fatal("the commitment does not match the value")
	}
	var body []byte
	d.Read(context.Background()).Raw("SELECT body FROM audit_events").Row().Scan(&body)
	if bytes.Contains(body, []byte("SENTINEL")) {
		t.Fatal("the value stands in the event")
	}
}

func TestNothingIsRecordedAfterStop(t *testing.T) {
	d := modelstest.Open(t).Main
	r := audit.NewRecorder(d, audit.NewLog(clock.Real()), noLedger)
	r.Stop()
	if err := r.Record(context.Background(), event("x.y"), nil); !errors.Is(err, audit.ErrStopped) {
		t.Fatalf("want ErrStopped, got %v", err)
	}
}

func TestDecodeRefusesEveryCutAndAddition(t *testing.T) {
	d := modelstest.Open(t).Main
	log := audit.NewLog(clock.Real())
	e := event("customer.searched")
	e.Details = []audit.Detail{{Name: "b", Value: "2"}, {Name: "a", Value: "1"}}
	if err := d.InTx(context.Background(), func(tx *db.Tx) error { return log.Append(tx, e) }); err != nil {
		t.Fatal(err)
	}
	var body []byte
	d.Read(context.Background()).Raw("SELECT body FROM audit_events").Row().Scan(&body)
	if got, err := audit.Decode(body); err != nil || got.Details[0].Name != "a" {
		t.Fatalf("%+v, %v", got, err)
	}
	for n := range body {
		if _, err := audit.Decode(body[:n]); err == nil {
			t.Fatalf("a body cut to %d bytes was read", n)
		}
	}
	if _, err := audit.Decode(append(bytes.Clone(body), 0)); err == nil {
		t.Fatal("a longer body was read")
	}
}

func TestFailedLedgerFailsTheRecord(t *testing.T) {
	d := modelstest.Open(t).Main
	r := audit.NewRecorder(d, audit.NewLog(clock.Real()), func(*db.Tx, []any) error { return errors.New("no ledger") })
	defer r.Stop()
	if err := r.Record(context.Background(), event("customer.opened"), 1); err == nil {
		t.Fatal("recorded without its ledger")
	}
	if n := len(stored(t, d)); n != 0 {
		t.Fatalf("%d events stayed", n)
	}
}
