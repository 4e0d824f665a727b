package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/policies"
)

func TestAnImportIsTakenBackInTheBackground(t *testing.T) {
	d := newDesk(t)
	id := d.queued("姓名,手机\n王小明,13912348888\n赵小六,13912348889\n")
	d.work(d.Service)
	_, err := d.AskUndo(ctx, d.her, id, d.now(id).Version, " ")
	wants(t, err, fault.Invalid, "reason", "error.required")
	obstacles, err := d.AskUndo(ctx, d.her, id, d.now(id).Version, "名单不对")
	must(t, err)
	if len(obstacles) != 0 || d.now(id).State != intake.Undoing || d.Count("SELECT COUNT(*) FROM customers") != 2 {
		t.Errorf("%v, %s", obstacles, d.now(id).State)
	}
	// Another process does it: the file is not needed.
	d.work(d.open(d.Again(), t.TempDir()))
	in := d.now(id)
	if in.State != intake.Undone || in.UndoName == "" || in.UndoReason != "名单不对" || in.TakenBack.Customers != 2 || in.MayUndo() {
		t.Errorf("%s by %q, %+v", in.State, in.UndoName, in.TakenBack)
	}
	if n := d.Count("SELECT COUNT(*) FROM customers"); n != 0 {
		t.Errorf("%d customers are left", n)
	}
}

func TestWhatStandsInTheWayOfTakingBackIsTold(t *testing.T) {
	d := newDesk(t)
	id := d.queued("姓名,手机\n王小明,13912348888\n")
	d.work(d.Service)
	var guest string
	must(t, d.Main.Read(ctx).Raw("SELECT public_id FROM customers").Row().Scan(&guest))
	d.Clock.Advance(time.Minute)
	must(t, d.Change(d.Clerk(), guest, factsOf("city", "苏州")...))
	obstacles, err := d.AskUndo(ctx, d.me, id, d.now(id).Version, "名单不对")
	if !errors.Is(err, intake.ErrObstacles) || len(obstacles) != 1 || obstacles[0].PublicID != guest {
		t.Fatalf("%v, %v", obstacles, err)
	}
	if in := d.now(id); in.State != intake.Done {
		t.Errorf("%s", in.State)
	}
	// What comes in the way after the request is found when it is done.
	d.Run("UPDATE intakes SET state = 'undoing', undo_from = 'done', undo_by = ?, undo_reason = 'x' WHERE id = ?", d.me.StaffID, id)
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Done || in.Failure.Key == "" {
		t.Errorf("%s %v", in.State, in.Failure)
	}
}

func TestTheSameFileAgainChangesNothingAndIsNotTakenBack(t *testing.T) {
	d := newDesk(t)
	const content = "姓名,手机\n王小明,13912348888\n"
	first := d.queued(content)
	d.work(d.Service)
	second := d.hand(content)
	if in := d.now(second); !in.Report.Already {
		t.Error("the preview does not say that it was imported before")
	}
	must(t, d.Start(ctx, d.me, second, d.now(second).Version))
	d.work(d.Service)
	if in := d.now(second); in.State != intake.Done || !in.Already || in.MayUndo() || !d.now(first).MayUndo() {
		t.Errorf("%s, already %v", in.State, in.Already)
	}
	if n := d.Count("SELECT COUNT(*) FROM customers"); n != 1 {
		t.Errorf("%d customers", n)
	}
}

func TestTheRegisterShowsWhatTheCommandLineTookIn(t *testing.T) {
	d := newDesk(t)
	shell := policies.Actor{Via: policies.Command, OSUser: "li", BranchID: d.me.BranchID, Region: "CN", Zone: d.me.Zone, Now: d.Clock.Now()}
	path := t.TempDir() + "/旧.csv"
	must(t, write(path, "姓名,手机\n王小明,13912348888\n"))
	r, err := d.Service.Imports.Run(ctx, imports.Options{Path: path, Channel: "list", Source: "旧系统", OSUser: "li", Actor: shell})
	must(t, err)
	d.Clock.Advance(time.Minute)
	d.hand("姓名\n赵小六\n")
	page, more, err := d.List(ctx, d.me, time.Time{})
	must(t, err)
	if len(page) != 2 || more || page[0].Source != "老系统" || page[1].Source != "旧系统" || page[1].OSUser != "li" || page[1].State != intake.Done {
		t.Fatalf("%+v", page)
	}
	id := fmt.Sprintf("n%d", r.ImportID)
	if page[1].ID != id {
		t.Errorf("%s, not %s", page[1].ID, id)
	}
	own, err := d.Settle(ctx, d.me, id)
	must(t, err)
	if again, err := d.Settle(ctx, d.me, id); err != nil || again != own {
		t.Errorf("%s, then %s, %v", own, again, err)
	}
	if page, _, err = d.List(ctx, d.me, time.Time{}); err != nil || len(page) != 2 {
		t.Errorf("%d in the register, %v", len(page), err)
	}
	_, err = d.AskUndo(ctx, d.me, own, d.now(own).Version, "旧的")
	must(t, err)
	d.work(d.Service)
	if in := d.now(id); in.State != intake.Undone {
		t.Errorf("%s", in.State)
	}
	for _, no := range []string{"n0", "n01", "n-1", "n999", "nx", "", "0123456789abcdef"} {
		if _, err := d.Service.Find(ctx, d.me, no); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", no, err)
		}
	}
}

