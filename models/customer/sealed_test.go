package customer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/vault"
	"shuke/policies"
)

// files are the bytes of every file beside the databases: the databases
// themselves, write-ahead logs, shared memory. Nil on MariaDB.
func files(t *testing.T, h *modelstest.House) map[string][]byte {
	t.Helper()
	if h.Main.Dialect() != db.SQLite {
		return nil
	}
	out := map[string][]byte{}
	for _, address := range []string{h.MainAddress, h.KeysAddress} {
		list, err := filepath.Glob(strings.TrimPrefix(address, "sqlite:") + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range list {
			if out[path], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

// dump is every value of every table as text.
func dump(t *testing.T, d *db.DB) string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if d.Dialect() == db.MySQL {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	var tables []string
	if err := d.Read(ctx).Raw(query).Scan(&tables).Error; err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		rows, err := d.Pool().Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, refs := make([][]byte, len(columns)), make([]any, len(columns))
			for i := range values {
				refs[i] = &values[i]
			}
			if err := rows.Scan(refs...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				b.Write(v)
				b.WriteByte('\n')
			}
		}
		rows.Close()
	}
	return b.String()
}

const (
	sentinelDocument = "SENTINEL7Q4X9"
	sentinelChild    = "岗哨小宝九七三"
	sentinelHealth   = "sentinel asthma since 1987"
)

// guarded adds a guest with a secret in each kind of sealed field, changes one
// of them, and returns the id.
func guarded(h *modelstest.House) string {
	h.SwitchField("health", true)
	id := h.AddGuest("王小明", "document_kind", "other", "document_no", sentinelDocument, "child_name", sentinelChild, "health", "x "+sentinelHealth, "phone", "13812345678")
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts("health", sentinelHealth)...); err != nil {
		h.T.Fatal(err)
	}
	return id
}

func TestSealedValuesLieNowhereInTheClear(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := guarded(h)
	b := h.Customers.NewBatch(h.Catalogue(), "CN", today)
	checked, problems := b.Check(customer.Individual, modelstest.Facts("name", "李四", "document_kind", "other", "document_no", sentinelDocument+"8", "child_name", sentinelChild), true)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	ref := b.Add(customer.Individual, checked, customer.Provenance{Channel: "list", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
	var original []byte
	b.Keep(ref, "row "+sentinelDocument, "import_rows|1|2", func(_ int64, sealed []byte) { original = sealed })
	if err := b.Write(ctx, nothing); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Cards.Open(ctx, h.Actor(policies.Owner), h.Catalogue(), id); err != nil {
		t.Fatal(err)
	}
	lookUp(t, h, h.Clerk(), sentinelDocument)
	f, _ := h.Fact(id, "document_no.0")
	if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, f.N, "check_in"); err != nil || value != sentinelDocument {
		t.Fatalf("%q, %v", value, err)
	}
	look := func(where string, content []byte) {
		for _, secret := range []string{sentinelDocument, sentinelChild, sentinelHealth} {
			if bytes.Contains(content, []byte(secret)) || bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(secret))) {
				t.Errorf("%s holds %s", where, secret)
			}
		}
	}
	look("the original row", original)
	found := files(t, h)
	if h.Main.Dialect() == db.SQLite && len(found) < 4 {
		t.Errorf("only %d files were read, where are the logs?", len(found))
	}
	for path, content := range found {
		look(filepath.Base(path), content)
	}
	look("the main database", []byte(dump(t, h.Main)))
	look("the database of keys", []byte(dump(t, h.Keys)))
	look("the record", fmt.Appendf(nil, "%+v", h.Events()))
}

