package relation

import (
	"context"
	"slices"
	"strconv"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
)

// Draft is a relation about to be added: to a customer, or to somebody of whom
// no more than a name is known.
type Draft struct {
	PublicID  string
	Kind      Kind
	With      string // public id of the other customer, or
	Name      string // the name of somebody who is none
	Born      string // of a child, as far as known
	Minor     bool   // somebody under 14, whatever the kind
	Note      string
	Who       string // the fact, or the relation by name, that it grows out of
	Household bool   // the two live together
	Channel   customer.Channel
	Once      string
}

func (d Draft) request() []string {
	return []string{"relation.add", d.PublicID, d.Kind.String(), d.With, d.Name, d.Born, strconv.FormatBool(d.Minor), d.Note, d.Who, strconv.FormatBool(d.Household), string(d.Channel)}
}

// checked is a draft that passed: what is to be written.
type checked struct {
	Draft
	of    customer.Customer
	other customer.Customer // zero for somebody who is no customer
	name  string
	born  string
	note  string
	seal  bool // the name is a child's
}

// check reads a draft; what is wrong is reported at the fields of the form.
func (s *Service) check(ctx context.Context, a policies.Actor, cat *customer.Catalogue, d Draft) (checked, error) {
	out := checked{Draft: d}
	var err error
	if out.of, _, err = s.customers.Admit(ctx, a, d.PublicID); err != nil {
		return out, err
	}
	if err := s.checkWho(ctx, cat, out.of, d.Who); err != nil {
		return out, err
	}
	problems := fault.Fields{}
	if _, err := customer.ParseChannel(string(d.Channel)); err != nil {
		problems.Add("channel", "error.choose", nil)
	}
	note, wrong := readNote(d.Note)
	if wrong.Key != "" {
		problems.Add("note", wrong.Key, wrong.Args)
	}
	out.note = note
	switch {
	case d.With != "" && d.Name != "":
		problems.Add("name", "people.one_of", nil)
	case d.With != "":
		if err := s.checkOther(ctx, a, &out, problems); err != nil {
			return out, err
		}
	default:
		if err := s.checkName(ctx, a, cat, &out, problems); err != nil {
			return out, err
		}
	}
	if !d.Kind.Fits(out.of.Kind, out.other.Kind) {
		problems.Add("kind", "error.choose", nil)
	}
	return out, problems.Err()
}

// checkWho refuses what a relation cannot grow out of: facts tell of somebody at
// that place, or it is no place but the name of a relation.
func (s *Service) checkWho(ctx context.Context, cat *customer.Catalogue, of customer.Customer, who string) error {
	if who == "" || validRef(who) {
		return nil
	}
	facts, err := s.customers.FactsInForce(ctx, of.ID)
	if err == nil && !slices.ContainsFunc(KnownOf(cat, of.Kind, facts), func(k Known) bool { return k.Who == who }) {
		err = errNotFound
	}
	return err
}

func (s *Service) checkOther(ctx context.Context, a policies.Actor, out *checked, problems fault.Fields) error {
	var err error
	out.other, _, err = s.customers.Admit(ctx, a, out.With)
	switch {
	case fault.Is(err, fault.NotFound):
		problems.Add("with", "error.customer_not_found", nil)
	case err != nil:
		return err
	case out.other.ID == out.of.ID:
		problems.Add("with", "people.self", nil)
	}
	return nil
}

// checkName checks a name as the catalogue keeps it: by the field of the kind,
// if the house keeps it at all and this role enters it. Whom facts tell of
// already is not written down a second time.
func (s *Service) checkName(ctx context.Context, a policies.Actor, cat *customer.Catalogue, out *checked, problems fault.Fields) error {
	f, known := cat.Field(out.Kind.NameField())
	switch {
	case out.Name == "":
		problems.Add("name", "error.required", nil)
		return nil
	case out.Household:
		problems.Add("household", "people.household_customers", nil)
	case !known:
		return nil // no kind was chosen, which is said at the kind
	}
	s.checkAge(a, cat, out, problems)
	if out.seal { // a child's name is kept, entered and seen like any child's
		f, _ = cat.Field(childField)
	}
	if !f.On {
		problems.Add("name", "people.name_off", nil)
		return nil
	}
	out.name = s.value(a, cat, f.Key, out.Name, "name", problems)
	facts, err := s.customers.FactsOf(ctx, []int64{out.of.ID}, f.Key)
	for _, fact := range facts[out.of.ID] {
		told, err := s.customers.OpenFact(ctx, out.of.ID, fact)
		if err != nil {
			return err
		}
		if out.name != "" && told == out.name {
			problems.Add("name", "people.told", nil)
		}
	}
	return err
}

// checkAge decides whether a name is a child's: of somebody under 14, and of a
// child whose age is not known.
func (s *Service) checkAge(a policies.Actor, cat *customer.Catalogue, out *checked, problems fault.Fields) {
	out.seal = out.Minor || out.Kind.Minor()
	switch {
	case out.Born == "":
	case !out.Kind.Minor():
		problems.Add("born", "people.born_of_children", nil)
	default:
		out.born = s.value(a, cat, birthField, out.Born, "born", problems)
		if date, err := calendar.ParseDate(out.born); err == nil && !out.Minor {
			out.seal = youngerThan(grown, date, calendar.Today(a.Now, a.Zone))
		}
	}
}

// value checks a text as a value of a field of the catalogue, and reports what
// is wrong at the box of the form.
func (s *Service) value(a policies.Actor, cat *customer.Catalogue, key, text, box string, problems fault.Fields) string {
	f, known := cat.Field(key)
	if !known || !f.On || !f.MayChange(a.Role) {
		problems.Add(box, "error.field_denied", nil)
		return ""
	}
	kind := customer.Individual
	if !f.For(kind.String()) {
		kind = customer.Enterprise
	}
	ok, wrong := s.customers.NewBatch(cat, a.Region, calendar.Today(a.Now, a.Zone)).Check(kind, []customer.Value{{Field: key, Text: text}}, false)
	for _, m := range wrong {
		problems.Add(box, m.Key, m.Args)
	}
	return ok.Of(key)
}
