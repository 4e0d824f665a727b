package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/membership"
	"shuke/policies"
	"shuke/views/memberview"
	"shuke/views/ui"
)

func (a *App) showMembership(c echo.Context) error {
	return a.membershipPage(c, http.StatusOK, refusedAct{})
}

// membershipPage shows the memberships of a customer, with a form that came back.
func (a *App) membershipPage(c echo.Context, status int, back refusedAct) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	page, err := a.Members.Open(c.Request().Context(), in.Actor, a.Gate, cat, c.Param("id"))
	if err != nil {
		return err
	}
	id := page.Of.PublicID
	vm := memberview.Page{Back: "/customers/" + id, Standing: standingVM(in.print, page.Around), Stale: status == http.StatusConflict}
	for _, m := range page.Around.Members {
		vm.Members = append(vm.Members, memberRow(in, id, page, m, back, &vm.Problems))
	}
	for _, m := range page.Around.Left {
		vm.Left = append(vm.Left, memberview.Past{Club: m.Club.In(string(in.print.Language())), Number: m.Number,
			What: in.print.T("member.left_on", map[string]any{"Joined": dayWords(in.print, m.JoinedOn), "Left": dayWords(in.print, m.LeftOn), "Reason": m.LeftWhy})})
	}
	if len(page.Free) > 0 && in.can(policies.MembershipJoin) {
		vm.Join = joinForm(in, id, page, back, &vm.Problems)
	}
	return a.page(c, status, in.print.T("member.title"), page.Of.Name+"·"+id, templOf(memberview.MemberPage(vm)))
}

// memberRow is a membership with what this person may do with it.
func memberRow(in *inquiry, id string, page membership.Page, m membership.Membership, back refusedAct, wrong *[]ui.Problem) memberview.Row {
	p := in.print
	row := memberview.Row{Member: membershipVM(p, m)}
	act := func(name string, fill func(*memberview.Act, refusedAct)) {
		a := memberview.Act{ID: name + "-" + row.ID, Action: memberHref(id, m.ClubID, name), Once: once(), Version: strconv.FormatInt(m.Version, 10), Word: p.T("member." + name), Submit: p.T("member." + name + "_submit")}
		typed := refusedAct{}
		if back.is(row.ID, name) {
			typed, a.Open = back, true
		}
		a.Reason = ui.FieldProps{ID: a.ID + "-reason", Name: "reason", Label: p.T("member.reason"), Required: p.T("form.required"), Value: typed.typed.text("reason"), Error: typed.wrong.at("reason"), MaxLength: 120}
		fill(&a, typed)
		for _, problem := range typed.wrong.list {
			*wrong = append(*wrong, ui.Problem{Field: "#" + a.ID + "-" + problem.Field, Text: problem.Text})
		}
		row.Acts = append(row.Acts, a)
	}
	if in.can(policies.MembershipTier) {
		act("tier", func(a *memberview.Act, typed refusedAct) {
			a.Levels = levelOptions(in, m, a.ID, typed)
			a.Until = &ui.FieldProps{ID: a.ID + "-until", Name: "until", Type: "date", Label: p.T("member.until"), Hint: p.T("member.until_hint"), Value: typed.typed.text("until"), Error: typed.wrong.at("until")}
		})
	}
	if in.can(policies.MembershipJoin) {
		act("number", func(a *memberview.Act, typed refusedAct) {
			a.Number = &ui.FieldProps{ID: a.ID + "-number", Name: "number", Label: p.T("member.number_new"), Hint: p.T("member.number_hint"), Value: typed.typed.text("number"), Error: typed.wrong.at("number"), MaxLength: 20}
		})
		act("leave", func(a *memberview.Act, _ refusedAct) { a.Hint = p.T("member.leave_hint") })
		if events := page.Events[m.ClubID]; len(events) > 0 {
			row.Came = cameVM(in, id, m, events)
		}
	}
	for _, h := range page.History[m.ClubID] {
		row.History = append(row.History, historyVM(p, m.Club, h))
	}
	return row
}

// levelOptions are the levels a person may give, and the rules deciding again.
func levelOptions(in *inquiry, m membership.Membership, id string, typed refusedAct) *ui.SelectProps {
	p := in.print
	out := &ui.SelectProps{ID: id + "-tier", Name: "tier", Label: p.T("member.level"), Error: typed.wrong.at("tier"), Required: p.T("form.required")}
	rule, _ := m.Club.Tier(m.RuleTierID)
	chosen := typed.typed.text("tier")
	for _, t := range m.Club.Tiers {
		if value := strconv.FormatInt(t.ID, 10); t.Rank >= rule.Rank {
			out.Options = append(out.Options, ui.Option{Value: value, Label: t.In(string(p.Language())), Selected: value == chosen || chosen == "" && t.ID == m.TierID})
		}
	}
	if m.HandTierID != 0 {
		out.Options = append(out.Options, ui.Option{Value: "0", Label: p.T("member.rules_again"), Selected: chosen == "0"})
	}
	return out
}

// cameVM are the events of a club, with those the customer came to.
func cameVM(in *inquiry, id string, m membership.Membership, events []membership.Event) *memberview.Came {
	was := map[int64]bool{}
	for _, e := range m.Attended {
		was[e.ID] = true
	}
	out := &memberview.Came{Action: memberHref(id, m.ClubID, "attended")}
	for _, e := range events {
		name := in.print.T("member.event_on", map[string]any{"Name": e.In(string(in.print.Language())), "Date": dayWords(in.print, e.HeldOn)})
		out.Events = append(out.Events, memberview.CameTo{ID: strconv.FormatInt(e.ID, 10), Text: name, Done: was[e.ID]})
	}
	return out
}

// joinForm offers the clubs that the customer is not in.
func joinForm(in *inquiry, id string, page membership.Page, back refusedAct, wrong *[]ui.Problem) *memberview.Join {
	p := in.print
	out := &memberview.Join{Action: membershipHref(id) + "/join", Once: once(),
		Club:   ui.SelectProps{Name: "club", Label: p.T("member.club"), Required: p.T("form.required"), Error: back.wrong.at("club")},
		Number: ui.FieldProps{Name: "number", Label: p.T("member.number_own"), Hint: p.T("member.number_own_hint"), Value: back.typed.text("number"), Error: back.wrong.at("number"), MaxLength: 20}}
	if !back.is("", "join") {
		out.Club.Error, out.Number.Error, out.Number.Value = "", "", ""
	} else {
		*wrong = append(*wrong, back.wrong.list...)
	}
	for _, club := range page.Free {
		value := strconv.FormatInt(club.ID, 10)
		out.Club.Options = append(out.Club.Options, ui.Option{Value: value, Label: club.In(string(p.Language())), Selected: value == back.typed.text("club")})
	}
	return out
}
