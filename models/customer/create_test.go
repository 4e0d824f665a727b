package customer_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

func TestEveryTypeOfFieldIsStoredInOneForm(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.SwitchField("income", true)
	h.SwitchField("height", true)
	manager := h.Actor(policies.Manager)
	for _, c := range []struct{ slot, typed, stored string }{
		{"name.0", "  王小明 ", "王小明"},
		{"reading.0", "Wáng Xiǎomíng", "Wáng Xiǎomíng"},
		{"phone.0", "＋86 138－1234－5678", "+8613812345678"},
		{"phone.1", "0571-8800 1234-802", "+8657188001234;ext=802"},
		{"email.0", "Xiao.Ming@Example.COM", "Xiao.Ming@example.com"},
		{"plate.0", "沪a·12345", "沪A12345"},
		{"birth.0", "1990年3月7日", "1990-03-07"},
		{"sex.0", "male", "male"},
		{"nationality.0", "CN", "CN"},
		{"language.0", "zh", "zh"},
		{"home_address.0", "上海市黄浦区\n中山东一路 20 号", "上海市黄浦区\n中山东一路 20 号"},
		{"emergency_name.0", "王大明", "王大明"},
		{"taboo.0", "不提前任", "不提前任"},
		{"height.0", "１７８", "178"},
		{"member_no.0", "VIP 0042", "VIP 0042"},
	} {
		t.Run(c.slot, func(t *testing.T) {
			facts := []string{strings.TrimSuffix(c.slot, ".0"), c.typed}
			if c.slot != "name.0" {
				facts = append(facts, "name", "王小明")
			}
			id, err := create(h, manager, draft(facts...))
			if err != nil {
				t.Fatalf("%v %v", err, slots(err))
			}
			if f, ok := h.Fact(id, c.slot); !ok || f.Value != c.stored || f.Sealed != nil {
				t.Errorf("stored %q, want %q", f.Value, c.stored)
			}
		})
	}
	for slot, typed := range map[string]string{"income.0": "¥250,000.50", "document_no.0": "110101199003070038", "child_birth.0": "2019-05-06"} {
		id, err := create(h, manager, draft("name", "王小明", strings.TrimSuffix(slot, ".0"), typed))
		if err != nil {
			t.Fatalf("%s: %v %v", slot, err, slots(err))
		}
		if f, ok := h.Fact(id, slot); !ok || f.Value != "" || f.Sealed == nil {
			t.Errorf("%s is not sealed: %+v", slot, f)
		}
	}
	id := h.AddCompany("越临精密仪器（上海）有限公司", "licence_no", "91350100M000100Y43", "registered_capital", "5,000,000", "principal_name", "陈立")
	if f, _ := h.Fact(id, "registered_capital.0"); f.Value != "500000000" {
		t.Errorf("money is kept as %q", f.Value)
	}
}

