package handlers

import (
	"context"
	"fmt"
	"net/url"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/policies"
)

// ownValues is a draft as its form sends it.
func ownValues(d customer.OwnDraft) url.Values {
	v := url.Values{"purposes": d.Purposes, "see": d.See, "change": d.Change}
	for name, text := range map[string]string{"name_zh": d.NameZH, "name_en": d.NameEN, "help_zh": d.HelpZH, "help_en": d.HelpEN, "kind": d.Kind, "group": d.Group, "company_group": d.CompanyGroup,
		"type": d.Type, "options": d.Options, "length": d.Length, "unit_zh": d.UnitZH, "unit_en": d.UnitEN, "sensitivity": d.Sensitivity, "open_reason": d.OpenReason,
		"benefit_zh": d.BenefitZH, "benefit_en": d.BenefitEN, "half_life": d.HalfLife, "band": d.Band, "glance": d.Glance} {
		v.Set(name, text)
	}
	for name, is := range map[string]bool{"several": d.Several, "none": d.NoneAllowed, "import_key": d.ImportKey} {
		if is {
			v.Set(name, "yes")
		}
	}
	return v
}

// wish notes something the guest wants, unless that holds already, and returns
// its number.
func (e *examples) wish(words, consent string) int64 {
	e.T.Helper()
	if n := e.wishes[words]; n != 0 && e.Count("SELECT COUNT(*) FROM facts f JOIN customers c ON c.id = f.customer_id WHERE c.public_id = ? AND f.state = 0 AND f.n = ?", e.guest, n) == 1 {
		return n
	}
	done, err := e.Customers.TakeNote(context.Background(), e.Actor(policies.Manager), e.Catalogue(), customer.Note{PublicID: e.guest, Words: words, Channel: "service", Consent: consent})
	if err != nil {
		e.T.Fatal(err)
	}
	e.wishes[words] = done.N
	return done.N
}

// stay books a stay of the guest for today with one thing to prepare and returns
// its public id.
func (e *examples) stay() string {
	e.T.Helper()
	ctx, a := context.Background(), e.Actor(policies.Manager)
	if e.lastStay != "" && e.Count("SELECT COUNT(*) FROM stays s JOIN preparations p ON p.stay_id = s.id WHERE s.public_id = ? AND s.status = 'reserved' AND p.k = 'h1' AND p.dropped_at = 0", e.lastStay) == 1 {
		return e.lastStay // nobody changed it
	}
	id, err := e.Arrivals.Book(ctx, a, arrival.Booking{Customer: e.guest, Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: 14 * 60, Adults: 1})
	if err == nil {
		_, err = e.Arrivals.Prepare(ctx, a, e.Catalogue(), id, "投影试机", "engineering", -1, "")
	}
	if err != nil {
		e.T.Fatal(err)
	}
	e.lastStay = id
	return id
}

func (e *examples) stayVersion() string {
	return fmt.Sprint(e.Count("SELECT version FROM stays WHERE public_id = ?", e.lastStay))
}