func TestRevealIsRecordedBeforeTheValueLeaves(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := guarded(h)
	f, _ := h.Fact(id, "document_no.0")
	field, value, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, f.N, "check_in")
	if err != nil || value != sentinelDocument || field.Key != "document_no" {
		t.Fatalf("%q, %v", value, err)
	}
	e := h.LastEvent()
	if e.Action != "fact.revealed" || e.Reason != "check_in" || e.CustomerID != h.Customer(id).ID || e.ActorID != h.Clerk().StaffID || !strings.Contains(e.Object, "document_no") {
		t.Errorf("recorded as %+v", e)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ? AND customer_id = ?", disclosure.Reveal, h.Customer(id).ID); n != 1 {
		t.Errorf("%d rows in the ledger", n)
	}
	phone, _ := h.Fact(id, "phone.0")
	h.Run("DROP TABLE audit_events")
	for _, n := range []int64{f.N, phone.N} {
		_, value, err = h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, n, "check_in")
		if value != "" || !fault.Is(err, fault.Unavailable) {
			t.Errorf("without a record %q leaves, %v", value, err)
		}
	}
}

func TestRevealNeedsAReasonARoleAndItsOwnCustomer(t *testing.T) {
	h := modelstest.NewHouse(t)
	id, other := guarded(h), h.AddGuest("李四")
	document, _ := h.Fact(id, "document_no.0")
	health, _ := h.Fact(id, "health.0")
	child, _ := h.Fact(id, "child_name.0")
	name, _ := h.Fact(id, "name.0")
	token := h.Clerk()
	token.Via, token.Scopes = policies.Token, policies.EveryScope
	for _, c := range []struct {
		what   string
		a      policies.Actor
		id     string
		n      int64
		reason string
		kind   fault.Kind
	}{
		{"no reason", h.Clerk(), id, document.N, "", fault.Invalid},
		{"a reason of one's own", h.Clerk(), id, document.N, "curious", fault.Invalid},
		{"health by a clerk", h.Clerk(), id, health.N, "check_in", fault.Denied},
		{"health by sales", h.Actor(policies.Sales), id, health.N, "check_in", fault.Denied},
		{"a child by a clerk", h.Clerk(), id, child.N, "check_in", fault.Denied},
		{"a document by sales", h.Actor(policies.Sales), id, document.N, "check_in", fault.Denied},
		{"what is not masked", h.Clerk(), id, name.N, "check_in", fault.Denied},
		{"the floor", h.Actor(policies.Floor), id, document.N, "check_in", fault.Denied},
		{"marketing", h.Actor(policies.Marketing), id, document.N, "check_in", fault.Denied},
		{"the administrator", h.Actor(policies.Admin), id, document.N, "check_in", fault.Denied},
		{"the auditor", h.Actor(policies.Auditor), id, document.N, "check_in", fault.Denied},
		{"a token", token, id, document.N, "check_in", fault.Denied},
		{"another customer's fact", h.Clerk(), other, document.N, "check_in", fault.NotFound},
		{"a number nobody has", h.Clerk(), id, 999, "check_in", fault.NotFound},
	} {
		untouched(t, h, c.what, func() {
			_, value, err := h.Customers.Reveal(ctx, c.a, h.Catalogue(), c.id, c.n, c.reason)
			if value != "" {
				t.Errorf("%s: %q leaves", c.what, value)
			}
			wantKind(t, c.what, err, c.kind)
		})
	}
	if _, value, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, health.N, "safety"); err != nil || value != sentinelHealth {
		t.Errorf("%q, %v", value, err)
	}
}

func TestHistoryIsMaskedLikeTheCard(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := guarded(h)
	if err := h.Change(h.Clerk(), id, modelstest.Facts("phone", "13987654321")...); err != nil {
		t.Fatal(err)
	}
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Manager, policies.Owner} {
		for _, field := range []string{"phone", "health", "document_no", "child_name"} {
			_, list, err := h.Customers.History(ctx, h.Actor(role), h.Catalogue(), id, field, 0, 0)
			if err != nil {
				continue
			}
			if text := fmt.Sprintf("%+v", list); strings.Contains(text, "12345678") || strings.Contains(text, "87654321") || strings.Contains(text, sentinelHealth) {
				t.Errorf("%s reads %s in the clear: %s", role, field, text)
			}
			for _, p := range list {
				if f, _ := h.Catalogue().Field(field); p.Sealed != nil || f.Sealed() && (p.Value != "" || p.Band != "") {
					t.Errorf("%s gets sealed bytes or a band of %s", role, field)
				}
			}
		}
	}
	old := past(t, h, h.Clerk(), id, "phone", 0)[1]
	if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, old.N, "correction"); err != nil || value != "+8613812345678" {
		t.Errorf("a replaced value is revealed as %q, %v", value, err)
	}
}

