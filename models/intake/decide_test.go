package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"shuke/models/fault"
	"shuke/models/intake"
	"shuke/policies"
)

// long is a file with one row more than one custodian takes in alone.
func long() string {
	var b strings.Builder
	b.WriteString("姓名,手机\n")
	for i := range intake.AloneRows + 1 {
		fmt.Fprintf(&b, "%s,139%08d\n", guest(i), i)
	}
	return b.String()
}

// guest is a name that nobody else has.
func guest(i int) string {
	signs := []rune("甲乙丙丁戊己庚辛壬癸")
	out := []rune("王")
	for _, digit := range fmt.Sprint(i) {
		out = append(out, signs[digit-'0'])
	}
	return string(out)
}

func TestALongFileNeedsASecondCustodian(t *testing.T) {
	d := newDesk(t)
	id := d.hand(long())
	in := d.now(id)
	if !in.Sound() || in.Total != intake.AloneRows+1 || !in.NeedsSecond() {
		t.Fatalf("%d rows, sound %v", in.Total, in.Sound())
	}
	wants(t, d.Start(ctx, d.me, id, in.Version), fault.Conflict, "", "import.second_needed")
	must(t, d.Ask(ctx, d.me, id, in.Version))
	in = d.now(id)
	wants(t, d.Approve(ctx, d.me, id, in.Version), fault.Denied, "", "import.same_person")
	wants(t, d.Approve(ctx, d.Actor(policies.Owner), id, in.Version), fault.Denied, "", "error.denied")
	wants(t, d.Approve(ctx, d.her, id, in.Version-1), fault.Conflict, "", "error.stale")
	must(t, d.Approve(ctx, d.her, id, in.Version))
	e := d.LastEvent()
	if e.Action != "import.approved" || e.ActorID != d.her.StaffID || e.Object != id {
		t.Errorf("recorded as %+v", e.Event)
	}
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Done || in.Created != intake.AloneRows+1 || in.ApprovedName == "" {
		t.Errorf("%s, %d made, approved by %q", in.State, in.Created, in.ApprovedName)
	}
}

func TestAShortFileIsTakenInByOne(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名,手机\n王小明,13912348888\n")
	must(t, d.Start(ctx, d.me, id, d.now(id).Version))
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Done || in.Created != 1 || in.ImportID == 0 {
		t.Errorf("%s, %d made: %v", in.State, in.Created, in.Failure)
	}
	if files, _ := d.left(); len(files) != 0 {
		t.Errorf("the file is left: %v", files)
	}
	if d.Count("SELECT COUNT(*) FROM customers") != 1 {
		t.Error("nobody was made")
	}
}

// Who changed the mapping had a hand in it as much as who handed the file in.
func TestWhoChangedTheMappingCannotApproveIt(t *testing.T) {
	d := newDesk(t)
	d.AddPerson("third", policies.Custodian, "hangzhou")
	id := d.hand(long())
	set := d.now(id).Settings
	set.Maps = []string{"2=work_phone"}
	must(t, d.Remap(ctx, d.her, id, d.now(id).Version, set))
	must(t, d.Ask(ctx, d.me, id, d.now(id).Version))
	wants(t, d.Approve(ctx, d.her, id, d.now(id).Version), fault.Denied, "", "import.same_person")
	must(t, d.Approve(ctx, d.ActorOf("third"), id, d.now(id).Version))
}

