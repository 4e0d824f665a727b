package relation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func TestANameIsKeptAsItsFieldIs(t *testing.T) {
	h := newHouse(t)
	manager, clerk := h.Actor(policies.Manager), h.Clerk()
	friend := relation.Draft{PublicID: h.wang, Name: "老陈", Kind: relation.Friend}
	if err := h.add(friend); at(err, "name") != "people.name_off" {
		t.Errorf("friends' names are off: %v", err)
	}
	h.SwitchField("friend_name", true)
	if err := h.addBy(clerk, friend); at(err, "name") != "error.field_denied" {
		t.Errorf("the front desk does not enter friends: %v", err)
	}
	if err := h.add(friend); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{"control": "老\x07陈", "no letter": "123", "formula": "=1+1"} {
		if err := h.add(relation.Draft{PublicID: h.wang, Name: bad, Kind: relation.Friend}); at(err, "name") == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := h.around(h.wang).Links[0]
	if l.Sealed || l.Name != "老陈" || l.Other != nil {
		t.Errorf("%+v", l)
	}
	if got := l.Seen(h.Catalogue(), manager.Role).Name; got != "老陈" {
		t.Errorf("the manager sees %q", got)
	}
	if got := l.Seen(h.Catalogue(), clerk.Role).Name; got != "" {
		t.Errorf("the front desk sees %q", got)
	}
	h.SwitchField("friend_name", false)
	if got := l.Seen(h.Catalogue(), manager.Role).Name; got != "" {
		t.Errorf("switched off it shows %q", got)
	}
}

// A child's name is sealed under 14, at an age that is not known, and whatever
// the kind when somebody says so.
func TestAChildsNameIsSealed(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		relation.Draft
		sealed bool
	}{
		"child of unknown age":   {relation.Draft{Kind: relation.Child}, true},
		"child of four":          {relation.Draft{Kind: relation.Child, Born: "2022"}, true},
		"a day before fourteen":  {relation.Draft{Kind: relation.Child, Born: "2012-11-23"}, true},
		"fourteen today":         {relation.Draft{Kind: relation.Child, Born: "2012-11-22"}, false},
		"perhaps not fourteen":   {relation.Draft{Kind: relation.Child, Born: "2012"}, true},
		"fourteen in any case":   {relation.Draft{Kind: relation.Child, Born: "2011"}, false},
		"lunar":                  {relation.Draft{Kind: relation.Child, Born: "农历2019年四月初二"}, true},
		"grandchild":             {relation.Draft{Kind: relation.Grandchild}, true},
		"travels with, a child":  {relation.Draft{Kind: relation.TravelsWith, Minor: true}, true},
		"travels with, grown up": {relation.Draft{Kind: relation.TravelsWith}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.PublicID, c.Name = h.AddGuest("王大明"), "王知微"
			if err := h.add(c.Draft); err != nil {
				t.Fatal(err)
			}
			l := h.around(c.PublicID).Links[0]
			if l.Sealed != c.sealed || (l.Name == "") != c.sealed {
				t.Errorf("sealed %v, name %q", l.Sealed, l.Name)
			}
			plain := h.Count("SELECT COUNT(*) FROM relations WHERE customer_id = ? AND name <> ''", h.inner(c.PublicID))
			if c.sealed && plain != 0 {
				t.Error("the name lies in the clear")
			}
		})
	}
}

func TestABirthIsAChildsAndNotKeptWhereTheFieldIsOff(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "小张", Kind: relation.TravelsWith, Born: "2019"}); at(err, "born") != "people.born_of_children" {
		t.Error(err)
	}
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "小满", Kind: relation.Child, Born: "2031"}); at(err, "born") == "" {
		t.Error("born in the future")
	}
	h.SwitchField("child_birth", false)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "小满", Kind: relation.Child, Born: "2019"}); at(err, "born") == "" {
		t.Error("kept though it is off")
	}
}

