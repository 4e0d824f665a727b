package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) switchField(c echo.Context) error {
	in := inquiryOf(c)
	field, err := in.field(c, c.Param("key"))
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := customer.Switch{Key: field.Key, On: f.text("on") == "yes", Purposes: f.all("purposes"), Reason: f.text("reason"), Edition: f.int("edition")}
	err = a.Customers.SwitchField(c.Request().Context(), in.Actor, typed)
	if isStale(err) {
		return a.staleField(c, typed)
	}
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.fieldPage(c, http.StatusUnprocessableEntity, field, typed, wrong, nil)
	}
	if err := in.say(c, "field.switched"); err != nil {
		return err
	}
	return seeOther(c, fieldHref(field.Key))
}

// staleField brings the decision back beside the one that stands now.
func (a *App) staleField(c echo.Context, typed customer.Switch) error {
	now, err := a.fieldNow(c, typed.Key)
	if err != nil {
		return err
	}
	typed.Edition = now.Edition
	p := inquiryOf(c).print
	return a.fieldPage(c, http.StatusConflict, now, typed, problems{}, staleNotice(p,
		ui.Difference{Label: p.T("field.collect"), Now: onWords(p, now.On), Typed: onWords(p, typed.On)},
		ui.Difference{Label: p.T("field.purposes"), Now: listed(p, translated(p, "purpose.", now.Purposes)), Typed: listed(p, purposeWords(p, typed.Purposes))},
		ui.Difference{Label: p.T("field.reason"), Now: now.Reason, Typed: typed.Reason},
	))
}

// purposeWords names what was sent, which is checked only after its age.
func purposeWords(p *text.Printer, sent []string) []string {
	var out []string
	for _, known := range customer.Purposes {
		for _, s := range sent {
			if s == known {
				out = append(out, p.T("purpose."+s))
			}
		}
	}
	return out
}

func onWords(p *text.Printer, on bool) string {
	if on {
		return p.T("field.on")
	}
	return p.T("field.off")
}
