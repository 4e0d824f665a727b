package rights_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"shuke/models/arrival"
	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/models/stay"
	"shuke/models/vault"
	"shuke/policies"
)

func TestOnlyTwoOfThoseWhoMayEraseDoSo(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	custodian, owner := h.Actor(policies.Custodian), h.Actor(policies.Owner)
	bad := map[string]policies.Actor{}
	for _, role := range policies.Roles {
		if role != policies.Custodian && role != policies.Owner {
			bad[string(role)] = h.Actor(role)
		}
	}
	for name, change := range map[string]func(*policies.Actor){
		"unconfirmed": func(a *policies.Actor) { a.EmploymentConfirmed = false },
		"temporary":   func(a *policies.Actor) { a.Employment = policies.Temporary },
		"intern":      func(a *policies.Actor) { a.Employment = policies.Intern },
		"on notice":   func(a *policies.Actor) { a.NoticeOn = "2026-11-01" },
		"token":       func(a *policies.Actor) { a.Via = policies.Token },
		"command":     func(a *policies.Actor) { a.Via = policies.Command },
		"suspended":   func(a *policies.Actor) { a.Status = policies.Suspended },
	} {
		a := custodian
		change(&a)
		bad[name] = a
	}
	must(t, h.Rights.AskErasure(ctx, custodian, leave(id)))
	other := h.AddGuest("李四")
	for name, a := range bad {
		if err := h.Rights.AskErasure(ctx, a, leave(other)); !fault.Is(err, fault.Denied) {
			t.Errorf("%s asks: %v", name, err)
		}
		if err := h.Rights.ConfirmErasure(ctx, a, id, 1); !fault.Is(err, fault.Denied) {
			t.Errorf("%s confirms: %v", name, err)
		}
		if err := h.Rights.WithdrawErasure(ctx, a, id, 1); !fault.Is(err, fault.Denied) {
			t.Errorf("%s withdraws: %v", name, err)
		}
		if _, err := h.Rights.Erasure(ctx, a, id); !fault.Is(err, fault.Denied) {
			t.Errorf("%s looks: %v", name, err)
		}
		if _, err := h.Rights.Erasures(ctx, a); !fault.Is(err, fault.Denied) {
			t.Errorf("%s lists: %v", name, err)
		}
	}
	if err := h.Rights.ConfirmErasure(ctx, custodian, id, 1); !fault.Is(err, fault.Denied) {
		t.Errorf("the one who asked confirms: %v", err)
	}
	must(t, h.Rights.ConfirmErasure(ctx, owner, id, 1))
	if err := h.Rights.ConfirmErasure(ctx, owner, id, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("confirmed twice: %v", err)
	}
}

func TestDuringTheGraceNobodySeesTheCustomerAndNobodyChangesThem(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("方不同", "phone", "13812349999")
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)))
	cat := h.Catalogue()
	for _, role := range []policies.Role{policies.FrontDesk, policies.Manager, policies.Custodian, policies.Owner} {
		a := h.Actor(role)
		if c, err := h.Cards.Open(ctx, a, cat, id); !fault.Is(err, fault.Denied) || c.Name != "" {
			t.Errorf("%s opens the card: %v", role, err)
		}
		if r, err := h.Customers.LookUp(ctx, a, cat, "9999"); err != nil || len(r.Hits) != 0 || r.Withheld != 1 {
			t.Errorf("%s finds %+v, %v", role, r.Hits, err)
		}
	}
	for what, err := range map[string]error{
		"change":  h.Change(h.Clerk(), id, modelstest.Facts("city", "杭州")...),
		"consent": h.Rights.Record(ctx, h.Clerk(), yes(id, consent.Service)),
		"request": h.Rights.Take(ctx, h.Clerk(), wants(id, rights.Correct, "x")),
	} {
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, p := range consent.Purposes {
		if states(t, h, id).Allows(p, "") {
			t.Errorf("%s is allowed", p)
		}
	}
	e, err := h.Rights.Erasure(ctx, h.Actor(policies.Owner), id)
	if err != nil || !e.Open || e.Confirmed() || e.Mine || e.Proof != "申请书在 3 号柜" || e.Name != "方不同" || !e.DueAt.Equal(h.Clock.Now().Add(30*24*time.Hour)) {
		t.Errorf("%+v, %v", e, err)
	}
	list, err := h.Rights.Erasures(ctx, h.Actor(policies.Owner))
	if err != nil || len(list) != 1 || list[0].PublicID != id {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAWithdrawnErasureLeavesEverythingAsItWas(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("方不同", "phone", "13812349999", "document_kind", "other", "document_no", "E77665544")
	askedAndConfirmed(t, h, id)
	must(t, h.Rights.WithdrawErasure(ctx, h.Actor(policies.Custodian), id, 1))
	if e := h.LastEvent(); e.Action != "erasure.withdrawn" {
		t.Errorf("%+v", e.Event)
	}
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 0 {
		t.Errorf("%+v, %v", swept, err)
	}
	if r, err := h.Customers.LookUp(ctx, h.Clerk(), h.Catalogue(), "E77665544"); err != nil || len(r.Hits) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := h.Rights.WithdrawErasure(ctx, h.Actor(policies.Custodian), id, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v", err)
	}
	// They may ask again.
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)))
	if err := h.Rights.AskErasure(ctx, h.Actor(policies.Owner), leave(id)); !fault.Is(err, fault.Conflict) {
		t.Errorf("asked twice: %v", err)
	}
	if e, _ := h.Rights.Erasure(ctx, h.Actor(policies.Owner), id); e.Erasure.N != 2 {
		t.Errorf("%+v", e.Erasure)
	}
}

