package modelstest

import (
	"context"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/models/arrival"
	"shuke/models/audit"
	"shuke/models/card"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/live"
	"shuke/models/membership"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/models/standing"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// Opening is the moment at which the clock of every House starts: a Sunday
// morning in Shanghai, while it is still Saturday in New York.
var Opening = time.Date(2026, 11, 22, 1, 42, 0, 0, time.UTC)

// The branches of a House.
const (
	Shanghai = "shanghai"
	Hangzhou = "hangzhou"
)

// House is a business with two branches, one person a role, an empty base of
// customers, and every service as the program wires it. Times are fake.
type House struct {
	Databases
	T         testing.TB
	Clock     *clockwork.FakeClock
	KeyDir    string
	Log       *audit.Log
	Guard     *policies.Guard
	Vault     *vault.Vault
	Gate      *disclosure.Gate
	Staff     *staff.Service
	Customers *customer.Service
	Relations *relation.Service
	Uses      *uses.Counter
	Purposes  *purpose.Service
	Cards     *card.Reader
	Hub       *live.Hub
	Standing  *standing.Service
	Members   *membership.Service
	Arrivals  *arrival.Service
	Webhooks  *webhook.Service
	Library   *consent.Library
	Rights    *rights.Service
}

// Hosts are those that a House may send events to: a name that must be public,
// one within the house, and this machine.
var Hosts = webhook.Hosts{
	{Name: "hooks.example.com"}, {Name: "pms.example.net", Port: "8443", Networks: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}},
	{Name: "127.0.0.1", Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}},
}

// NewHouse opens a House on databases of its own; all of it goes when the test
// ends. On SQLite it is a copy of one made once a process.
func NewHouse(t testing.TB) *House {
	t.Helper()
	h := &House{T: t, Clock: clockwork.NewFakeClockAt(Opening), KeyDir: t.TempDir()}
	var err error
	h.Guard, err = policies.NewGuard()
	h.must(err)
	if os.Getenv("SHUKE_TEST_MYSQL") == "" {
		h.copyTemplate()
		return h
	}
	h.Databases = Open(t)
	h.must(vault.CreateKeyset(h.KeyDir))
	h.furnish()
	return h
}

// furnish fills migrated databases.
func (h *House) furnish() {
	h.T.Helper()
	h.wire()
	h.must(h.Customers.InstallCatalogue(context.Background()))
	h.must(h.Library.Install(context.Background()))
	h.found()
}

// Again returns a second instance of the program on the same databases, keyset
// and clock: nothing in memory is shared.
func (h *House) Again() *House {
	h.T.Helper()
	other := &House{T: h.T, Databases: reopened(h.T, h.Databases), Clock: h.Clock, KeyDir: h.KeyDir, Guard: h.Guard}
	other.wire()
	return other
}

func reopened(t testing.TB, d Databases) Databases {
	t.Helper()
	out := Databases{MainAddress: d.MainAddress, KeysAddress: d.KeysAddress}
	var err error
	if out.Main, err = db.Open(context.Background(), d.MainAddress); err != nil {
		t.Fatal(err)
	}
	if out.Keys, err = db.Open(context.Background(), d.KeysAddress); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Main.Close(); out.Keys.Close() })
	return out
}

func (h *House) wire() {
	h.T.Helper()
	c := clock.Of(h.Clock)
	var err error
	h.Vault, err = vault.Open(h.KeyDir, h.Keys, c)
	h.must(err)
	h.Log = audit.NewLog(c)
	h.Gate = disclosure.NewGate(h.Main, h.Log, c)
	h.T.Cleanup(h.Gate.Stop)
	h.Staff = staff.NewService(h.Main, h.Log, h.Guard, c)
	h.Customers = customer.NewService(h.Main, h.Vault, h.Log, h.Gate, h.Guard, c)
	h.Hub = live.NewHub(h.Main, c)
	h.Standing = standing.NewService(h.Main, h.Log, h.Guard, c)
	h.Members = membership.NewService(h.Main, h.Customers, h.Log, h.Guard, c)
	h.Arrivals = arrival.NewService(h.Main, h.Customers, h.Members, h.Log, h.Gate, h.Guard, h.Hub, c)
	h.Relations = relation.NewService(h.Main, h.Vault, h.Log, h.Gate, h.Guard, c, h.Customers)
	h.Webhooks = webhook.NewService(h.Main, h.Vault, h.Log, h.Guard, c, Hosts)
	h.Uses = uses.NewCounter(h.Main, c)
	h.Customers.CountUses(h.Uses)
	h.Purposes, err = purpose.NewService(h.Main, h.Log, h.Guard, c, h.Customers, h.Uses)
	h.must(err)
	h.T.Cleanup(h.Purposes.Stop)
	h.Cards = card.NewReader(h.Main, h.Customers, h.Members, h.Arrivals.Stays(), h.Purposes, h.Gate, h.Guard)
	h.Library = consent.NewLibrary(h.Main, h.Log, h.Guard, c)
	h.Rights = rights.NewService(rights.Deps{DB: h.Main, Vault: h.Vault, Log: h.Log, Gate: h.Gate, Guard: h.Guard, Clock: c, Customers: h.Customers, Library: h.Library, Members: h.Members})
}

func (h *House) must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}
