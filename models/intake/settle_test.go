package intake_test

import (
	"fmt"
	"sync"
	"testing"

	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/policies"
)

// Two people press at an import of the command line at once, on two instances of
// the program: both go on with the same row.
func TestTwoWhoSettleAnImportAtOnceGetOneRow(t *testing.T) {
	d := newDesk(t)
	other := d.open(d.House.Again(), d.dir)
	shell := policies.Actor{Via: policies.Command, OSUser: "li", BranchID: d.me.BranchID, Region: "CN", Zone: d.me.Zone, Now: d.Clock.Now()}
	for round := range 10 {
		path := fmt.Sprintf("%s/%d.csv", t.TempDir(), round)
		must(t, write(path, fmt.Sprintf("姓名,手机\n王小明,1391234%04d\n", round)))
		r, err := d.Service.Imports.Run(ctx, imports.Options{Path: path, Channel: "list", Source: "旧系统", OSUser: "li", Actor: shell})
		must(t, err)
		ids, wrong := make([]string, 6), make([]error, 6)
		var ready, done sync.WaitGroup
		ready.Add(len(ids))
		for i := range ids {
			done.Go(func() {
				s := []*intake.Service{d.Service, other}[i%2]
				ready.Done()
				ready.Wait()
				ids[i], wrong[i] = s.Settle(ctx, d.me, fmt.Sprintf("n%d", r.ImportID))
			})
		}
		done.Wait()
		for i, id := range ids {
			if wrong[i] != nil || id != ids[0] || id == "" {
				t.Fatalf("round %d: %q %v", round, ids, wrong)
			}
		}
		if n := d.Count("SELECT COUNT(*) FROM intakes WHERE import_id = ?", r.ImportID); n != 1 {
			t.Fatalf("%d rows", n)
		}
		if in := d.now(ids[0]); in.ImportID != r.ImportID || in.Created != 1 || in.State != intake.Done || in.Source != "旧系统" {
			t.Errorf("%+v", in)
		}
	}
}