func TestNothingIsErasedUnconfirmedOrBeforeItsDay(t *testing.T) {
	h := modelstest.NewHouse(t)
	early, alone := h.AddGuest("王小明"), h.AddGuest("李四")
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(early)))
	must(t, h.Rights.ConfirmErasure(ctx, h.Actor(policies.Owner), early, 1))
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(alone)))
	h.Clock.Advance(consent.GraceOfErasure - time.Second)
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 0 {
		t.Errorf("%+v, %v", swept, err)
	}
	h.Clock.Advance(time.Minute)
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 1 {
		t.Errorf("%+v, %v", swept, err)
	}
	if h.Customer(alone).Name != "李四" {
		t.Error("one confirmed by nobody is gone")
	}
}

// fullOf is a guest of whom every table holds something, with sentinels that
// must be nowhere afterwards.
func fullOf(t *testing.T, h *modelstest.House) string {
	t.Helper()
	id := h.AddGuest("森亭诺", "phone", "13898765432", "document_kind", "other", "document_no", "SENTINEL88", "taboo", "SENTINEL taboo", "city", "旧城", "email", "sentinel@example.org")
	must(t, h.Change(h.Clerk(), id, modelstest.Facts("city", "SENTINEL city")...))
	_, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), id)
	must(t, err)
	d := yes(id, consent.Service)
	d.Proof = "SENTINEL proof"
	must(t, h.Rights.Record(ctx, h.Clerk(), d))
	must(t, h.Rights.Restrict(ctx, h.Clerk(), rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NotPerson, Person: "SENTINEL person", How: consent.Spoken}}))
	must(t, h.Rights.Take(ctx, h.Clerk(), wants(id, rights.Correct, "SENTINEL about")))
	inner := h.Customer(id).ID
	keys, err := h.Vault.Keys(ctx, vault.Customer(inner))
	must(t, err)
	sealed, err := keys[vault.Customer(inner)].Seal("SENTINEL row", "import_rows|1|1")
	must(t, err)
	cat := h.Catalogue()
	_, err = h.Customers.TakeNote(ctx, h.Clerk(), cat, customer.Note{PublicID: id, Words: "SENTINEL 花生过敏，会休克", Area: "allergy_safety", Channel: "service", Consent: "spoken"})
	must(t, err)
	day := h.Clerk().Today()
	stayID, err := h.Arrivals.Book(ctx, h.Clerk(), arrival.Booking{Customer: id, Status: stay.Reserved, ArriveOn: day, DepartOn: h.Clerk().Now.AddDate(0, 0, 2).Format(time.DateOnly), ETA: -1, Adults: 1, Rate: 88_000, Room: "1206",
		GuestName: "SENTINEL 森先生", Party: "SENTINEL party", Note: "SENTINEL stay"})
	must(t, err)
	_, err = h.Arrivals.Prepare(ctx, h.Clerk(), cat, stayID, "SENTINEL by hand", "housekeeping", -1, "")
	must(t, err)
	_, err = h.Relations.Add(ctx, h.Clerk(), cat, relation.Draft{PublicID: id, With: h.AddGuest("李四"), Kind: relation.Friend, Note: "SENTINEL relation", Channel: "service"})
	must(t, err)
	_, _, err = h.Purposes.Tell(ctx, h.Clerk(), cat, purpose.Told{PublicID: id, Field: "hobby", Outcome: purpose.NoAnswer})
	must(t, err)
	h.Run("INSERT INTO import_rows (import_id, n, line, outcome, customer_id, problems, sealed) VALUES (1, 1, 2, 1, ?, '', ?)", inner, sealed)
	h.Run("INSERT INTO import_before (import_id, kind, object_id, n, mark, body) SELECT 1, 2, s.id, 0, 1, ? FROM stays s WHERE s.customer_id = ?", sealed, inner)
	return id
}

var plainSentinels = []string{"SENTINEL", "森亭诺", "13898765432", "98765432", "sentinel@example.org", "sentingnuo", "senting", "旧城"}