func TestDestroyedKeyMakesEveryCopyUnreadable(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := guarded(h)
	f, _ := h.Fact(id, "document_no.0")
	var wrapped []byte
	owner := vault.Customer(h.Customer(id).ID)
	if err := h.Keys.Read(ctx).Raw("SELECT wrapped FROM data_keys WHERE owner = ?", owner).Row().Scan(&wrapped); err != nil || len(wrapped) == 0 {
		t.Fatalf("no key of %s: %v", owner, err)
	}
	earlier := copyOf(t, h)
	if err := h.Vault.Destroy(ctx, owner); err != nil {
		t.Fatal(err)
	}
	for name, house := range map[string]*modelstest.House{"the database": h, "an earlier copy": earlier, "another instance": h.Again()} {
		if house == nil {
			continue
		}
		_, value, err := house.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, f.N, "check_in")
		if value != "" || !fault.Is(err, fault.Gone) {
			t.Errorf("%s: %q, %v", name, value, err)
		}
	}
	for path, content := range files(t, h) {
		if bytes.Contains(content, wrapped) || bytes.Contains(content, wrapped[len(wrapped)-24:]) {
			t.Errorf("%s still holds the key", filepath.Base(path))
		}
	}
	if _, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), id); err != nil {
		t.Errorf("the card does not open any more: %v", err)
	}
}

// copyOf is the House on a copy of its main database, with the present database
// of keys. Nil on MariaDB.
func copyOf(t *testing.T, h *modelstest.House) *modelstest.House {
	t.Helper()
	if h.Main.Dialect() != db.SQLite {
		return nil
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := h.Main.Read(ctx).Exec("VACUUM INTO ?", to).Error; err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, "sqlite:"+to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	c := clock.Of(h.Clock)
	log := audit.NewLog(c)
	gate := disclosure.NewGate(d, log, c)
	t.Cleanup(gate.Stop)
	return &modelstest.House{T: t, Customers: customer.NewService(d, h.Vault, log, gate, h.Guard, c)}
}

func TestMovedCiphertextIsRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := guarded(h)
	h.AddGuest("李四", "document_kind", "other", "document_no", "OTHER55555")
	a := h.Actor(policies.Manager)
	document, _ := h.Fact(id, "document_no.0")
	child, _ := h.Fact(id, "child_name.0")
	health, _ := h.Fact(id, "health.0")
	inner := h.Customer(id).ID
	h.Run("UPDATE facts SET sealed = ? WHERE customer_id = ? AND n = ?", child.Sealed, inner, document.N)
	h.Run("UPDATE facts SET sealed = (SELECT o.sealed FROM (SELECT sealed FROM facts WHERE customer_id = ? AND field = 'document_no') AS o) WHERE customer_id = ? AND n = ?", inner+1, inner, health.N)
	for _, n := range []int64{document.N, health.N} {
		if _, value, err := h.Customers.Reveal(ctx, a, h.Catalogue(), id, n, "check_in"); err == nil || value != "" {
			t.Errorf("fact %d opens as %q", n, value)
		}
	}
	h.Run("UPDATE facts SET field = 'document_no' WHERE customer_id = ? AND n = ?", inner, child.N)
	if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, child.N, "check_in"); err == nil || value != "" {
		t.Errorf("a fact moved to a field of wider sight opens as %q", value)
	}
}

