package handlers

import (
	"slices"
	"strings"
	"time"

	"shuke/models/calendar"
	"shuke/models/consent"
	"shuke/models/membership"
	"shuke/models/rights"
	"shuke/views/consentview"
	"shuke/views/text"
)

// sheetWords are the headings of the paper.
var sheetWords = []string{"held", "item", "value", "from", "why", "agreed", "wished", "looked", "received", "rights", "promise"}

// sheetVM writes the sheet in the language it is printed in.
func (a *App) sheetVM(in *inquiry, s rights.Sheet, copy rights.Copy, branches map[int64]string) consentview.Sheet {
	t := a.Texts.Printer(text.Language(copy.Lang), in.print.Location())
	branch := in.staff.BranchNameZH
	if t.Language() == text.English {
		branch = in.staff.BranchNameEN
	}
	vm := consentview.Sheet{Lang: copy.Lang, House: a.house, Title: t.T("sheet.guest.title"), Name: s.Name, Number: s.PublicID,
		Printed: t.T("sheet.guest.printed", map[string]any{"When": t.DateTime(s.At), "Branch": branch, "Role": t.T("role." + string(in.Actor.Role)), "Login": in.Actor.Login}),
		Lead:    t.T("sheet.guest.lead"), Kind: t.T("sheet.guest.ordinary"), Empty: t.T("sheet.guest.empty"), Foot: t.T("sheet.guest.foot"), Words: map[string]string{}}
	if copy.Full {
		vm.Kind = t.T("sheet.guest.full", map[string]any{"Reason": t.T("sheet.reason." + copy.Reason), "Identity": t.T("sheet.identity." + copy.Identity)})
	}
	for _, word := range sheetWords {
		vm.Words[word] = t.T("sheet.guest.h_" + word)
	}
	for _, g := range s.Groups {
		group := consentview.SheetGroup{Label: a.groupLabel(t, g.Key)}
		for _, l := range g.Lines {
			group.Lines = append(group.Lines, sheetLineVM(t, in, s.At, l))
		}
		vm.Groups = append(vm.Groups, group)
	}
	sheetDealings(t, &vm, s, branches)
	sheetStates(t, &vm, s)
	sheetLooks(t, &vm, s)
	rightsText, promise := s.Wordings[consent.Rights], s.Wordings[consent.Promise]
	vm.Rights, vm.Promise, vm.PromiseVersion = rightsText.In(copy.Lang), promise.In(copy.Lang), wordingWords(t, promise.Text)
	return vm
}

func sheetLineVM(t *text.Printer, in *inquiry, now time.Time, l rights.SheetLine) consentview.SheetLine {
	lang := string(t.Language())
	vm := consentview.SheetLine{Label: l.Field.Label(lang), From: joined(t.T("consent.and"), t.T("sheet.guest.from_"+string(l.Channel)), t.Date(l.RecordedAt), ageWords(t, now.Sub(l.RecordedAt))),
		Why: capital(strings.Join(translated(t, "sheet.guest.why_", l.Field.Purposes), t.T("consent.and"))), Benefit: l.Field.Benefit.In(lang)}
	switch {
	case l.Denied:
		vm.Held = t.T("sheet.guest.held_manager")
	case l.Masked && l.Withdrawn:
		vm.Held = t.T("sheet.guest.held_withdrawn")
	case l.Masked && l.Hint != "":
		vm.Value = l.Hint
	case l.Masked:
		vm.Held = t.T("sheet.guest.held_sealed")
	case l.None:
		vm.Value = t.T("customer.none")
	case l.Whole:
		vm.Value = plainText(t, l.Field, l.Fact.Value)
	default:
		vm.Value = valueText(t, l.Field, l.Fact, in.Actor)
	}
	if l.Withdrawn {
		vm.Note = t.T("sheet.guest.withdrawn")
		if !l.DeletedOn.IsZero() {
			vm.Note = t.T("sheet.guest.withdrawn_until", map[string]any{"Day": t.Date(l.DeletedOn)})
		}
	}
	return vm
}

