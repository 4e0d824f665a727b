package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/views/customerview"
)

// firstBoxes are what a clerk fills in with the guest before her; everything
// else of the first group waits below, closed.
var firstBoxes = map[customer.Kind][]string{
	customer.Individual: {"name", "address_as", "sex", "birth", "language", "city", "employer", "phone", "email", "document_kind", "document_no"},
	customer.Enterprise: {"company_name", "company_short_name", "licence_no", "city", "company_address", "trade", "phone", "email"},
}

// headBoxes are the instructions that lead the card.
var headBoxes = []string{"care_instruction", "allergy_instruction", "taboo", "diet"}

func (a *App) newCustomer(c echo.Context) error {
	kind, ok := customer.ParseKind(c.QueryParam("kind"))
	if !ok {
		kind = customer.Individual
	}
	return a.newForm(c, http.StatusOK, kind, nil, problems{})
}

// startCustomer opens the form with what was typed into the look-up.
func (a *App) startCustomer(c echo.Context) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	return a.newForm(c, http.StatusOK, customer.Individual, &form{guess(f.trimmed("typed"))}, problems{})
}

// guess puts the words of a look-up into the boxes they belong to.
func guess(typed string) map[string][]string {
	out := map[string][]string{}
	var names []string
	for _, word := range strings.Fields(typed) {
		if _, err := email.Parse(word); err == nil {
			out["email.0"] = []string{word}
		} else if digits, ok := phone.Digits(word); ok && len(digits) >= 7 {
			out["phone.0"] = []string{word}
		} else if strings.IndexFunc(word, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
			names = append(names, word)
		}
	}
	if len(names) > 0 {
		out["name.0"] = []string{strings.Join(names, " ")}
	}
	return out
}

func (a *App) newForm(c echo.Context, status int, kind customer.Kind, typed *form, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	b := &customerForm{in: in, groups: a.groups, typed: typed, wrong: wrong, watch: true}
	vm := customerview.Form{Action: "/customers", Back: "/desk", Submit: in.print.T("customer.add"), Firm: kind == customer.Enterprise, New: true, Once: once(), Problems: wrong.list}
	channel := ""
	if typed != nil {
		channel = typed.text("channel")
		if key := typed.text("once"); key != "" && len(wrong.list) > 0 {
			vm.Once = key
		}
	}
	vm.Channels = channelOptions(in.print, channel)
	vm.Sections = a.newSections(b, cat, kind)
	return a.page(c, status, in.print.T("customer.new_title"), "", func(context.Context) templ.Component { return customerview.FormPage(vm) })
}

func (a *App) newSections(b *customerForm, cat *customer.Catalogue, kind customer.Kind) []customerview.Section {
	p := b.in.print
	pick := func(keys []string) []customer.Field {
		var out []customer.Field
		for _, key := range keys {
			if f, ok := cat.Field(key); ok && f.On && f.For(kind.String()) && f.MayChange(b.in.Actor.Role) {
				out = append(out, f)
			}
		}
		return out
	}
	var rest []customer.Field
	first := a.firstGroup(cat, kind)
	for _, f := range cat.For(kind, false) {
		if f.GroupFor(kind.String()) == first && f.MayChange(b.in.Actor.Role) && !slices.Contains(firstBoxes[kind], f.Key) {
			rest = append(rest, f)
		}
	}
	out := []customerview.Section{b.section("who", p.T("customer.who"), pick(firstBoxes[kind])), b.section("head", p.T("customer.instructions"), pick(headBoxes))}
	more := b.section("more", p.T("customer.more_title"), rest)
	more.More = true
	return append(out, more)
}

func (a *App) firstGroup(cat *customer.Catalogue, kind customer.Kind) string {
	for _, f := range cat.For(kind, false) {
		return f.GroupFor(kind.String())
	}
	return ""
}