func TestDocumentsAreFoundWholeOnly(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "document_kind", "id_card", "document_no", "110101199003070038")
	h.AddGuest("Peter Jones", "document_kind", "passport", "document_no", "E12345678")
	h.AddGuest("李四", "document_kind", "other", "document_no", "7654321")
	for query, name := range map[string]string{
		"110101199003070038": "王小明", " 110101 19900307 0038 ": "王小明", "110101-19900307-0038": "王小明", "１１０１０１１９９００３０７００３８": "王小明",
		"E12345678": "Peter Jones", "e-12345678": "Peter Jones", "7654321": "李四",
	} {
		r, names := lookUp(t, h, h.Clerk(), query)
		if len(names) != 1 || names[0] != name {
			t.Errorf("%q finds %v", query, names)
			continue
		}
		if got := fmt.Sprint(r.Hits[0].Because); got != "[document]" {
			t.Errorf("%q because %s", query, got)
		}
	}
	for _, query := range []string{"11010119900307003", "110101", "10101199003070038", "070038", "19900307", "0038", "E1234567", "12345678", "E1234", "765432", "654321", "4321", "11010119900307003X",
		"110101199003070038%", "e12345678 wang"} {
		if _, names := lookUp(t, h, h.Clerk(), query); len(names) != 0 && !strings.Contains(query, "wang") {
			t.Errorf("%q finds %v", query, names)
		}
	}
}

func TestDuplicateWarningShowsOneAndNeverByDocument(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("王小明", "phone", "13812345678", "email", "ming@example.com", "document_kind", "id_card", "document_no", "110101199003070038", "member_no", "VIP0042", "plate", "沪A12345")
	h.AddGuest("王小明", "phone", "13812345678")
	h.AddGuest("John Smith")
	h.AddGuest("李四", "phone", "+852 9123 4567")
	likely := func(facts ...string) *customer.Hit {
		t.Helper()
		hit, err := h.Customers.Likely(ctx, h.Clerk(), h.Catalogue(), draft(facts...))
		if err != nil {
			t.Fatal(err)
		}
		return hit
	}
	for _, facts := range [][]string{{"name", "王小明"}, {"name", "王小红", "phone", "138 1234 5678"}, {"email", "MING@example.com"}, {"name", "John Smith"}, {"name", "john smith"}} {
		before := len(h.Events())
		if hit := likely(facts...); hit == nil {
			t.Errorf("%v: no warning", facts)
		} else if strings.Contains(text(hit.Phone), "1234567") {
			t.Errorf("the telephone stands unmasked: %s", text(hit.Phone))
		}
		if events := h.Events()[before:]; len(events) != 1 || events[0].Action != "customer.likely_shown" {
			t.Errorf("%v: recorded as %+v", facts, events)
		}
	}
	for _, facts := range [][]string{
		{"document_no", "110101199003070038"},
		{"document_kind", "id_card", "document_no", "110101199003070038"},
		{"name", "赵六", "document_kind", "id_card", "document_no", "110101199003070038"},
		{"name", "110101199003070038"}, {"name", "E110101199003070038"},
		{"name", "王小"}, {"name", "王"}, {"name", "John"}, {"name", "小明"},
		{"phone", "139 1234 5678"}, {"name", "沪A12345"}, {"name", "VIP0042"}, {"name", "ming@example.com"}, {},
	} {
		before := len(h.Events())
		if hit := likely(facts...); hit != nil {
			t.Errorf("%v: warns of %s", facts, text(hit.Name))
		}
		if n := len(h.Events()) - before; n != 0 {
			t.Errorf("%v: nothing shown, yet %d events", facts, n)
		}
	}
	h.AddGuest("赵钱", "phone", "13899998888")
	if hit := likely("phone", "+852 9999 8888"); hit != nil {
		t.Errorf("another's number ends alike and is warned of: %s", text(hit.Name))
	}
	h.AddGuest("孙钱", "phone", "13891234567")
	if hit := likely("phone", "+852 9123 4567"); hit == nil || text(hit.Name) != "李四" {
		t.Errorf("another's number ends alike and is warned of: %+v", hit)
	}
	h.Run("DROP TABLE audit_events")
	if hit, err := h.Customers.Likely(ctx, h.Clerk(), h.Catalogue(), draft("name", "王小明")); hit != nil || err == nil {
		t.Error("shown without a record")
	}
}

func TestRepeatedForeignNumbersAreAllFound(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, name := range []string{"Anna Adams", "Bea Brown"} {
		h.AddGuest(name, "document_kind", "other", "document_no", "5304218")
	}
	if _, names := lookUp(t, h, h.Clerk(), "5304218"); len(names) != 2 {
		t.Errorf("%v", names)
	}
}
