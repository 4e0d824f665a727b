package intake_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/intake"
	"shuke/policies"
)

// left are the files and rows of intakes, but for the folder's name for itself.
func (d *desk) left() (files []string, rows int64) {
	d.t.Helper()
	entries, err := os.ReadDir(d.dir)
	must(d.t, err)
	for _, e := range entries {
		if e.Name() != "place" {
			files = append(files, e.Name())
		}
	}
	return files, d.Count("SELECT COUNT(*) FROM intakes")
}

func TestAFileIsNeverPlainOnTheDisk(t *testing.T) {
	d := newDesk(t)
	const secret = "欧阳娜娜莉"
	id := d.hand("姓名,手机\n" + secret + ",13877776666\n" + strings.Repeat("王小明,13911112222\n", 20000))
	sealed, err := os.ReadFile(filepath.Join(d.dir, id))
	must(t, err)
	for _, plain := range []string{secret, "13877776666", "姓名", "王小明"} {
		if bytes.Contains(sealed, []byte(plain)) {
			t.Errorf("the file holds %s", plain)
		}
	}
	info, err := os.Stat(filepath.Join(d.dir, id))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v", info.Mode())
	}
	if n := d.Count("SELECT COUNT(*) FROM intakes WHERE report LIKE '%娜娜莉%' OR maps LIKE '%娜娜莉%'"); n != 0 {
		t.Error("the row holds a value of the file")
	}
}

func TestASealedFileThatWasTamperedWithDoesNotOpen(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名,手机\n" + strings.Repeat("王小明,13911112222\n", 20000))
	path := filepath.Join(d.dir, id)
	whole, err := os.ReadFile(path)
	must(t, err)
	frame := 5 + int(whole[4]) + int(whole[3])<<8 + int(whole[2])<<16
	if len(whole) < 3*frame {
		t.Fatal("too short for the test")
	}
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	for how, content := range map[string][]byte{
		"a bit is another": flipped, "cut off within a piece": whole[:len(whole)-7], "cut off between pieces": whole[:2*frame],
		"a piece left out": append(append([]byte{}, whole[:frame]...), whole[2*frame:]...), "two pieces the other way round": append(append(append([]byte{}, whole[frame:2*frame]...), whole[:frame]...), whole[2*frame:]...),
		"empty": {},
	} {
		must(t, os.WriteFile(path, content, 0o600))
		must(t, d.Recheck(ctx, d.me, id, d.now(id).Version))
		if in := d.now(id); in.Sound() || in.Failure.Key == "" {
			t.Errorf("%s: it is read all the same", how)
		}
	}
}

func TestAFileThatDoesNotArriveLeavesNothing(t *testing.T) {
	d := newDesk(t)
	intake.SetMost(d.Service, 1<<20)
	keys := func() (n int64) {
		must(t, d.Keys.Read(ctx).Raw("SELECT COUNT(*) FROM data_keys WHERE owner LIKE 'upload:%'").Row().Scan(&n))
		return n
	}
	for how, c := range map[string]struct {
		from io.Reader
		key  string
	}{
		"cut off":   {broken{strings.NewReader("姓名\n王小"), io.ErrUnexpectedEOF}, "import.cut"},
		"too large": {strings.NewReader(strings.Repeat("x", 1<<20+1)), "import.too_large"},
		"empty":     {strings.NewReader(""), "import.file.empty_file"},
	} {
		_, err := d.Receive(ctx, d.me, "a.csv", c.from)
		wants(t, err, fault.Invalid, "file", c.key)
		if files, rows := d.left(); len(files) != 0 || rows != 0 || keys() != 0 {
			t.Errorf("%s: left %v, %d rows, %d keys", how, files, rows, keys())
		}
	}
	if _, err := d.Receive(ctx, d.me, "a.csv", strings.NewReader(strings.Repeat("x", 1<<20))); err != nil {
		t.Errorf("exactly as large as may be: %v", err)
	}
}

func TestAFullDiskIsSaidAndLeavesNothing(t *testing.T) {
	d := newDesk(t)
	intake.FillDisk(d.Service)
	_, err := d.Receive(ctx, d.me, "a.csv", strings.NewReader("姓名\n王小明\n"))
	wants(t, err, fault.Unavailable, "", "import.disk_full")
	if files, rows := d.left(); len(files) != 0 || rows != 0 {
		t.Errorf("left %v, %d rows", files, rows)
	}
}

