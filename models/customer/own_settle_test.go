package customer_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

const sentinelOwn = "sentinel-own-value-4471"

func raise(d *customer.OwnDraft) { d.Sensitivity = "sensitive" }

// nowhere looks for a text in every table, every file of SQLite and the record.
func nowhere(t *testing.T, h *modelstest.House, what, text string) {
	t.Helper()
	look := func(where string, content []byte) {
		if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(text))) {
			t.Errorf("%s: %s holds it", what, where)
		}
	}
	for path, content := range files(t, h) {
		look(filepath.Base(path), content)
	}
	look("the main database", []byte(dump(t, h.Main)))
	look("the database of keys", []byte(dump(t, h.Keys)))
	look("the record", fmt.Appendf(nil, "%+v", h.Events()))
}

func TestASensitiveOwnValueLiesNowhereInTheClear(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf(raise, func(d *customer.OwnDraft) { d.ImportKey = true }))
	id := h.AddGuest("王小明", key, sentinelOwn)
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts(key, sentinelOwn+"b")...); err != nil {
		t.Fatal(err)
	}
	lookUp(t, h, h.Clerk(), sentinelOwn)
	nowhere(t, h, "sealed from the beginning", sentinelOwn)
	h.AddGuest("李四", "hobby", "plain-sentinel") // the search does find what is there
	if !strings.Contains(dump(t, h.Main), "plain-sentinel") {
		t.Error("the search finds nothing")
	}
}

// What was stored before a field became sensitive is sealed, in force or not,
// and leaves neither table nor file.
func TestValuesAreSealedWhenAFieldBecomesSensitive(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf(func(d *customer.OwnDraft) { d.Several, d.NoneAllowed, d.Band, d.Group = true, true, "region", "basic" }))
	id := h.AddGuest("王小明", key, sentinelOwn, key+".1", sentinelOwn+"-b")
	none := h.AddGuest("李四", key, "-")
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts(key, sentinelOwn+"-c")...); err != nil {
		t.Fatal(err)
	}
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { raise(d); d.Band = "" }); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE field = ? AND (value IS NOT NULL OR band <> '')", key); n != 0 {
		t.Errorf("%d values are not sealed", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE field = ? AND sealed IS NOT NULL", key); n != 3 {
		t.Errorf("%d values are sealed", n)
	}
	nowhere(t, h, "raised", sentinelOwn)
	f, _ := h.Catalogue().Field(key)
	if f.Settling() {
		t.Error("the work is not done")
	}
	if e := h.LastEvent(); e.Action != "field.settled" || e.Object != key || e.Via != "system" || detail(e, "values") != "3" {
		t.Errorf("%+v", e.Event)
	}
	for slot, want := range map[string]string{key + ".0": sentinelOwn + "-c", key + ".1": sentinelOwn + "-b"} {
		fact, _ := h.Fact(id, slot)
		if _, value, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, fact.N, "correction"); err != nil || value != want {
			t.Errorf("%s: %q, %v", slot, value, err)
		}
	}
	_, history, err := h.Customers.History(ctx, h.Actor(policies.Manager), h.Catalogue(), id, key, 0, 0)
	if err != nil || len(history) != 2 {
		t.Fatalf("%d versions, %v", len(history), err)
	}
	if _, value, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, history[1].N, "correction"); err != nil || value != sentinelOwn {
		t.Errorf("what was replaced: %q, %v", value, err)
	}
	if fact, _ := h.Fact(none, key+".0"); !fact.None || fact.Sealed != nil {
		t.Errorf("none became %+v", fact)
	}
	if err := h.Change(h.Actor(policies.Manager), id, customer.Value{Field: key, Item: 1, Remove: true}); err != nil {
		t.Errorf("a sealed value cannot be taken away: %v", err)
	}
}

// Until the work is done the definition masks: nothing shows in the clear from
// the first moment on.
func TestValuesAreMaskedBeforeTheyAreSealed(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf(raise))
	id := h.AddGuest("王小明", key, "x")
	fact, _ := h.Fact(id, key+".0")
	h.Run("UPDATE facts SET value = ?, sealed = NULL WHERE field = ?", sentinelOwn, key) // as it stands between the change and the work
	h.Run("UPDATE fields SET work_from = 0 WHERE k = ?", key)
	h.Run("UPDATE fields_head SET version = version + 1")
	if f, _ := h.Catalogue().Field(key); !f.Settling() {
		t.Error("the field does not say that work is left")
	}
	for _, role := range []policies.Role{policies.FrontDesk, policies.Manager, policies.Owner} {
		c, err := h.Cards.Open(ctx, h.Actor(role), h.Catalogue(), id)
		if err != nil || strings.Contains(fmt.Sprintf("%+v", c), sentinelOwn) {
			t.Errorf("%s: the card shows it, %v", role, err)
		}
		_, list, err := h.Customers.History(ctx, h.Actor(role), h.Catalogue(), id, key, 0, 0)
		if err != nil || strings.Contains(fmt.Sprintf("%+v", list), sentinelOwn) {
			t.Errorf("%s: the history shows it, %v", role, err)
		}
	}
	if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), id, fact.N, "check_in"); err != nil || value != sentinelOwn {
		t.Errorf("revealed as %q, %v", value, err)
	}
	if left, err := h.Customers.Settle(ctx, 0); left || err != nil {
		t.Fatal(left, err)
	}
	if sealed, _ := h.Fact(id, key+".0"); sealed.Sealed == nil || sealed.Value != "" {
		t.Errorf("%+v", sealed)
	}
}

