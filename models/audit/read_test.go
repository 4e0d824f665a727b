package audit_test

import (
	"context"
	"testing"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/modelstest"
)

func TestPageWalksTheRecordDownwards(t *testing.T) {
	d := modelstest.Open(t).Main
	ctx := context.Background()
	log := audit.NewLog(clock.Real())
	var events []audit.Event
	for _, action := range []string{"staff.added", "customer.opened", "customers.imported", "customer.changed", "staff.changed", "stafg.none", "field.switched"} {
		events = append(events, event(action))
	}
	if err := d.InTx(ctx, func(tx *db.Tx) error { return log.Append(tx, events...) }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		before  int64
		subject string
		limit   int
		want    []int64
		next    int64
	}{
		{"the newest first", 0, "", 3, []int64{7, 6, 5}, 5},
		{"goes on before a number", 5, "", 3, []int64{4, 3, 2}, 2},
		{"the last page says so", 2, "", 3, []int64{1}, 0},
		{"a page that ends with the first event is the last", 4, "", 3, []int64{3, 2, 1}, 0},
		{"one subject and no other", 0, "staff", 10, []int64{5, 1}, 0},
		{"a subject takes its plural along", 0, "customer", 2, []int64{4, 3}, 3},
		{"a subject nobody touched", 0, "branch", 10, nil, 0},
		{"beyond the first event there is nothing", 1, "", 3, nil, 0},
	} {
		got, next, err := audit.NewReader(d).Page(ctx, c.before, c.subject, c.limit)
		if err != nil || next != c.next || len(got) != len(c.want) {
			t.Errorf("%s: %d events, next %d, %v", c.name, len(got), next, err)
			continue
		}
		for i, e := range got {
			if e.Seq != c.want[i] || e.Broken || e.At.IsZero() {
				t.Errorf("%s: event %d is %+v", c.name, i, e)
			}
		}
	}
}

func TestABrokenEventHidesNoOther(t *testing.T) {
	d := modelstest.Open(t).Main
	ctx := context.Background()
	log := audit.NewLog(clock.Real())
	err := d.InTx(ctx, func(tx *db.Tx) error {
		if err := log.Append(tx, event("staff.added"), event("staff.changed"), event("staff.confirmed")); err != nil {
			return err
		}
		if _, err := tx.Run("UPDATE audit_events SET body = ? WHERE seq = 2", []byte{1, 2}); err != nil {
			return err
		}
		// A whole body at another's place is as false as a damaged one.
		_, err := tx.Run("UPDATE audit_events SET body = (SELECT body FROM (SELECT body FROM audit_events WHERE seq = 1) AS first) WHERE seq = 3")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := audit.NewReader(d).Page(ctx, 0, "", 10)
	if err != nil || len(got) != 3 {
		t.Fatal(got, err)
	}
	for i, broken := range []bool{true, true, false} {
		if got[i].Broken != broken || got[i].Seq != int64(3-i) {
			t.Errorf("event %d: %+v", got[i].Seq, got[i])
		}
	}
}

func TestNamesComeFromTheBodyAndNotFromColumnsBesideIt(t *testing.T) {
	d := modelstest.Open(t).Main
	ctx := context.Background()
	log := audit.NewLog(clock.Real())
	err := d.InTx(ctx, func(tx *db.Tx) error {
		for _, q := range []string{
			"INSERT INTO branches (id, code, name_zh, name_en, time_zone, region, created_at) VALUES (1, 'wl', '西湖店', 'West Lake', 'Asia/Shanghai', 'CN', 0)",
			"INSERT INTO staff (id, login, name, role, branch_id, status, employment, hired_on, password_hash, created_at) VALUES (1, 'lin', '林', 'front_desk', 1, 'active', 'regular', '2020-01-01', '', 0), (2, 'gu', '顾', 'service', 1, 'active', 'regular', '2020-01-01', '', 0)",
		} {
			if _, err := tx.Run(q); err != nil {
				return err
			}
		}
		if err := log.Append(tx, event("staff.changed")); err != nil {
			return err
		}
		_, err := tx.Run("UPDATE audit_events SET actor_id = 2")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := audit.NewReader(d).Page(ctx, 0, "", 10)
	if err != nil || len(got) != 1 || got[0].ActorLogin != "lin" || got[0].ActorName != "林" {
		t.Fatal(got, err)
	}
}
