package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/views/fieldview"
	"shuke/views/ui"
)

// ownEditing is the form of a house's own field: new, or one that there is.
type ownEditing struct {
	field *customer.Field // nil for a new one
	used  bool            // values of it are stored
	draft customer.OwnDraft
	once  string
	dirty bool
	wrong problems
	stale *ui.StaleProps
}

func ownHref(key string) string { return fieldHref(key) + "/edit" }

func (a *App) ownPage(c echo.Context, status int, e ownEditing) error {
	in := inquiryOf(c)
	p, d := in.print, e.draft
	choose := ownChoices{p, d}
	vm := fieldview.OwnForm{
		Action: "/fields", Back: "/fields", Once: e.once, Used: e.used, Dirty: e.dirty, Stale: e.stale, Wrong: e.wrong.fields, Problems: e.wrong.list,
		Text: map[string]string{"name_zh": d.NameZH, "name_en": d.NameEN, "help_zh": d.HelpZH, "help_en": d.HelpEN, "options": d.Options, "length": d.Length, "unit_zh": d.UnitZH, "unit_en": d.UnitEN,
			"open_reason": d.OpenReason, "benefit_zh": d.BenefitZH, "benefit_en": d.BenefitEN, "half_life": d.HalfLife},
		Kinds: choose.kinds(), Groups: choose.groups(catalogue.Individual, d.Group), CompanyGroups: choose.groups(catalogue.Enterprise, d.CompanyGroup), Types: choose.types(),
		Sensitivities: choose.sensitivities(), Purposes: choose.purposes(), See: choose.roles(d.See), Change: choose.roles(d.Change), Bands: choose.bands(), Glances: choose.glances(),
		Several: d.Several, NoneAllowed: d.NoneAllowed, ImportKey: d.ImportKey, Preview: a.ownPreview(in, d),
	}
	title := p.T("own.new")
	if e.field != nil {
		title = e.field.Label(string(p.Language()))
		vm.Key, vm.Edition = e.field.Key, strconv.FormatInt(e.field.Edition, 10)
		vm.Action, vm.Back = ownHref(e.field.Key), fieldHref(e.field.Key)
	}
	return a.page(c, status, p.T("field.title"), title, func(context.Context) templ.Component { return fieldview.OwnPage(vm) })
}

// previews reports whether the form was sent to see how the field would look.
func previews(f form) bool { return f.text("act") == "preview" }

// previewOwn shows the field as it was typed so far: the part alone to script,
// else the whole form again. It writes nothing.
func (a *App) previewOwn(c echo.Context, e ownEditing) error {
	if isFragment(c) {
		return a.part(c, http.StatusOK, fieldview.OwnPreview(a.ownPreview(inquiryOf(c), e.draft)))
	}
	e.dirty = true
	return a.ownPage(c, http.StatusOK, e)
}

// own is a field of the house's own with whether anything is stored of it.
func (a *App) own(c echo.Context, in *inquiry, key string) (ownEditing, error) {
	f, err := in.field(c, key)
	if err != nil {
		return ownEditing{}, err
	}
	if !f.Own() {
		return ownEditing{}, errNoField
	}
	used, err := a.Customers.OwnFieldUsed(c.Request().Context(), key)
	return ownEditing{field: &f, used: used, draft: customer.DraftOf(f.Field)}, err
}
