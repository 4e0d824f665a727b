package intake_test

import (
	"testing"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/intake"
)

// What a preview showed of customers is not kept once the file is taken in:
// nobody maps it any more, and erasing a person does not reach it.
func TestTheReportOfAFileThatIsTakenInHoldsNoValues(t *testing.T) {
	d := newDesk(t)
	id := d.queued(rows(2))
	intake.WorkAll(d.Service, ctx)
	in := d.now(id)
	if in.State != intake.Done || len(in.Report.First) != 0 || len(in.Report.Columns) == 0 {
		t.Fatalf("%s, %d rows, %d columns", in.State, len(in.Report.First), len(in.Report.Columns))
	}
	for _, c := range in.Report.Columns {
		if len(c.Samples) != 0 {
			t.Errorf("%s: %v", c.Heading, c.Samples)
		}
	}
}

func TestAJobWhoseEndCouldNotBeWrittenIsNotCalledImportedBefore(t *testing.T) {
	d := newDesk(t)
	trigger := "CREATE TRIGGER broken BEFORE UPDATE ON intakes WHEN NEW.state = 'done' BEGIN SELECT RAISE(ABORT, 'disk trouble'); END"
	if d.Main.Dialect() != db.SQLite {
		trigger = "CREATE TRIGGER broken BEFORE UPDATE ON intakes FOR EACH ROW IF NEW.state = 'done' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'disk trouble'; END IF"
	}
	id := d.queued(rows(3))
	d.House.Run(trigger)
	intake.WorkAll(d.Service, ctx)
	d.House.Run("DROP TRIGGER broken")
	intake.WorkAll(d.Service, ctx)
	if in := d.now(id); in.State != intake.Done || in.Already || !in.MayUndo() || in.Created != 3 {
		t.Errorf("%s, already %v, undo %v, %d made", in.State, in.Already, in.MayUndo(), in.Created)
	}
}

func TestARequestForApprovalEndsWithItsFile(t *testing.T) {
	d := newDesk(t)
	id := d.hand(rows(1200))
	for !d.now(id).Checked {
		intake.WorkAll(d.Service, ctx)
	}
	must(t, d.Ask(ctx, d.me, id, d.now(id).Version))
	d.Clock.Advance(intake.KeptUnused + 1e9)
	must(t, d.Sweep(ctx))
	waits, _, err := d.Waits(ctx, d.her)
	must(t, err)
	in := d.now(id)
	if in.State == intake.Asking || waits != 0 {
		t.Errorf("%s, %d wait", in.State, waits)
	}
	if err := d.Approve(ctx, d.her, id, in.Version); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Gone) {
		t.Errorf("approved: %v", err)
	}
}