func TestOnlyCustodiansHandIn(t *testing.T) {
	d := newDesk(t)
	for _, role := range policies.Roles {
		a := d.Actor(role)
		_, err := d.Receive(ctx, a, "a.csv", strings.NewReader("姓名\n王小明\n"))
		if role == policies.Custodian {
			must(t, err)
		} else {
			wants(t, err, fault.Denied, "", "error.denied")
		}
		a.Via = policies.Token
		if _, err := d.Receive(ctx, a, "a.csv", strings.NewReader("x")); !fault.Is(err, fault.Denied) {
			t.Errorf("%s by a token: %v", role, err)
		}
	}
	on := d.me
	on.NoticeOn = on.Today()
	if _, err := d.Receive(ctx, on, "a.csv", strings.NewReader("x")); !fault.Is(err, fault.Denied) {
		t.Errorf("under notice: %v", err)
	}
}

func TestTheFormMakesOneIntakeHoweverOftenItIsSent(t *testing.T) {
	d := newDesk(t)
	var ids []string
	for range 2 {
		draft, err := d.Receive(ctx, d.me, "a.csv", strings.NewReader("姓名\n王小明\n"))
		must(t, err)
		id, err := d.Begin(ctx, d.me, draft, d.settings(), "the-form")
		must(t, err)
		ids = append(ids, id)
	}
	if files, rows := d.left(); ids[0] != ids[1] || len(files) != 1 || rows != 1 {
		t.Errorf("%v, %v, %d rows", ids, files, rows)
	}
}

func TestADraftIsItsPersonsAlone(t *testing.T) {
	d := newDesk(t)
	draft, err := d.Receive(ctx, d.me, `C:\lists\2026\名单.csv`, strings.NewReader("姓名\n王小明\n"))
	must(t, err)
	if name, _, err := d.DraftFile(ctx, d.me, draft); err != nil || name != "名单.csv" {
		t.Errorf("%q, %v", name, err)
	}
	_, err = d.Begin(ctx, d.her, draft, d.settings(), "")
	wants(t, err, fault.NotFound, "", "error.not_found")
	_, err = d.Service.Find(ctx, d.me, draft)
	wants(t, err, fault.NotFound, "", "error.not_found")
	if page, _, err := d.List(ctx, d.me, time.Time{}); err != nil || len(page) != 0 {
		t.Errorf("%d in the register, %v", len(page), err)
	}
	wrong := d.settings()
	wrong.Channel, wrong.Source, wrong.Target, wrong.Mode, wrong.BranchID = "nowhere", " ", "people", "", 99
	_, err = d.Begin(ctx, d.me, draft, wrong, "")
	for _, field := range []string{"channel", "source", "target", "mode", "branch"} {
		var f *fault.Error
		if !errors.As(err, &f) || f.Fields[field].Key == "" {
			t.Errorf("nothing is said of %s: %v", field, err)
		}
	}
	must(t, d.Discard(ctx, d.me, draft))
	if files, rows := d.left(); len(files) != 0 || rows != 0 {
		t.Errorf("left %v, %d rows", files, rows)
	}
}

func TestFilesThatNobodyUsesGoAfterAWeek(t *testing.T) {
	d := newDesk(t)
	id := d.hand("姓名\n王小明\n")
	draft, err := d.Receive(ctx, d.me, "a.csv", strings.NewReader("姓名\n王小明\n"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(d.dir, strings.Repeat("a", 16)+".part"), nil, 0o600))
	d.Clock.Advance(intake.KeptUnused - time.Hour)
	must(t, os.Chtimes(filepath.Join(d.dir, strings.Repeat("a", 16)+".part"), time.Time{}, d.Clock.Now().Add(-time.Hour)))
	must(t, d.Sweep(ctx))
	if files, rows := d.left(); len(files) != 3 || rows != 2 {
		t.Errorf("too early: %v, %d rows", files, rows)
	}
	d.Clock.Advance(24 * time.Hour)
	must(t, d.Sweep(ctx))
	if files, rows := d.left(); len(files) != 0 || rows != 1 {
		t.Errorf("left %v, %d rows", files, rows)
	}
	if in := d.now(id); !in.FileGone || in.Open() {
		t.Errorf("%+v", in)
	}
	wants(t, d.Start(ctx, d.me, id, d.now(id).Version), fault.Gone, "", "import.file_gone")
	if _, err := d.Vault.Key(ctx, "upload:"+draft); !fault.Is(err, fault.Gone) {
		t.Errorf("the key is left: %v", err)
	}
}
