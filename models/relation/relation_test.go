package relation_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func TestEveryKindHasAnInverseAndAFieldByWhichNamesAreKept(t *testing.T) {
	shipped, err := catalogue.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]catalogue.Field{}
	for _, f := range shipped {
		fields[f.Key] = f
	}
	seen := map[string]bool{}
	for _, k := range relation.KindsFor(0, 0) {
		back, again := k.Inverse(), k.Inverse().Inverse()
		parsed, known := relation.ParseKind(k.String())
		if again != k || !known || parsed != k || seen[k.String()] || k.String() == "" {
			t.Errorf("%s: its inverse is %s, and of that %s", k, back, again)
		}
		seen[k.String()] = true
		if f := fields[k.NameField()]; f.Key == "" {
			t.Errorf("%s: no field %s", k, k.NameField())
		}
		for _, holder := range []customer.Kind{customer.Individual, customer.Enterprise} {
			for _, other := range []customer.Kind{customer.Individual, customer.Enterprise} {
				if k.Fits(holder, other) != back.Fits(other, holder) {
					t.Errorf("%s fits %s and %s, %s does not the other way round", k, holder, other, back)
				}
			}
		}
	}
	for _, name := range []string{"spouse", "partner", "child", "parent", "grandparent", "sibling", "relative", "friend", "colleague", "neighbour", "assistant", "assists",
		"employer", "employee", "principal", "principal_at", "introduced", "introduced_by", "household", "travels_with"} {
		if !seen[name] {
			t.Errorf("there is no kind %s", name)
		}
	}
}

func TestALinkStandsOnBothCards(t *testing.T) {
	h := newHouse(t)
	for kind, back := range map[relation.Kind]string{relation.Spouse: "spouse", relation.Parent: "child", relation.Assistant: "assists", relation.IntroducedBy: "introduced"} {
		h.link(h.wang, h.li, kind)
		if d := cmp.Diff([]string{kind.String() + " 李梅"}, only(h.names(h.wang), kind.String()+" ")); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{back + " 王小明"}, only(h.names(h.li), back+" ")); d != "" {
			t.Error(d)
		}
	}
	l := h.around(h.wang).Links[0]
	if l.Other.PublicID != h.li || l.Other.AddressAs != "李老师" || l.Channel != "service" || !l.At.Equal(h.Clock.Now()) {
		t.Errorf("%+v %+v", l, l.Other)
	}
	if n := h.Count("SELECT COUNT(*) FROM relations WHERE staff_id = ? AND branch_id = ? AND channel = 'service'", h.Actor(policies.Manager).StaffID, h.Actor(policies.Manager).BranchID); n != 8 {
		t.Errorf("%d of 8 rows say from whom and where", n)
	}
}

func only(names []string, prefix string) []string {
	var out []string
	for _, n := range names {
		if strings.HasPrefix(n, prefix) {
			out = append(out, n)
		}
	}
	return out
}

func TestANoteStaysOnTheCardWhereItWasWritten(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Note: "一起来时先问她"}); err != nil {
		t.Fatal(err)
	}
	if got := h.around(h.wang).Links[0].Note; got != "一起来时先问她" {
		t.Errorf("here it is %q", got)
	}
	if got := h.around(h.li).Links[0].Note; got != "" {
		t.Errorf("it crossed: %q", got)
	}
}

func TestANoteHoldsNoNumberOfADocumentOrTelephone(t *testing.T) {
	h := newHouse(t)
	for note, ok := range map[string]bool{
		"身份证 510104197403121230": false, "138 1234 5678": false, "１３８１２３４５６７８": false, "护照E77554433": false, "写到 a@example.com": false, "٠١٢٣٤٥٦٧٨": false,
		"6222 0000 1234 5678": false, "第一行\n第二行": false, "\u202e反": false, strings.Repeat("长", 61): false,
		"2026-11-22 来过": true, "住 1208 房，带 2 个孩子": true, strings.Repeat("长", 60): true, "2026-11-22 14:30 一起来": true,
	} {
		err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Friend, Note: note})
		if (at(err, "note") == "") != ok {
			t.Errorf("%q: %v", note, err)
		}
		if err != nil && strings.Contains(err.Error(), note) {
			t.Errorf("the error repeats %q", note)
		}
	}
}

