package handlers

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/relation"
	"shuke/policies"
	"shuke/views/peopleview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) listRelations(c echo.Context) error {
	return a.relationsPage(c, http.StatusOK, refusedAct{})
}

// refusedAct is a form of one line that came back: which one, as typed, and what
// was wrong with it.
type refusedAct struct {
	ref, act string
	typed    form
	wrong    problems
}

func (r refusedAct) is(ref, act string) bool { return r.ref == ref && r.act == act }

func (a *App) relationsPage(c echo.Context, status int, back refusedAct) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	people, err := a.Relations.List(c.Request().Context(), in.Actor, cat, c.Param("id"))
	if err != nil {
		return err
	}
	id := people.Of.PublicID
	vm := peopleview.List{Back: "/customers/" + id, More: people.More, Past: relationsHref(id) + "/ended", Household: "/customers/" + id + "/household"}
	if in.can(policies.RelationEdit) {
		vm.Add = newRelationHref(id, "", "")
	}
	if back.act == "join" { // it has a button and no box to which a message could lead
		for _, p := range back.wrong.list {
			vm.Problems = append(vm.Problems, ui.Problem{Text: p.Text})
		}
	}
	for _, l := range people.Links {
		row, wrong := relationRow(in, id, people, l, back)
		vm.Rows, vm.Problems = append(vm.Rows, row), append(vm.Problems, wrong...)
	}
	return a.page(c, status, in.print.T("people.title"), people.Of.Name+"·"+id, func(context.Context) templ.Component { return peopleview.ListPage(vm) })
}

// relationRow is a relation with what this person may do with it.
func relationRow(in *inquiry, id string, people relation.People, l relation.Link, back refusedAct) (peopleview.Row, []ui.Problem) {
	p := in.print
	edit := in.can(policies.RelationEdit)
	row := peopleview.Row{Person: linkVM(in, id, l, edit), Ref: l.Ref, Src: p.T("channel."+string(l.Channel)) + "·" + p.Date(l.At)}
	if !edit {
		return row, nil
	}
	var wrong []ui.Problem
	report := func(field, domID string) string {
		text := back.wrong.at(field)
		if text != "" {
			wrong = append(wrong, ui.Problem{Field: "#" + domID, Text: text})
		}
		return text
	}
	row.End = &peopleview.End{Action: relationHref(id, l.Ref, "end"), Once: once(), ID: "end-" + l.Ref, Whys: reasonOptions(p, "relation.why.", relation.EndReasons)}
	if back.is(l.Ref, "end") {
		row.End.Open, row.End.Error = true, report("why", row.End.ID)
	}
	if l.Other == nil {
		return row, wrong
	}
	row.Hide = &peopleview.Hide{Action: relationHref(id, l.Ref, "hide"), Once: once(), ID: "hide-" + l.Ref, Where: whereOptions(p, back, l.Ref, "hide", !l.Hidden, !l.Away),
		Reasons: reasonOptions(p, "relation.hide.", relation.HideReasons)}
	if back.is(l.Ref, "hide") {
		row.Hide.Open, row.Hide.WhereError, row.Hide.ReasonError = true, report("where", row.Hide.ID+"-where"), report("reason", row.Hide.ID+"-reason")
		choose(row.Hide.Reasons, back.typed.text("reason"))
	}
	if in.can(policies.RelationHidden) && (l.Hidden || l.Away) {
		row.Lift = &peopleview.Lift{Action: relationHref(id, l.Ref, "lift"), Once: once(), ID: "lift-" + l.Ref, Where: whereOptions(p, back, l.Ref, "lift", l.Hidden, l.Away)}
		if back.is(l.Ref, "lift") {
			row.Lift.Open, row.Lift.Error = true, report("where", row.Lift.ID)
		}
	}
	if len(row.Hide.Where) == 0 {
		row.Hide = nil
	}
	if !l.Hidden && joins(people, l) {
		version := int64(0)
		if people.Home != nil {
			version = people.Home.Version
		}
		row.Join = &peopleview.Join{Action: "/customers/" + id + "/household", Once: once(), Version: strconv.FormatInt(version, 10)}
	}
	return row, wrong
}

// joins reports whether the other could join the household: a person who is not
// in it.
func joins(people relation.People, l relation.Link) bool {
	return relation.Household.Fits(people.Of.Kind, l.Other.Kind) && !people.Home.Has(l.Other.ID)
}

func reasonOptions(p *text.Printer, prefix string, codes []string) []ui.Option {
	out := make([]ui.Option, len(codes))
	for i, code := range codes {
		out[i] = ui.Option{Value: code, Label: p.T(prefix + code)}
	}
	return out
}

// whereOptions are the cards on which something can be done: this one, the other's.
func whereOptions(p *text.Printer, back refusedAct, ref, act string, here, there bool) []ui.Option {
	var out []ui.Option
	for _, w := range []struct {
		can   bool
		value string
	}{{here, "here"}, {there, "there"}} {
		if w.can {
			out = append(out, ui.Option{Value: w.value, Label: p.T("people.where." + act + "_" + w.value), Selected: back.is(ref, act) && back.typed.chose("where", w.value)})
		}
	}
	return out
}

func choose(options []ui.Option, chosen string) {
	for i := range options {
		options[i].Selected = options[i].Value == chosen
	}
}

// listEnded is the past: relations that have ended, who ended them and why.
func (a *App) listEnded(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	before := time.Time{}
	if ms, err := strconv.ParseInt(c.QueryParam("before"), 10, 64); err == nil && ms > 0 {
		before = time.UnixMilli(ms)
	}
	of, past, more, err := a.Relations.History(c.Request().Context(), in.Actor, cat, c.Param("id"), before, c.QueryParam("ref"))
	if err != nil {
		return err
	}
	p := in.print
	vm := peopleview.Past{Back: relationsHref(of.PublicID)}
	for _, e := range past {
		where := e.BranchZH
		if p.Language() == text.English {
			where = e.BranchEN
		}
		row := peopleview.PastRow{Person: linkVM(in, of.PublicID, e.Link, false), Range: p.T("people.range", map[string]any{"From": p.Date(e.At), "To": p.Date(e.EndedAt)}),
			Why: p.T("relation.why." + e.Why), By: p.T("people.ended_by", map[string]any{"Name": e.EndedBy}),
			Src: joined("·", p.T("channel."+string(e.Channel)), e.Staff, where)}
		row.Reveal = "" // what has ended is not looked into
		vm.Rows = append(vm.Rows, row)
	}
	if more {
		last := past[len(past)-1]
		vm.Older = relationsHref(of.PublicID) + "/ended?before=" + strconv.FormatInt(last.EndedAt.UnixMilli(), 10) + "&ref=" + last.Ref
	}
	return a.page(c, http.StatusOK, p.T("people.past"), of.Name+"·"+of.PublicID, func(context.Context) templ.Component { return peopleview.PastPage(vm) })
}
