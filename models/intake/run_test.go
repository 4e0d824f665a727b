package intake_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/intake"
)

// rows is a file of so many guests.
func rows(n int) string {
	var b strings.Builder
	b.WriteString("姓名,手机,城市\n")
	for i := range n {
		fmt.Fprintf(&b, "%s,139%08d,杭州\n", guest(i), i)
	}
	return b.String()
}

// approved hands a file in and brings it to the queue.
func (d *desk) queued(content string) string {
	d.t.Helper()
	id := d.hand(content)
	if !d.now(id).NeedsSecond() {
		must(d.t, d.Start(ctx, d.me, id, d.now(id).Version))
		return id
	}
	must(d.t, d.Ask(ctx, d.me, id, d.now(id).Version))
	must(d.t, d.Approve(ctx, d.her, id, d.now(id).Version))
	return id
}

// base is what an import leaves: who is there, and what became of each row.
func (d *desk) base() string {
	return fmt.Sprint(d.Count("SELECT COUNT(*) FROM customers"), d.Count("SELECT COUNT(*) FROM facts"), d.Count("SELECT COUNT(*) FROM import_rows"), d.Count("SELECT COUNT(*) FROM (SELECT n FROM import_rows GROUP BY n HAVING COUNT(*) > 1) AS twice"))
}

// A process that ends in the middle of a job, whenever that is, leaves it to the
// next one, which ends in the same rows.
func TestAJobGoesOnAfterARestart(t *testing.T) {
	const n = 1600
	whole := newDesk(t)
	whole.queued(rows(n))
	whole.work(whole.Service)
	d := newDesk(t)
	id := d.queued(rows(n))
	stops := 0
	for d.now(id).State != intake.Done {
		if stops > 20 {
			t.Fatal("it never ends")
		}
		live, stop := context.WithCancel(ctx)
		h := d.Again()
		s := d.open(h, d.dir)
		before := d.now(id).Rows
		ended := make(chan error, 1)
		go func() { ended <- intake.WorkAll(s, live) }()
		for d.now(id).Rows == before && d.now(id).State != intake.Done {
			select {
			case err := <-ended:
				must(t, err)
				ended <- nil
			default:
			}
		}
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		stops++
		d.Run("UPDATE leases SET until_at = 0") // a killed process leaves it to run out
	}
	if stops < 2 {
		t.Errorf("it was never cut short")
	}
	if got, want := d.base(), whole.base(); got != want {
		t.Errorf("%s after %d stops, %s at once", got, stops, want)
	}
	if in := d.now(id); in.Created != n || in.Rows != n {
		t.Errorf("%d made of %d rows", in.Created, in.Rows)
	}
}

func TestJobsRunOneAfterTheOther(t *testing.T) {
	d := newDesk(t)
	first := d.queued("姓名,手机\n王小明,13912348888\n")
	d.Clock.Advance(time.Second)
	second := d.queued("姓名,手机\n赵小六,13912348889\n")
	d.work(d.Service)
	a, b := d.now(first), d.now(second)
	if a.State != intake.Done || b.State != intake.Done || a.ImportID >= b.ImportID {
		t.Errorf("%s as %d, then %s as %d", a.State, a.ImportID, b.State, b.ImportID)
	}
}

func TestAJobWithoutItsFileFailsAndSaysSo(t *testing.T) {
	d := newDesk(t)
	for key, damage := range map[string]func(path string) error{
		"import.file_gone":       os.Remove,
		"import.file_unreadable": func(path string) error { return os.WriteFile(path, []byte("\x00\x00\x00\x00\x09nonsense!"), 0o600) },
	} {
		id := d.queued("姓名,手机\n王小明,13912348888\n" + key)
		must(t, damage(filepath.Join(d.dir, id)))
		d.work(d.Service)
		if in := d.now(id); in.State != intake.Failed || in.Failure.Key != key {
			t.Errorf("%s: %s %v", key, in.State, in.Failure)
		}
	}
	if n := d.Count("SELECT COUNT(*) FROM customers"); n != 0 {
		t.Errorf("%d customers", n)
	}
}