// sheetDealings writes what is no fact: stays, what the customer is to the house,
// clubs with their levels, and events.
func sheetDealings(t *text.Printer, vm *consentview.Sheet, s rights.Sheet, branches map[int64]string) {
	list := func(word string, lines []string) {
		if len(lines) > 0 {
			vm.Lists = append(vm.Lists, consentview.SheetList{Heading: t.T("sheet.guest.h_" + word), Lines: lines})
		}
	}
	var stays, clubs, events []string
	for _, one := range s.Stays {
		line := []string{daysWords(t, one.ArriveOn, one.DepartOn), branches[one.BranchID], one.Room, one.RoomType, t.T("stay.status." + string(one.Status))}
		if one.Rate > 0 {
			line = append(line, t.T("sheet.guest.rate", map[string]any{"Rate": t.Money(one.Rate, "CNY")}))
		}
		stays = append(stays, joined(t.T("consent.and"), append(line, one.Party, one.Note)...))
	}
	if v := standingVM(t, s.Around); v.Word != "" {
		clubs = append(clubs, joined(t.T("consent.and"), v.Word, v.Why))
	}
	for i, all := range [][]membership.Membership{s.Around.Members, s.Around.Left} {
		for _, m := range all {
			one := membershipVM(t, m)
			line := []string{one.Club, one.Number, one.Level.Text, one.Joined, one.Why}
			if i == 1 {
				line = append(line, t.T("sheet.guest.left", map[string]any{"Day": dayWords(t, m.LeftOn)}))
			}
			clubs = append(clubs, joined(t.T("consent.and"), slices.Compact(line)...))
			events = append(events, one.Attended...)
		}
	}
	list("stays", stays)
	list("clubs", clubs)
	list("events", events)
}

// ageWords says how old a fact is, in the coarsest unit that says something.
func ageWords(t *text.Printer, age time.Duration) string {
	days := int(age / (24 * time.Hour))
	switch {
	case days < 1:
		return t.T("sheet.guest.age_today")
	case days < 60:
		return t.T("sheet.guest.age_days", map[string]any{"Count": days})
	case days < 730:
		return t.T("sheet.guest.age_months", map[string]any{"Count": days / 30})
	}
	return t.T("sheet.guest.age_years", map[string]any{"Count": days / 365})
}

// sheetStates writes what the customer agreed to and wished for.
func sheetStates(t *text.Printer, vm *consentview.Sheet, s rights.Sheet) {
	for _, p := range purposesFor(s.Kind) {
		channels := p.Channels()
		if len(channels) == 0 {
			channels = []consent.Channel{""}
		}
		asked := slices.ContainsFunc(channels, func(c consent.Channel) bool { _, ok := s.Consents.Decision(p, c); return ok })
		if !asked {
			vm.Purposes = append(vm.Purposes, consentview.SheetState{Purpose: t.T("consent.purpose." + string(p)), State: t.T("consent.unasked"), Since: unasked(t, s.Consents, p, channels[0])})
			continue
		}
		for _, c := range channels {
			row := consentview.SheetState{Purpose: consentLabel(t, p, c), State: t.T("consent.unasked"), Since: unasked(t, s.Consents, p, c)}
			if d, ok := s.Consents.Decision(p, c); ok {
				row.State, row.Since = t.T("consent.refused"), consentSince(t, d)
				if d.Given {
					row.State = t.T("consent.given")
				}
			}
			vm.Purposes = append(vm.Purposes, row)
		}
	}
	for _, r := range s.Consents.Restrictions {
		vm.Restrictions = append(vm.Restrictions, restrictionText(t, r, ""))
	}
}

// sheetLooks writes who looked, by role, and who received; never a name of staff.
func sheetLooks(t *text.Printer, vm *consentview.Sheet, s rights.Sheet) {
	vm.LooksLead = t.T("sheet.guest.looked_since", map[string]any{"Day": dayOf(t, s.Since)})
	for _, l := range s.Looks {
		vm.Looks = append(vm.Looks, t.T("sheet.guest.looked", map[string]any{"Role": t.T("role." + l.Role), "Count": l.People, "Times": l.Times}))
	}
	for _, r := range s.Received {
		vm.Received = append(vm.Received, joined(t.T("consent.and"), r.Name, r.What, t.Date(r.At)))
	}
	if len(vm.Received) == 0 {
		vm.Received = []string{t.T("sheet.guest.received_none")}
	}
}

func dayOf(t *text.Printer, d calendar.Date) string { return dayWords(t, d.String()) }