// Whoever read the catalogue before a change writes nothing by it: not a form,
// not a new customer, not a file, not the API.
func TestNothingIsWrittenByADefinitionThatWasOvertaken(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	id := h.AddGuest("王小明")
	old, a := h.Catalogue(), h.Actor(policies.Manager)
	batch := h.Customers.NewBatch(old, "CN", today)
	said, problems := batch.Check(customer.Individual, modelstest.Facts("name", "李四", key, sentinelOwn), true)
	joining, _ := batch.Check(customer.Individual, modelstest.Facts(key, sentinelOwn), false)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	from := customer.Provenance{Channel: "list", StaffID: 1, BranchID: 1, At: h.Clock.Now()}
	batch.Add(customer.Individual, said, from)
	known := h.Customers.NewBatch(old, "CN", today)
	known.JoinKnown(h.Customer(id).ID, joining, from)
	if err := h.EditOwn(key, raise); err != nil {
		t.Fatal(err)
	}
	untouched(t, h, "overtaken", func() {
		err := h.Customers.Edit(ctx, a, old, customer.Edit{PublicID: id, Values: modelstest.Facts(key, sentinelOwn), Channel: "service", Version: 1})
		wantKind(t, "edit", err, fault.Conflict)
		if slots(err)[""] != "field.overtaken" {
			t.Errorf("%v", err)
		}
		_, err = h.Customers.Create(ctx, a, old, draft("name", "赵六", key, sentinelOwn))
		wantKind(t, "create", err, fault.Conflict)
		wantKind(t, "batch", batch.Write(ctx, nothing), fault.Conflict)
		wantKind(t, "joining batch", known.Write(ctx, nothing), fault.Conflict)
	})
	nowhere(t, h, "overtaken", sentinelOwn)
	// Other fields of the same old catalogue are written as before.
	if err := h.Customers.Edit(ctx, a, old, customer.Edit{PublicID: id, Values: modelstest.Facts("hobby", "围棋"), Channel: "service", Version: 1}); err != nil {
		t.Error(err)
	}
	unused := h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar"))
	old = h.Catalogue()
	if err := h.Customers.DeleteOwnField(ctx, h.Actor(policies.Owner), unused, editionOf(h, unused)); err != nil {
		t.Fatal(err)
	}
	_, err := h.Customers.Create(ctx, a, old, draft("name", "赵六", unused, "x"))
	wantKind(t, "a field that is gone", err, fault.Conflict)
	// A change of words alone overtakes nobody.
	old = h.Catalogue()
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.HelpZH, d.HelpEN = "写全名。", "The full name." }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Customers.Create(ctx, a, old, draft("name", "赵六", key, "x")); err != nil {
		t.Error(err)
	}
}

