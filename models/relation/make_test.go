package relation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func (h house) make(m relation.Making) (string, error) {
	h.T.Helper()
	return h.Relations.Make(ctx, h.Actor(policies.Manager), h.Catalogue(), m)
}

func TestACustomerIsMadeOfAFactWithTheRelationInOneTransaction(t *testing.T) {
	h := newHouse(t)
	firm := h.AddCompany("望江软件有限公司", "principal_name", "沈望江", "principal_address_as", "沈董")
	m := relation.Making{PublicID: firm, Who: "principal.0", Kind: relation.Principal, Values: []customer.Value{value("name", "沈望江"), value("address_as", "沈董")}, Once: "k"}
	id, err := h.make(m)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := h.make(m); err != nil || again != id {
		t.Errorf("sent again: %s, %v", again, err)
	}
	if d := cmp.Diff([]string{"principal 沈望江"}, h.names(firm)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"principal_at 望江软件有限公司"}, h.names(id)); d != "" {
		t.Error(d)
	}
	fact, known := h.Fact(id, "name.0")
	if !known || fact.Channel != relation.ByOthers {
		t.Errorf("%+v", fact)
	}
	n := len(h.Events())
	h.Run("ALTER TABLE relations RENAME TO relations_away")
	m.Once = "k2"
	if _, err := h.make(m); err == nil {
		t.Fatal("made without a relation")
	}
	if h.Count("SELECT COUNT(*) FROM customers WHERE name = '沈望江'") != 1 || len(h.Events()) != n {
		t.Error("a customer without a relation is left")
	}
}

func TestAChildBecomesACustomerWithAParentsConsentAlone(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		facts  []string
		typed  string
		needed bool
	}{
		"under fourteen":                   {[]string{"child_name", "王知微", "child_birth", "2016"}, "", true},
		"of unknown age":                   {[]string{"child_name", "王知微"}, "", true},
		"grown up":                         {[]string{"child_name", "王知微", "child_birth", "2001-03-04"}, "", false},
		"grown up, as typed":               {[]string{"child_name", "王知微"}, "2001-03-04", false},
		"typed older than what was told":   {[]string{"child_name", "王知微", "child_birth", "2016"}, "2001-03-04", true},
		"typed younger than what was told": {[]string{"child_name", "王知微", "child_birth", "2001"}, "2016-03-04", true},
	} {
		t.Run(name, func(t *testing.T) {
			parent := h.AddGuest("王大明", c.facts...)
			m := relation.Making{PublicID: parent, Who: "child.0", Kind: relation.Child, Values: []customer.Value{value("name", "王知微"), value("birth", c.typed)}}
			_, err := h.make(m)
			if (at(err, "consent") == "people.consent_needed") != c.needed || !c.needed && err != nil {
				t.Fatalf("without consent: %v", err)
			}
			if !c.needed {
				return
			}
			m.Consent = true
			before := len(h.Events())
			id, err := h.make(m)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []string{parent, id} {
				if !h.around(at).Links[0].Consent {
					t.Errorf("the consent is not kept at %s", at)
				}
			}
			recorded := false
			for _, e := range h.Events()[before:] {
				for _, d := range e.Details {
					recorded = recorded || e.Action == "relation.added" && d.Name == "consent" && d.Value == "parent"
				}
			}
			if !recorded {
				t.Error("the consent is not on record")
			}
		})
	}
}

func TestACustomerIsMadeOfTheNameInARelation(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "王知微", Kind: relation.TravelsWith, Minor: true}); err != nil {
		t.Fatal(err)
	}
	m := relation.Making{PublicID: h.wang, Who: h.around(h.wang).Links[0].Ref, Kind: relation.Relative, Values: []customer.Value{value("name", "王知微")}}
	if _, err := h.make(m); at(err, "consent") == "" {
		t.Errorf("a child without consent: %v", err)
	}
	m.Consent = true
	if _, err := h.make(m); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"relative 王知微"}, h.names(h.wang)); d != "" {
		t.Error(d)
	}
	if _, err := h.make(m); !fault.Is(err, fault.NotFound) {
		t.Errorf("made twice: %v", err)
	}
}

func TestNobodyIsMadeOfNothing(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("张慕言", "spouse_name", "-", "companion", "李梅")
	for name, who := range map[string]string{"none": "spouse.0", "no such fact": "companion.1", "no person": "phone.0", "no form": "x", "unknown relation": "0123456789abcdef0123"} {
		if _, err := h.make(relation.Making{PublicID: id, Who: who, Kind: relation.Friend, Values: []customer.Value{value("name", "李梅")}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.make(relation.Making{PublicID: id, Who: "companion.0", Kind: relation.Principal, Values: []customer.Value{value("name", "李梅")}}); at(err, "relation") == "" {
		t.Errorf("what does not fit: %v", err)
	}
	if _, err := h.make(relation.Making{PublicID: id, Who: "companion.0", Kind: relation.Friend}); at(err, "name.0") == "" {
		t.Errorf("without a name: %v", err)
	}
	owner := h.Actor(policies.Owner)
	if _, err := h.Relations.Make(ctx, owner, h.Catalogue(), relation.Making{PublicID: id, Who: "companion.0", Kind: relation.Friend, Values: []customer.Value{value("name", "李梅")}}); !fault.Is(err, fault.Denied) {
		t.Errorf("the owner changes no customers: %v", err)
	}
}

// What a form may begin with is what its reader may see without a reveal.
func TestACardOfTheirOwnBeginsWithWhatMayBeSeen(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("张慕言", "spouse_name", "李梅", "spouse_birth", "1980-03-12", "child_name", "张小满", "companion", "周明远", "employer", "越临精密")
	for role, want := range map[policies.Role]map[string]string{
		policies.Manager:   {"spouse.0": "name 李梅", "child.0": "", "companion.0": "name 周明远", "employer.0": "company_name 越临精密"},
		policies.FrontDesk: {"spouse.0": "", "child.0": "", "companion.0": "name 周明远", "employer.0": "company_name 越临精密"},
	} {
		for who, begins := range want {
			o, err := h.Relations.Open(ctx, h.Actor(role), h.Catalogue(), id, who, "")
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, v := range o.Values {
				got += v.Field + " " + v.Text
			}
			if got != begins {
				t.Errorf("%s, %s: begins with %q, not %q", role, who, got, begins)
			}
		}
	}
}