func TestTheSameRelationIsThereOnce(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Spouse)
	if again := h.link(h.wang, h.li, relation.Spouse); again != ref {
		t.Errorf("%s, then %s", ref, again)
	}
	if back := h.link(h.li, h.wang, relation.Spouse); back != ref {
		t.Errorf("from the other side %s, then %s", ref, back)
	}
	other := h.Again()
	var all sync.WaitGroup
	for i := range 8 {
		service, from, to := h.Relations, h.wang, h.li
		if i%2 == 1 {
			service, from, to = other.Relations, h.li, h.wang
		}
		all.Go(func() {
			if _, err := service.Add(ctx, h.Clerk(), h.Catalogue(), relation.Draft{PublicID: from, With: to, Kind: relation.Friend, Channel: "service"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := h.Count("SELECT COUNT(*) FROM relations"); n != 4 {
		t.Errorf("%d rows for two relations", n)
	}
}

func TestTheSameFormAddsOnce(t *testing.T) {
	h := newHouse(t)
	d := relation.Draft{PublicID: h.wang, Name: "小张", Kind: relation.TravelsWith, Channel: "service", Once: "key-1"}
	for range 2 {
		if err := h.addBy(h.Clerk(), d); err != nil {
			t.Fatal(err)
		}
	}
	d.Name = "小李"
	if err := h.addBy(h.Clerk(), d); !fault.Is(err, fault.Conflict) {
		t.Errorf("another request under the key: %v", err)
	}
	if d := cmp.Diff([]string{"travels_with 小张"}, h.names(h.wang)); d != "" {
		t.Error(d)
	}
}

func TestWhatDoesNotFitIsRefusedAtItsField(t *testing.T) {
	h := newHouse(t)
	firm := h.AddCompany("望江软件有限公司")
	for name, c := range map[string]struct {
		relation.Draft
		field string
	}{
		"no kind":               {relation.Draft{PublicID: h.wang, With: h.li}, "kind"},
		"a firm as spouse":      {relation.Draft{PublicID: h.wang, With: firm, Kind: relation.Spouse}, "kind"},
		"a person as employer":  {relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Employer}, "kind"},
		"oneself":               {relation.Draft{PublicID: h.wang, With: h.wang, Kind: relation.Friend}, "with"},
		"nobody there":          {relation.Draft{PublicID: h.wang, With: "K-0000000000", Kind: relation.Friend}, "with"},
		"neither":               {relation.Draft{PublicID: h.wang, Kind: relation.TravelsWith}, "name"},
		"both":                  {relation.Draft{PublicID: h.wang, With: h.li, Name: "李梅", Kind: relation.TravelsWith}, "name"},
		"channel":               {relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Friend, Channel: "rumour"}, "channel"},
		"household with a name": {relation.Draft{PublicID: h.wang, Name: "小张", Kind: relation.TravelsWith, Household: true}, "household"},
	} {
		if err := h.add(c.Draft); at(err, c.field) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.add(relation.Draft{PublicID: h.wang, With: firm, Kind: relation.Employer}); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"employee 王小明"}, h.names(firm)); d != "" {
		t.Error(d)
	}
}

func TestOnlyThoseWhoMayChangeCustomersWriteRelations(t *testing.T) {
	h := newHouse(t)
	for _, role := range policies.Roles {
		a := h.Actor(role)
		may := h.Guard.Can(a, policies.CustomerEdit)
		for name, err := range map[string]error{
			"add":   h.addBy(a, relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Friend}),
			"end":   h.Relations.End(ctx, a, relation.Ending{PublicID: h.wang, Ref: "00000000000000000000", Why: "over"}),
			"hide":  h.Relations.Hide(ctx, a, relation.Wish{PublicID: h.wang, Ref: "00000000000000000000", Here: true, Reason: "asked"}),
			"join":  h.Relations.Join(ctx, a, relation.Move{PublicID: h.wang, Ref: "00000000000000000000"}),
			"leave": h.Relations.Leave(ctx, a, relation.Move{PublicID: h.wang, Member: h.li, Why: "over"}),
		} {
			if fault.Is(err, fault.Denied) == may {
				t.Errorf("%s, %s: %v", role, name, err)
			}
		}
		_, err := h.Relations.List(ctx, a, h.Catalogue(), h.wang)
		if fault.Is(err, fault.Denied) == h.Guard.Can(a, policies.CustomerRead) {
			t.Errorf("%s reads: %v", role, err)
		}
	}
}

func TestEveryChangeIsOnTheRecordOfBothAndNamesNobody(t *testing.T) {
	h := newHouse(t)
	before := len(h.Events())
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Note: "先问她"}); err != nil {
		t.Fatal(err)
	}
	ref := h.around(h.wang).Links[0].Ref
	if err := h.Relations.Hide(ctx, h.Clerk(), relation.Wish{PublicID: h.wang, Ref: ref, There: true, Reason: "asked"}); err != nil {
		t.Fatal(err)
	}
	if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.wang, Ref: ref, Why: "mistake"}); err != nil {
		t.Fatal(err)
	}
	got := map[string][]int64{}
	for _, e := range h.Events()[before:] {
		got[e.Action] = append(got[e.Action], e.CustomerID)
		if strings.Contains(describe(e), "李") || strings.Contains(describe(e), h.li) || strings.Contains(describe(e), "问") {
			t.Errorf("%s tells %s", e.Action, describe(e))
		}
	}
	w, l := h.inner(h.wang), h.inner(h.li)
	if d := cmp.Diff(map[string][]int64{"relation.added": {w, l}, "relation.hidden": {l}, "relation.ended": {w, l}}, got); d != "" {
		t.Error(d)
	}
}

func describe(e audit.Decoded) string {
	out := e.Object + e.Reason
	for _, d := range e.Details {
		out += d.Name + d.Value
	}
	return out
}

func TestAroundIsOneStatementWhateverThereIs(t *testing.T) {
	h := newHouse(t)
	for i := range 30 {
		h.link(h.wang, h.AddGuest("友"+strings.Repeat("人", i%5+1)), relation.Friend)
	}
	for _, id := range []string{h.li, h.wang} {
		with, trace := db.WithTrace(ctx)
		if _, err := relation.Of(with, h.Main, h.Guard, h.Actor(policies.Manager), h.inner(id)); err != nil {
			t.Fatal(err)
		}
		if n := len(trace.Statements()); n != 1 {
			t.Errorf("%d statements", n)
		}
	}
	if a := h.around(h.wang); len(a.Links) != relation.Most || !a.More {
		t.Errorf("%d shown, more: %v", len(a.Links), a.More)
	}
}