func TestBadValuesAreReportedAtTheirSlot(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.SwitchField("height", true)
	h.SwitchField("income", true)
	manager := h.Actor(policies.Manager)
	for _, c := range []struct {
		slot  string
		facts []string
	}{
		{"name.0", nil},
		{"name.0", []string{"name", "   "}},
		{"name.0", []string{"name", "=HYPERLINK(1)"}},
		{"name.0", []string{"name", strings.Repeat("王", 61)}},
		{"name.0", []string{"name", "王\u202e小明"}},
		{"name.0", []string{"name", "王\x00小明"}},
		{"name.1", []string{"name", "王", "name.1", "李"}},
		{"phone.0", []string{"name", "王", "phone", "1381234567"}},
		{"phone.2", []string{"name", "王", "phone", "13812345678", "phone.2", "not a number"}},
		{"phone.200", []string{"name", "王", "phone.200", "13812345678"}},
		{"email.0", []string{"name", "王", "email", "a@@b"}},
		{"plate.0", []string{"name", "王", "plate", "????"}},
		{"birth.0", []string{"name", "王", "birth", "1990-02-30"}},
		{"birth.0", []string{"name", "王", "birth", "2026-11-23"}},
		{"birth.0", []string{"name", "王", "birth", "1990-03-08", "document_no", "110101199003070038", "document_kind", "id_card"}},
		{"document_no.0", []string{"name", "王", "document_kind", "id_card", "document_no", "110101199003070037"}},
		{"document_no.0", []string{"name", "王", "document_kind", "居民身份证", "document_no", "110101199003070037"}},
		{"sex.0", []string{"name", "王", "sex", "no"}},
		{"language.0", []string{"name", "王", "language", "?"}},
		{"height.0", []string{"name", "王", "height", "tall"}},
		{"height.0", []string{"name", "王", "height", "NaN"}},
		{"income.0", []string{"name", "王", "income", "12.345"}},
		{"income.0", []string{"name", "王", "income", "-1"}},
		{"name.0", []string{"name", "王", "name", "李"}},
		{"no_such_field.0", []string{"name", "王", "no_such_field", "x"}},
		{"company_name.0", []string{"name", "王", "company_name", "x"}},
		{"phone.0", []string{"name", "王", "phone", "-"}},
	} {
		untouched(t, h, fmt.Sprint(c.facts), func() {
			_, err := create(h, manager, draft(c.facts...))
			if got := slots(err); !fault.Is(err, fault.Invalid) || len(got) != 1 || got[c.slot] == "" {
				t.Errorf("%q: %v at %v, want one at %s", c.facts, err, got, c.slot)
			}
			if err != nil {
				for _, typed := range c.facts {
					if len(typed) > 5 && strings.Contains(err.Error()+fmt.Sprint(slots(err)), typed) && !strings.Contains(c.slot, typed) {
						t.Errorf("the error repeats what was typed: %v", err)
					}
				}
			}
		})
	}
	untouched(t, h, "channel", func() {
		d := draft("name", "王")
		d.Channel = "rumour"
		if _, err := create(h, manager, d); slots(err)["channel"] == "" {
			t.Errorf("channel: %v", err)
		}
	})
}

func TestIdentityCardsAreCheckedWhateverTheKindIsCalled(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, kind := range []string{"id_card", "居民身份证", "Identity card", ""} {
		id, err := create(h, h.Clerk(), draft("name", "王", "document_kind", kind, "document_no", "11010119900307003x"))
		if err == nil {
			t.Errorf("%s: a wrong check digit passed as %s", kind, id)
		}
	}
}

func TestOneCellMayHoldTwoTelephones(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678 / 13987654321", "phone.1", "13700000001")
	if got := h.Customer(id).Phones; !reflect.DeepEqual(got, []string{"+8613812345678", "+8613987654321", "+8613700000001"}) &&
		!reflect.DeepEqual(got, []string{"+8613812345678", "+8613700000001", "+8613987654321"}) {
		t.Errorf("%v", got)
	}
	if err := h.Change(h.Clerk(), id, modelstest.Facts("phone", "13812345678 13611112222")...); err != nil {
		t.Fatal(err)
	}
	if got := h.Customer(id).Phones; len(got) != 4 {
		t.Errorf("a second number typed into the first box took another's place: %v", got)
	}
}

func TestOneSlotHoldsOneValue(t *testing.T) {
	h := modelstest.NewHouse(t)
	_, err := create(h, h.Clerk(), draft("name", "王小明", "reading", "Wang", "reading", "Wong"))
	if slots(err)["reading.0"] == "" {
		t.Errorf("two values for one slot: %v", err)
	}
	if n := h.Count("SELECT COUNT(*) FROM (SELECT 1 AS one FROM facts WHERE state = 0 GROUP BY customer_id, field, item HAVING COUNT(*) > 1) AS twice"); n != 0 {
		t.Errorf("%d slots hold two facts in force", n)
	}
}