func TestAChangedMappingVoidsTheApproval(t *testing.T) {
	d := newDesk(t)
	id := d.hand(long())
	must(t, d.Ask(ctx, d.me, id, d.now(id).Version))
	asked := d.now(id)
	set := asked.Settings
	set.Maps = []string{"2=-"}
	must(t, d.Remap(ctx, d.me, id, asked.Version, set))
	in := d.now(id)
	if in.State != intake.Ready || in.AskedBy != 0 || in.Edition != asked.Edition+1 {
		t.Errorf("%s, asked by %d, edition %d", in.State, in.AskedBy, in.Edition)
	}
	wants(t, d.Approve(ctx, d.her, id, in.Version), fault.Conflict, "", "import.past")
	must(t, d.Ask(ctx, d.me, id, in.Version))
	must(t, d.Approve(ctx, d.her, id, d.now(id).Version))
	must(t, d.Cancel(ctx, d.me, id, d.now(id).Version))
	in = d.now(id)
	if in.NeedsSecond() {
		t.Error("the approval of unchanged settings is gone")
	}
	set.Maps = nil
	must(t, d.Remap(ctx, d.me, id, in.Version, set))
	in = d.now(id)
	wants(t, d.Start(ctx, d.me, id, in.Version), fault.Conflict, "", "import.second_needed")
	// Behind the page's back: the job looks for itself.
	d.Run("UPDATE intakes SET state = 'waiting', started_by = ? WHERE id = ?", d.me.StaffID, id)
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Failed || in.Failure.Key != "import.second_needed" {
		t.Errorf("%s %s", in.State, in.Failure.Key)
	}
	if n := d.Count("SELECT COUNT(*) FROM customers"); n != 0 {
		t.Errorf("%d customers were made", n)
	}
}

func TestTheSameSettingsAgainVoidNothing(t *testing.T) {
	d := newDesk(t)
	id := d.hand(long())
	must(t, d.Ask(ctx, d.me, id, d.now(id).Version))
	in := d.now(id)
	must(t, d.Remap(ctx, d.me, id, in.Version, in.Settings))
	if now := d.now(id); now.State != intake.Asking || now.Version != in.Version {
		t.Errorf("%s at %d", now.State, now.Version)
	}
}

func TestADeclinedRequestComesBackWithItsReason(t *testing.T) {
	d := newDesk(t)
	id := d.hand(long())
	must(t, d.Ask(ctx, d.me, id, d.now(id).Version))
	wants(t, d.Decline(ctx, d.her, id, d.now(id).Version, "  "), fault.Invalid, "reason", "error.required")
	wants(t, d.Decline(ctx, d.her, id, d.now(id).Version, strings.Repeat("长", 201)), fault.Invalid, "reason", "error.too_long")
	must(t, d.Decline(ctx, d.her, id, d.now(id).Version, "手机列不对"))
	if in := d.now(id); in.State != intake.Ready || in.Declined != "手机列不对" || in.AskedBy != 0 {
		t.Errorf("%s %q", in.State, in.Declined)
	}
	if e := d.LastEvent(); e.Action != "import.declined" || strings.Contains(fmt.Sprint(e.Event), "手机列") {
		t.Errorf("recorded as %+v", e.Event)
	}
}

func TestAMappingIsRememberedForItsSource(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名,联系,备用\n王小明,13912348888,13912348889\n")
	set := d.now(id).Settings
	set.Maps = []string{"2=phone", "3=-"}
	must(t, d.Remap(ctx, d.me, id, d.now(id).Version, set))
	other := d.hand("姓名,联系\n赵六,13912340001\n")
	if got := d.now(other).Maps; len(got) != 0 {
		t.Errorf("remembered before anything was taken in: %v", got)
	}
	must(t, d.Start(ctx, d.me, id, d.now(id).Version))
	for source, want := range map[string]string{"老系统": "[1=phone 3=-]", "别的": "[]"} {
		next := d.hand("联系,姓名,备用\n13912340002,李四,x\n", func(s *intake.Settings) { s.Source = source })
		in := d.now(next)
		if got := fmt.Sprint(in.Maps); got != want {
			t.Errorf("of %s: %s, not %s", source, got, want)
		}
		known, err := d.IsRemembered(ctx, in)
		if err != nil || known[1] != (source == "老系统") || known[2] {
			t.Errorf("of %s: %v, %v", source, known, err)
		}
	}
}