func TestPagesOfTheRegisterFollowOneAnother(t *testing.T) {
	d := newDesk(t)
	for i := range intake.PageRows + 5 {
		d.Run("INSERT INTO intakes (id, state, staff_id, created_at, used_at, place, file_name, file_bytes, file_hash, maps, failed) VALUES (?,'done',?,?,0,'','a.csv',1,'x','[]','')", fmt.Sprintf("%016x", i), d.me.StaffID, 1000+i)
	}
	first, more, err := d.List(ctx, d.me, time.Time{})
	if err != nil || len(first) != intake.PageRows || !more {
		t.Fatalf("%d, more %v, %v", len(first), more, err)
	}
	rest, more, err := d.List(ctx, d.me, first[len(first)-1].CreatedAt)
	if err != nil || len(rest) != 5 || more {
		t.Errorf("%d, more %v, %v", len(rest), more, err)
	}
}

func TestScansAreKeptSealedAndOnlyOfTheKindsThatAre(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名\n王小明\n")
	content := "%PDF-1.7 " + strings.Repeat("欧阳娜娜莉", 60000)
	must(t, d.AddScan(ctx, d.me, id, "欧阳娜娜莉登记.pdf", strings.NewReader(content)))
	for name, c := range map[string]struct{ content, key string }{
		"page": {"<html><script>", "import.scan_kind"}, "svg": {"<svg xmlns=", "import.scan_kind"}, "gif": {"GIF89a", "import.scan_kind"},
		"empty": {"", "import.scan_kind"}, "large": {"%PDF-" + strings.Repeat("x", intake.MostScanBytes), "import.scan_large"},
	} {
		wants(t, d.AddScan(ctx, d.me, id, name, strings.NewReader(c.content)), fault.Invalid, "scans", c.key)
	}
	for _, query := range []string{"SELECT name FROM intake_scans", "SELECT sealed FROM intake_pieces"} {
		rows, err := d.Main.Read(ctx).Raw(query).Rows()
		must(t, err)
		for rows.Next() {
			var raw []byte
			must(t, rows.Scan(&raw))
			if bytes.Contains(raw, []byte("娜娜莉")) || bytes.Contains(raw, []byte("%PDF")) {
				t.Errorf("plain: %s", query)
			}
		}
		must(t, rows.Close())
	}
	all, err := d.Scans(ctx, d.her, id)
	must(t, err)
	if len(all) != 1 || all[0].Name != "欧阳娜娜莉登记.pdf" || all[0].Kind != "pdf" {
		t.Fatalf("%+v", all)
	}
	_, back, err := d.OpenScan(ctx, d.her, id, all[0].ID)
	if err != nil || string(back) != content {
		t.Errorf("%d of %d bytes, %v", len(back), len(content), err)
	}
	if e := d.LastEvent(); e.Action != "import.scan_opened" || e.ActorID != d.her.StaffID {
		t.Errorf("recorded as %+v", e.Event)
	}
	if _, _, err := d.OpenScan(ctx, d.Actor(policies.Owner), id, all[0].ID); !fault.Is(err, fault.Denied) {
		t.Errorf("the owner opens it: %v", err)
	}
	for i := 1; i < intake.MostScans; i++ {
		must(t, d.AddScan(ctx, d.me, id, "a.png", strings.NewReader("\x89PNG\r\n\x1a\n")))
	}
	wants(t, d.AddScan(ctx, d.me, id, "a.png", strings.NewReader("\x89PNG\r\n\x1a\n")), fault.Invalid, "scans", "import.scan_many")
}