func TestWhomFactsTellOfIsNotWrittenDownTwice(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("张慕言", "spouse_name", "李梅", "child_name", "张小满")
	for kind, name := range map[relation.Kind]string{relation.Spouse: "李梅", relation.Child: "张小满"} {
		if err := h.add(relation.Draft{PublicID: id, Name: name, Kind: kind}); at(err, "name") != "people.told" {
			t.Errorf("%s: %v", kind, err)
		}
		if err := h.add(relation.Draft{PublicID: id, Name: "另一位", Kind: kind}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestARevealOfANameIsRecordedBeforeAndForThoseWhoMay(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "王知微", Kind: relation.Child}); err != nil {
		t.Fatal(err)
	}
	ref := h.around(h.wang).Links[0].Ref
	reveal := func(role policies.Role, reason string) (string, error) {
		_, name, err := h.Relations.Reveal(ctx, h.Actor(role), h.Catalogue(), h.wang, ref, reason)
		return name, err
	}
	if name, err := reveal(policies.FrontDesk, "check_in"); name != "" || !fault.Is(err, fault.Denied) {
		t.Errorf("the front desk: %q, %v", name, err)
	}
	if name, err := reveal(policies.Manager, "curiosity"); name != "" || at(err, "reason") == "" {
		t.Errorf("no reason: %q, %v", name, err)
	}
	token := h.Actor(policies.Manager)
	token.Via = policies.Token
	if _, name, err := h.Relations.Reveal(ctx, token, h.Catalogue(), h.wang, ref, "check_in"); name != "" || !fault.Is(err, fault.Denied) {
		t.Errorf("by token: %q, %v", name, err)
	}
	name, err := reveal(policies.Manager, "check_in")
	if err != nil || name != "王知微" {
		t.Fatalf("%q, %v", name, err)
	}
	e := h.LastEvent()
	if e.Action != "relation.revealed" || e.Reason != "check_in" || e.CustomerID != h.inner(h.wang) || strings.Contains(describe(e), "王") {
		t.Errorf("recorded as %+v", e.Event)
	}
	if n := h.Count("SELECT times FROM disclosures WHERE surface = ?", disclosure.Reveal); n != 1 {
		t.Errorf("counted %d times", n)
	}
	h.Run("ALTER TABLE audit_events RENAME TO audit_events_away")
	if name, err := reveal(policies.Manager, "check_in"); name != "" || !fault.Is(err, fault.Unavailable) {
		t.Errorf("shown unrecorded: %q, %v", name, err)
	}
}

func TestALinkTakesThePlaceOfTheNameItGrewOutOf(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "李老师", Kind: relation.TravelsWith}); err != nil {
		t.Fatal(err)
	}
	name := h.around(h.wang).Links[0].Ref
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Friend, Who: name}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"friend 李梅"}, h.names(h.wang)); d != "" {
		t.Error(d)
	}
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Colleague, Who: name}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the name has ended: %v", err)
	}
	_, past, _, err := h.Relations.History(ctx, h.Actor(policies.Manager), h.Catalogue(), h.wang, time.Time{}, "")
	if err != nil || len(past) != 1 || past[0].Why != "became_customer" || past[0].Name != "李老师" {
		t.Errorf("%+v, %v", past, err)
	}
}

func TestAFactIsLinkedWithOneCustomer(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("张慕言", "companion", "李梅和助理")
	link := func(with, who string) error {
		return h.add(relation.Draft{PublicID: id, With: with, Kind: relation.TravelsWith, Who: who})
	}
	if err := link(h.li, "companion.3"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody is told of there: %v", err)
	}
	if err := link(h.li, "phone.0"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no person: %v", err)
	}
	if err := link(h.li, "companion.0"); err != nil {
		t.Fatal(err)
	}
	if err := link(h.wang, "companion.0"); at(err, "with") != "people.linked" {
		t.Errorf("a second one: %v", err)
	}
	if got := h.around(id).Links[0].Who; got != "companion.0" {
		t.Errorf("it grew out of %q", got)
	}
	if got := h.around(h.li).Links[0].Who; got != "" {
		t.Errorf("on the other card it grew out of %q", got)
	}
}
