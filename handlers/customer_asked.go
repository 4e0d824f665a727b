package handlers

import (
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/purpose"
	"shuke/views/purposeview"
)

// tellAsked notes what became of a question. An answer goes straight into its
// box; else the card comes back.
func (a *App) tellAsked(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	outcome, err := purpose.ParseOutcome(f.text("outcome"))
	if err != nil {
		return err
	}
	q, who, err := a.Purposes.Tell(c.Request().Context(), in.Actor, cat, purpose.Told{PublicID: c.Param("id"), Field: f.text("field"), Outcome: outcome, Once: f.text("once")})
	if err != nil {
		return err
	}
	if outcome == purpose.Answered {
		return seeOther(c, boxOf(q, who))
	}
	noted := "worth.noted"
	if outcome == purpose.Declined {
		noted = "worth.declined_noted"
	}
	if err := in.say(c, noted); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+who.PublicID+"#worth")
}

// boxOf is where the answer to a question is entered: a wish in the one field of
// wishes, every other fact in the form of its group.
func boxOf(q purpose.Question, who customer.Customer) string {
	at := "/customers/" + who.PublicID
	if q.Field.Preference() {
		return at + "/note"
	}
	return at + "/edit/" + q.Field.GroupFor(who.Kind.String()) + "#f-" + slotName(q.Field.Key, 0)
}

// worthPanel is what the card prints of its questions, nil when there are none.
func worthPanel(in *inquiry, c card.Card) *purposeview.Worth {
	if len(c.Questions) == 0 {
		return nil
	}
	p, lang := in.print, string(in.print.Language())
	vm := &purposeview.Worth{Action: "/customers/" + c.PublicID + "/asked"}
	for _, q := range c.Questions {
		args := map[string]any{"Purpose": p.T("purpose." + q.Purpose), "Date": p.Date(q.Since)}
		why := p.T("worth.missing", args)
		if q.Why == purpose.Stale {
			why = p.T("worth.stale", args)
		}
		vm.Questions = append(vm.Questions, purposeview.Question{Field: q.Field.Key, Once: once(), Label: q.Field.Label(lang), Say: q.Ask.Say.In(lang), Why: why,
			Benefit: p.T("worth.benefit", map[string]any{"Benefit": q.Field.Benefit.In(lang)}), Careful: q.Ask.Tact == catalogue.ComesUp})
	}
	return vm
}