// Clerks write while the field is raised by one of two instances: whoever comes
// late is told so, and in the end nothing stands in the clear.
func TestNoValueSlipsPastTheSealing(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	instances := []*modelstest.House{h, h.Again()}
	a, custodian := h.Actor(policies.Manager), h.Actor(policies.Custodian)
	f, _ := h.Catalogue().Field(key)
	d := customer.DraftOf(f.Field)
	raise(&d)
	const writers, each = 4, 15
	errs := make(chan error, writers*each+1)
	var all sync.WaitGroup
	for w := range writers {
		all.Add(1)
		go func() {
			defer all.Done()
			in := instances[w%2].Customers
			for i := range each {
				if i == each/2 && w == 0 {
					errs <- h.Customers.EditOwnField(ctx, custodian, key, d, f.Edition)
				}
				cat, err := in.CurrentCatalogue(ctx)
				if err == nil {
					_, err = in.Create(ctx, a, cat, draft("name", "王小明", key, fmt.Sprintf("%s-%d-%d", sentinelOwn, w, i)))
				}
				if err != nil && slots(err)[""] != "field.overtaken" {
					errs <- err
				}
			}
		}()
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	for _, in := range instances {
		if left, err := in.Customers.Settle(ctx, 0); left || err != nil {
			t.Fatal(left, err)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE field = ? AND (sealed IS NULL OR value IS NOT NULL)", key); n != 0 {
		t.Errorf("%d values stand in the clear", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE field = ? AND sealed IS NOT NULL", key); n < writers*each/2 {
		t.Errorf("only %d values were written", n)
	}
}

// A large base is worked through in steps, by several instances, and from where
// an earlier one stopped.
func TestTheWorkGoesOnWhereItStopped(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	const people = 1300
	b := h.Customers.NewBatch(h.Catalogue(), "CN", today)
	for i := range people {
		said, problems := b.Check(customer.Individual, modelstest.Facts("name", "王小明", key, fmt.Sprintf("%s-%d", sentinelOwn, i)), true)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		b.Add(customer.Individual, said, customer.Provenance{Channel: "list", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
	}
	if err := b.Write(ctx, nothing); err != nil {
		t.Fatal(err)
	}
	// What a request that was cut off leaves: the definition, and the work.
	h.Run("UPDATE fields SET definition = REPLACE(definition, '\"sensitivity\":\"personal\"', '\"sensitivity\":\"sensitive\"'), shape = shape + 1, work_from = 0 WHERE k = ?", key)
	h.Run("UPDATE fields_head SET version = version + 1")
	if left, err := h.Customers.Settle(ctx, 1); !left || err != nil {
		t.Fatal(left, err)
	}
	clear := func() int64 {
		return h.Count("SELECT COUNT(*) FROM facts WHERE field = ? AND value IS NOT NULL", key)
	}
	first := clear()
	if first == 0 || first >= people {
		t.Fatalf("one step left %d of %d", first, people)
	}
	var all sync.WaitGroup
	for _, in := range []*modelstest.House{h.Again(), h.Again()} {
		all.Add(1)
		go func() {
			defer all.Done()
			if left, err := in.Customers.Settle(ctx, 0); left || err != nil {
				t.Error(left, err)
			}
		}()
	}
	all.Wait()
	if n := clear(); n != 0 {
		t.Errorf("%d values are left", n)
	}
	done := 0
	for _, e := range h.Events() {
		if e.Action == "field.settled" {
			done++
			if detail(e, "values") != fmt.Sprint(people) {
				t.Errorf("recorded %s values", detail(e, "values"))
			}
		}
	}
	if done != 1 {
		t.Errorf("recorded %d times", done)
	}
	for _, from := range []int64{0, people * 10} { // a step that somebody else took, and the end that somebody else found
		untouched(t, h, "a step taken twice", func() {
			if elsewhere, err := h.Customers.SettleStepFrom(ctx, key, from); !elsewhere {
				t.Errorf("from %d: %v", from, err)
			}
		})
	}
	nowhere(t, h, "in steps", sentinelOwn)
}

func TestCustomersAreFoundByTheKeyOfImportsAndByNothingElse(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	one, two := h.AddGuest("王小明", key, "PMS-0042"), h.AddGuest("李四", key, "PMS-0043")
	holder := func(value string) int64 {
		t.Helper()
		id, err := h.Customers.ByKey(ctx, key, value)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	want := func(what, value string, id int64) {
		t.Helper()
		if got := holder(value); got != id {
			t.Errorf("%s: %s is held by %d, not %d", what, value, got, id)
		}
	}
	inner := func(id string) int64 { return h.Customer(id).ID }
	want("no key yet", "PMS-0042", 0)
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.ImportKey = true }); err != nil {
		t.Fatal(err)
	}
	want("made of what was there", "pms 0042", inner(one))
	a := h.Actor(policies.Manager)
	for _, change := range []struct {
		what         string
		values       []customer.Value
		before, here string
	}{
		{"changed", modelstest.Facts(key, "PMS-0099"), "PMS-0042", "PMS-0099"},
		{"changed back", modelstest.Facts(key, "PMS-0042"), "PMS-0099", "PMS-0042"},
		{"taken away", []customer.Value{{Field: key, Remove: true}}, "PMS-0042", ""},
		{"said again", modelstest.Facts(key, "PMS-0044"), "PMS-0042", "PMS-0044"},
	} {
		if err := h.Change(a, one, change.values...); err != nil {
			t.Fatal(err)
		}
		want(change.what, change.before, 0)
		if change.here != "" {
			want(change.what, change.here, inner(one))
		}
	}
	if err := h.Change(a, one, modelstest.Facts("hobby", "围棋")...); err != nil {
		t.Fatal(err)
	}
	want("another field changed", "PMS-0044", inner(one))
	if err := h.EditOwn(key, raise); err != nil {
		t.Fatal(err)
	}
	want("sealed", "PMS-0044", inner(one))
	want("sealed, the other", "PMS-0043", inner(two))
	three := h.AddGuest("赵六", key, "PMS-0043")
	want("two hold it", "PMS-0043", 0)
	if err := h.Change(a, three, modelstest.Facts(key, "PMS-0045")...); err != nil {
		t.Fatal(err)
	}
	want("one again", "PMS-0043", inner(two))
	for _, query := range []string{"PMS-0044", "pms0044", "0044", key} {
		if _, names := lookUp(t, h, a, query); len(names) != 0 {
			t.Errorf("a look-up of %q finds %v", query, names)
		}
	}
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.ImportKey = false }); err != nil {
		t.Fatal(err)
	}
	want("no key any more", "PMS-0044", 0)
	if n := h.Count("SELECT COUNT(*) FROM customer_keys WHERE k LIKE 'own%'"); n != 0 {
		t.Errorf("%d keys are left", n)
	}
	nowhere(t, h, "a sealed key", "PMS-0044")
}
