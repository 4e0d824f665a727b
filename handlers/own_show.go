package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/fieldview"
	"shuke/views/text"
)

// ownWays are the ways to change a house's own field, for those who may.
func (a *App) ownWays(c echo.Context, in *inquiry, f customer.Field) (*fieldview.Own, error) {
	out := &fieldview.Own{Settling: f.Settling()}
	if !in.can(policies.FieldManage) {
		return out, nil
	}
	used, err := a.Customers.OwnFieldUsed(c.Request().Context(), f.Key)
	if err != nil {
		return nil, err
	}
	out.Edit = ownHref(f.Key)
	if !used {
		out.Delete, out.Edition = fieldHref(f.Key)+"/delete", strconv.FormatInt(f.Edition, 10)
	}
	return out, nil
}

// ownFacts are what only a house's own field has; what it has not is left out.
func (a *App) ownFacts(p *text.Printer, f customer.Field) []fieldview.Fact {
	facts := []fieldview.Fact{{Label: p.T("own.unit"), Value: f.Unit.In(string(p.Language()))}, {Label: p.T("own.open_reason"), Value: f.OpenReason}}
	if _, most := f.Type.Length(); most > 0 {
		facts = append(facts, fieldview.Fact{Label: p.T("own.length"), Value: strconv.Itoa(f.MaxLength)})
	}
	if f.Glance != "" {
		facts = append(facts, fieldview.Fact{Label: p.T("own.glance"), Value: p.T("own.glance." + f.Glance)})
	}
	if f.Band != "" {
		facts = append(facts, fieldview.Fact{Label: p.T("own.band"), Value: p.T("own.band." + f.Band)})
	}
	if f.NoneAllowed {
		facts = append(facts, fieldview.Fact{Label: p.T("own.none"), Value: p.T("own.yes")})
	}
	if f.ImportKey {
		facts = append(facts, fieldview.Fact{Label: p.T("own.import_key"), Value: p.T("own.yes")})
	}
	return facts
}