func TestSameKeySameAnswerAndOneCustomer(t *testing.T) {
	h := modelstest.NewHouse(t)
	second := h.Again()
	a := h.Clerk()
	d := draft("name", "王小明", "phone", "13812345678")
	d.Once = "form-1"
	before := len(h.Events())
	ids, errs := make([]string, 50), make([]error, 50)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := h
			if i%2 == 1 {
				s = second
			}
			ids[i], errs[i] = s.Customers.Create(ctx, a, h.Catalogue(), d)
		}()
	}
	wg.Wait()
	for i := range ids {
		if errs[i] != nil || ids[i] != ids[0] || ids[0] == "" {
			t.Fatalf("answer %d: %q, %v; first %q", i, ids[i], errs[i], ids[0])
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM customers"); n != 1 {
		t.Errorf("%d customers", n)
	}
	if n := len(h.Events()) - before; n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestSameKeyWithAnotherBodyIsAConflict(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := draft("name", "王小明", "phone", "13812345678")
	d.Once = "form-1"
	if _, err := create(h, h.Clerk(), d); err != nil {
		t.Fatal(err)
	}
	other := draft("name", "王小红", "phone", "13812345678")
	company := customer.Draft{Kind: customer.Enterprise, Channel: "service", Values: modelstest.Facts("company_name", "王小明")}
	channel := draft("name", "王小明", "phone", "13812345678")
	channel.Channel = "call_in"
	for what, changed := range map[string]customer.Draft{"value": other, "kind": company, "channel": channel} {
		untouched(t, h, what, func() {
			changed.Once = "form-1"
			_, err := create(h, h.Clerk(), changed)
			wantKind(t, what, err, fault.Conflict)
		})
	}
	d.Once = "form-1"
	colleague := h.AddPerson("zhang.li", policies.FrontDesk, modelstest.Shanghai)
	if _, err := create(h, colleague, d); err != nil || h.Count("SELECT COUNT(*) FROM customers") != 2 {
		t.Errorf("a colleague's own key: %v", err)
	}
	d.Once = strings.Repeat("k", 65)
	_, err := create(h, h.Clerk(), d)
	wantKind(t, "a key too long", err, fault.Invalid)
}

func TestRolesAddOnlyWhatTheyMayChange(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range []policies.Role{policies.Floor, policies.Marketing, policies.Admin, policies.Auditor} {
		untouched(t, h, string(role), func() {
			_, err := create(h, h.Actor(role), draft("name", "王小明"))
			wantKind(t, string(role), err, fault.Denied)
		})
	}
	cat := h.Catalogue()
	for _, f := range cat.For(customer.Individual, false) {
		if f.Key == "name" || f.Type != "text" {
			continue
		}
		for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager, policies.Custodian} {
			_, err := create(h, h.Actor(role), draft("name", "王小明", f.Key, "值"))
			if may := f.MayChange(role); may != (err == nil) || !may && slots(err)[f.Key+".0"] != "error.field_denied" {
				t.Errorf("%s by %s: %v", f.Key, role, err)
			}
		}
		break
	}
	for _, c := range []struct {
		role  policies.Role
		field string
		value string
	}{{policies.FrontDesk, "child_name", "小宝"}, {policies.FrontDesk, "home_address", "上海"}, {policies.Sales, "document_no", "E12345678"}, {policies.Service, "job_post", "经理"}} {
		untouched(t, h, c.field, func() {
			if _, err := create(h, h.Actor(c.role), draft("name", "王小明", c.field, c.value)); slots(err)[c.field+".0"] != "error.field_denied" {
				t.Errorf("%s by %s: %v", c.field, c.role, err)
			}
		})
	}
}

func TestSwitchedOffFieldsAreRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, f := range []string{"religion", "political_interest", "health", "income", "blood_group", "native_place"} {
		untouched(t, h, f, func() {
			if _, err := create(h, h.Actor(policies.Manager), draft("name", "王", f, "佛教")); slots(err)[f+".0"] == "" {
				t.Errorf("%s: %v", f, err)
			}
		})
	}
	h.SwitchField("native_place", true)
	if _, err := create(h, h.Actor(policies.Manager), draft("name", "王", "native_place", "绍兴")); err != nil {
		t.Errorf("switched on: %v", err)
	}
}

func TestFieldIsNeverOnWithoutPurposeAndReason(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner := h.Actor(policies.Owner)
	f, _ := h.Catalogue().Field("religion")
	good := customer.Switch{Key: "religion", On: true, Purposes: []string{"tailor"}, Reason: "prayer rooms", Edition: f.Edition}
	for slot, spoil := range map[string]func(*customer.Switch){
		"purposes": func(s *customer.Switch) { s.Purposes = nil }, "reason": func(s *customer.Switch) { s.Reason = "  x  " },
		"on": func(s *customer.Switch) { s.Key, s.On = "name", false },
	} {
		bad := good
		spoil(&bad)
		untouched(t, h, slot, func() {
			if err := h.Customers.SwitchField(ctx, owner, bad); slots(err)[slot] == "" {
				t.Errorf("%s: %v", slot, err)
			}
		})
	}
	stale := good
	stale.Edition--
	untouched(t, h, "stale", func() { wantKind(t, "stale", h.Customers.SwitchField(ctx, owner, stale), fault.Conflict) })
	for _, role := range []policies.Role{policies.FrontDesk, policies.Manager, policies.Admin, policies.Marketing} {
		untouched(t, h, string(role), func() {
			wantKind(t, string(role), h.Customers.SwitchField(ctx, h.Actor(role), good), fault.Denied)
		})
	}
	version := h.Catalogue().Version
	if err := h.Customers.SwitchField(ctx, owner, good); err != nil {
		t.Fatal(err)
	}
	if e := h.LastEvent(); e.Action != "field.switched" || e.Object != "religion" {
		t.Errorf("recorded as %+v", e)
	}
	cat, err := h.Again().Customers.CurrentCatalogue(ctx)
	if err != nil || cat.Version == version {
		t.Errorf("another instance has version %d, %v", cat.Version, err)
	}
	if f, _ := cat.Field("religion"); !f.On || f.Reason != "prayer rooms" {
		t.Errorf("%+v", f)
	}
}

func TestAddedCustomerLeavesOneEventWithoutValues(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.Clock.Advance(time.Hour)
	id := h.AddGuestBy(h.Clerk(), "王小明", "phone", "13812345678", "taboo", "不提前任")
	e := h.LastEvent()
	if e.Action != "customer.added" || e.Outcome != audit.OK || e.CustomerID != h.Customer(id).ID || e.ActorID != h.Clerk().StaffID || e.At != h.Clock.Now().UnixMilli() {
		t.Errorf("%+v", e)
	}
	if len(e.Commitments) != 3 {
		t.Errorf("%d commitments for 3 facts", len(e.Commitments))
	}
	if text := fmt.Sprintf("%+v", e); strings.Contains(text, "王小明") || strings.Contains(text, "138") || strings.Contains(text, "前任") {
		t.Errorf("the event holds a value: %s", text)
	}
	if !customer.ValidID(id) || h.Count("SELECT COUNT(*) FROM customers WHERE public_id = ?", id) != 1 {
		t.Errorf("id %q", id)
	}
}

func TestNothingIsAddedThatCannotBeRecorded(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.Run("DROP TABLE audit_events")
	if id, err := create(h, h.Clerk(), draft("name", "王小明", "document_no", "E12345678")); err == nil || id != "" {
		t.Errorf("%q, %v", id, err)
	}
	for _, table := range []string{"customers", "facts", "customer_keys", "recents", "idempotency"} {
		if n := h.Count("SELECT COUNT(*) FROM " + table); n != 0 {
			t.Errorf("%d rows in %s", n, table)
		}
	}
}