func TestErasingForgetsTheCustomerAndLeavesTotalsAndTheRecord(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := fullOf(t, h)
	c := h.Customer(id)
	askedAndConfirmed(t, h, id)
	before := bodies(t, h)
	swept, err := h.Rights.Sweep(ctx)
	if err != nil || swept.Erased != 1 {
		t.Fatalf("%+v, %v", swept, err)
	}
	after := bodies(t, h)
	// Nobody finds them, by any way.
	cat := h.Catalogue()
	if _, err := h.Customers.Find(ctx, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("found by id: %v", err)
	}
	for _, q := range []string{"森亭诺", "sentingnuo", "stn", "5432", "13898765432", "SENTINEL88", "sentinel@example.org"} {
		if r, err := h.Customers.LookUp(ctx, h.Actor(policies.Manager), cat, q); err != nil || len(r.Hits) != 0 || r.Withheld != 0 {
			t.Errorf("%s finds %+v, %v", q, r, err)
		}
	}
	// Totals are right: kind, branch and day stay.
	if n := h.Count("SELECT COUNT(*) FROM customers"); n != 2 {
		t.Errorf("%d customers", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM customers WHERE id = ? AND kind = 1 AND branch_id = ? AND created_at = ? AND name = '' AND phones = ''", c.ID, c.BranchID, c.CreatedAt.UnixMilli()); n != 1 {
		t.Error("the tombstone lacks what totals need")
	}
	// The key is destroyed, and nothing that it opened is left.
	if _, err := h.Vault.Key(ctx, vault.Customer(c.ID)); !errors.Is(err, vault.ErrDestroyed) {
		t.Errorf("the key is there: %v", err)
	}
	// The room was let, for two nights at that rate: the figures of the house stay.
	if n := h.Count("SELECT COUNT(*) FROM stays WHERE customer_id = ? AND rate = 88000 AND room = '1206' AND guest_name = '' AND party = '' AND note = ''", c.ID); n != 1 {
		t.Error("the stay lacks what figures need, or tells whose it was")
	}
	if n := h.Count("SELECT COUNT(*) FROM preparations"); n != 0 {
		t.Error("what was made ready for them is left")
	}
	for _, table := range []string{"facts", "preferences", "stay_totals", "relations", "asked", "customer_keys", "recents", "consents", "restrictions", "audit_salts"} {
		if n := h.Count("SELECT COUNT(*) FROM "+table+" WHERE customer_id = ?", c.ID); n != 0 {
			t.Errorf("%s: %d rows left", table, n)
		}
	}
	for _, query := range []string{"SELECT COUNT(*) FROM consent_events WHERE proof IS NOT NULL", "SELECT COUNT(*) FROM customer_requests WHERE about IS NOT NULL OR reply IS NOT NULL",
		"SELECT COUNT(*) FROM import_rows WHERE sealed IS NOT NULL", "SELECT COUNT(*) FROM import_before", "SELECT COUNT(*) FROM erasures WHERE proof IS NOT NULL"} {
		if n := h.Count(query); n != 0 {
			t.Errorf("%s: %d", query, n)
		}
	}
	// The record stays as it was, byte for byte, and the ledger too.
	if len(after) != len(before)+2 {
		t.Errorf("%d events became %d", len(before), len(after))
	}
	for i := range before {
		if !bytes.Equal(before[i], after[i]) {
			t.Fatalf("event %d changed", i+1)
		}
	}
	for i, want := range []string{"erasure.forgotten", "erasure.key_destroyed"} {
		if e, err := audit.Decode(after[len(before)+i]); err != nil || e.Action != want || e.CustomerID != c.ID || e.Via != string(policies.System) {
			t.Errorf("%+v, %v", e.Event, err)
		}
	}
	if h.Count("SELECT COUNT(*) FROM disclosures WHERE customer_id = ?", c.ID) == 0 {
		t.Error("the ledger lost its lines")
	}
	searched(t, h)
	// Again changes nothing.
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 0 || h.LastEvent().Action != "customer.looked_up" {
		t.Errorf("%+v, %v", swept, err)
	}
}

func bodies(t *testing.T, h *modelstest.House) [][]byte {
	t.Helper()
	var out [][]byte
	must(t, h.Main.Read(ctx).Raw("SELECT body FROM audit_events ORDER BY seq").Scan(&out).Error)
	return out
}

// searched looks into the files of SQLite for what was forgotten: freed pages
// and the log of writes are read as easily as rows.
func searched(t *testing.T, h *modelstest.House) {
	t.Helper()
	for _, address := range []string{h.MainAddress, h.KeysAddress} {
		path, onDisk := strings.CutPrefix(address, "sqlite:")
		if !onDisk {
			continue
		}
		for _, suffix := range []string{"", "-wal"} {
			content, err := os.ReadFile(path + suffix)
			if err != nil {
				continue
			}
			for _, s := range plainSentinels {
				if bytes.Contains(content, []byte(s)) {
					t.Errorf("%s holds %q", suffix, s)
				}
			}
		}
	}
}

func TestWhatRefersToAForgottenCustomerIsNotWrittenAgain(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	c := h.Customer(id)
	askedAndConfirmed(t, h, id)
	if _, err := h.Rights.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"consent": h.Rights.Record(ctx, h.Clerk(), yes(id, consent.Service)),
		"erasure": h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM consents WHERE customer_id = ?", c.ID); n != 0 {
		t.Error("something was written")
	}
}
