package intake_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"shuke/models/clock"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/models/lease"
	"shuke/models/modelstest"
	"shuke/models/tabular"
	"shuke/policies"
)

func TestMain(m *testing.M) {
	tabular.ReaderProcess() // files that are handed in are read by this program
	os.Exit(m.Run())
}

// desk is a House that takes files in.
type desk struct {
	*modelstest.House
	*intake.Service
	t   *testing.T
	dir string
	log *bytes.Buffer
	me  policies.Actor // hands files in
	her policies.Actor // another custodian
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{House: modelstest.NewHouse(t), t: t, dir: t.TempDir()}
	d.AddPerson("second", policies.Custodian, modelstest.Shanghai)
	d.me, d.her = d.Actor(policies.Custodian), d.ActorOf("second")
	d.Service = d.open(d.House, d.dir)
	return d
}

// open is an instance of the program on a House, with files in a folder.
func (d *desk) open(h *modelstest.House, dir string) *intake.Service {
	d.t.Helper()
	if d.log == nil {
		d.log = &bytes.Buffer{}
	}
	c, quiet := clock.Of(h.Clock), slog.New(slog.NewTextHandler(d.log, nil))
	s, err := intake.New(intake.Services{DB: h.Main, Vault: h.Vault, Log: h.Log, Gate: h.Gate, Guard: h.Guard, Clock: c, Staff: h.Staff,
		Imports: imports.New(h.Main, h.Vault, h.Log, h.Customers, c), Leases: lease.NewService(h.Main, c, quiet), Errors: quiet}, dir)
	must(d.t, err)
	return s
}

func (d *desk) settings() intake.Settings {
	return intake.Settings{Target: imports.ToCustomers, Mode: imports.Add, Channel: "list", Source: "老系统", BranchID: d.me.BranchID}
}

// hand hands a file in and returns its id.
func (d *desk) hand(content string, change ...func(*intake.Settings)) string {
	d.t.Helper()
	set := d.settings()
	for _, c := range change {
		c(&set)
	}
	id, err := d.Receive(ctx, d.me, "客人名单.csv", strings.NewReader(content))
	must(d.t, err)
	id, err = d.Begin(ctx, d.me, id, set, "")
	must(d.t, err)
	return id
}

// now is an intake as it stands.
func (d *desk) now(id string) intake.Intake {
	d.t.Helper()
	in, err := d.Service.Find(ctx, d.me, id)
	must(d.t, err)
	return in
}

// work lets a runner of the service do all that waits.
func (d *desk) work(s *intake.Service) {
	d.t.Helper()
	must(d.t, intake.WorkAll(s, ctx))
}

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants fails unless an error is a fault of the kind, at the field when one is
// named, with the text.
func wants(t testing.TB, err error, kind fault.Kind, field, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind {
		t.Errorf("%v, not %s %s", err, kind, key)
		return
	}
	got := f.Text.Key
	if field != "" {
		got = f.Fields[field].Key
	}
	if got != key {
		t.Errorf("%s at %q, not %s: %v", got, field, key, err)
	}
}

// broken breaks off after some bytes, as a sender does whose line goes down.
type broken struct {
	io.Reader
	err error
}

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = b.err
	}
	return n, err
}

// Run changes the database behind the program's back.
func (d *desk) Run(query string, args ...any) { d.House.Run(query, args...) }

func write(path, content string) error { return os.WriteFile(path, []byte(content), 0o600) }

var factsOf = modelstest.Facts