func TestAWaitingJobIsCancelledAndARunningOneStops(t *testing.T) {
	d := newDesk(t)
	id := d.queued("姓名,手机\n王小明,13912348888\n")
	must(t, d.Cancel(ctx, d.me, id, d.now(id).Version))
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Ready || in.ImportID != 0 {
		t.Errorf("waiting: %s", in.State)
	}
	long := d.queued(rows(1600))
	ended := make(chan error, 1)
	go func() { ended <- intake.WorkAll(d.Service, ctx) }()
	for in := d.now(long); in.Rows == 0; in = d.now(long) {
		if in.State == intake.Failed {
			t.Fatal(in.Failure)
		}
	}
	for { // the runner changes it too
		if err := d.Cancel(ctx, d.me, long, d.now(long).Version); err == nil {
			break
		} else if d.now(long).State != intake.Running {
			t.Fatal(err)
		}
	}
	must(t, <-ended)
	in := d.now(long)
	if in.State != intake.Cancelled || in.Rows == 0 || in.Rows == 1600 {
		t.Fatalf("%s after %d rows", in.State, in.Rows)
	}
	if int64(in.Created) != d.Count("SELECT COUNT(*) FROM customers") {
		t.Errorf("%d made, it says %d", d.Count("SELECT COUNT(*) FROM customers"), in.Created)
	}
	wants(t, d.Remap(ctx, d.me, long, in.Version, in.Settings), fault.Conflict, "", "import.past")
	must(t, d.Start(ctx, d.me, long, in.Version))
	d.work(d.Service)
	if in := d.now(long); in.State != intake.Done || in.Created != 1600 {
		t.Errorf("gone on: %s, %d made", in.State, in.Created)
	}
}

func TestAJobStopsWhenItsPersonMayNoLonger(t *testing.T) {
	d := newDesk(t)
	id := d.queued("姓名,手机\n王小明,13912348888\n")
	d.Run("UPDATE staff SET notice_on = '2026-11-01', last_on = '2026-12-31' WHERE id = ?", d.me.StaffID)
	d.work(d.Service)
	in, err := d.Service.Find(ctx, d.her, id)
	if err != nil || in.State != intake.Failed || in.Failure.Key != "import.not_custodian" {
		t.Errorf("%s %v %v", in.State, in.Failure, err)
	}
	must(t, d.Start(ctx, d.her, id, in.Version))
	d.work(d.Service)
	if in, err := d.Service.Find(ctx, d.her, id); err != nil || in.State != intake.Done || in.StartedBy != d.her.StaffID {
		t.Errorf("%s %v %v", in.State, in.Failure, err)
	}
}

// Files lie with one machine; another leaves its jobs alone and says where it is.
func TestAnotherMachineLeavesTheJobAlone(t *testing.T) {
	d := newDesk(t)
	id := d.queued("姓名,手机\n王小明,13912348888\n")
	other := d.open(d.Again(), t.TempDir())
	d.work(other)
	in, err := other.Find(ctx, d.me, id)
	if err != nil || in.State != intake.Waiting || in.Here {
		t.Errorf("%s, here %v, %v", in.State, in.Here, err)
	}
	shared := d.open(d.Again(), d.dir)
	if intake.Place(shared) != intake.Place(d.Service) {
		t.Error("one folder has two names")
	}
	d.work(shared)
	if in := d.now(id); in.State != intake.Done {
		t.Errorf("%s", in.State)
	}
}

func TestTheRunnerFindsWorkAndEndsWithItsContext(t *testing.T) {
	d := newDesk(t)
	live, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { d.Service.Run(live); close(ended) }()
	id := d.queued("姓名,手机\n王小明,13912348888\n")
	for d.now(id).State != intake.Done {
		if in := d.now(id); in.State == intake.Failed {
			t.Fatal(in.Failure)
		}
	}
	stop()
	<-ended
}
