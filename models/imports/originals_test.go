package imports

import (
	"context"
	"testing"
	"time"

	"shuke/policies"
)

// Of rows that became nobody's the original is kept a month, then it is gone; that
// there was such a row, and why it was refused, stays.
func TestRefusedOriginalsAreGoneAfterAMonth(t *testing.T) {
	s := openShop(t)
	r := s.run(t, options(file(t, "姓名,手机\n王伟,13810020030\n,13810020031\n")))
	if r.Created != 1 || r.Refused != 1 {
		t.Fatalf("%+v", r)
	}
	sealed := func() int {
		return s.count(t, "SELECT COUNT(*) FROM import_rows WHERE import_id = ? AND sealed IS NOT NULL", r.ImportID)
	}
	sweep := func() {
		t.Helper()
		if err := s.imports.SweepOriginals(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
	if n := sealed(); n != 2 {
		t.Errorf("at once: %d originals", n)
	}
	s.clock.Advance(31 * 24 * time.Hour)
	sweep()
	sweep()
	if n := sealed(); n != 1 {
		t.Errorf("after a month: %d originals", n)
	}
	a := policies.Actor{StaffID: 1, Role: policies.Custodian, Status: policies.Active, Employment: policies.Regular, EmploymentConfirmed: true, Via: policies.Browser, Now: s.clock.Now()}
	var lines []int
	err := s.imports.BadRows(context.Background(), a, r.ImportID, func(row BadRow) error {
		lines = append(lines, row.Line)
		if len(row.Cells) != 0 {
			t.Errorf("line %d still has %v", row.Line, row.Cells)
		}
		return nil
	})
	if err != nil || len(lines) != 1 {
		t.Errorf("%v %v", lines, err)
	}
}

// A file that nobody has taken in yet shows no more of a customer than a page does
// without a reason: not the day they were born either.
func TestAPreviewShowsNoDayOfBirth(t *testing.T) {
	s := openShop(t)
	s.run(t, options(file(t, "姓名,手机,生日,微信\n王伟,13810020030,1992-04-16,weiwei92\n")))
	o := options(file(t, "姓名,手机,生日,微信\n王伟,13810020030,1950-01-01,x\n"))
	o.Key, o.Mode = "phone", Update
	for _, row := range s.preview(t, o, 5).Rows {
		for _, c := range row.Changes {
			if c.Was == "1992-04-16" || c.Is == "1950-01-01" || c.Was == "weiwei92" {
				t.Errorf("%+v", c)
			}
		}
		if len(row.Changes) == 0 {
			t.Error("it says nothing of what would change")
		}
	}
}
