package handlers

import (
	"context"
	"strconv"
	"time"

	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/staffview"
	"shuke/views/text"
	"shuke/views/ui"
)

func staffHref(login string) string { return "/staff/" + login }

// inLanguage picks the name of a branch as the reader's language writes it.
func inLanguage(p *text.Printer, zh, en string) string {
	if p.Language() == text.English {
		return en
	}
	return zh
}

// dayWords writes a date kept as 2006-01-02; an empty or odd one stays as it is.
func dayWords(p *text.Printer, iso string) string {
	day, err := time.ParseInLocation(time.DateOnly, iso, p.Location())
	if err != nil {
		return iso
	}
	return p.Date(day)
}

// daysWords writes from which day to which.
func daysWords(p *text.Printer, from, to string) string {
	first, err := time.ParseInLocation(time.DateOnly, from, p.Location())
	last, err2 := time.ParseInLocation(time.DateOnly, to, p.Location())
	if err != nil || err2 != nil {
		return joined(" – ", from, to)
	}
	return p.DateRange(first, last)
}

// staffActor is the person as the rules of employment see them today.
func staffActor(in *inquiry, p staff.Person) policies.Actor {
	return policies.Actor{StaffID: p.ID, Status: p.Status, NoticeOn: p.NoticeOn, LastOn: p.LastOn, Zone: in.Actor.Zone, Now: in.Actor.Now}
}

// staffStates are the tags of an account: what keeps the person out first.
func staffStates(in *inquiry, p staff.Person) []staffview.State {
	var out []staffview.State
	add := func(is bool, tone ui.Tone, icon, key string) {
		if is {
			out = append(out, staffview.State{Tone: tone, Icon: icon, Text: in.print.T(key)})
		}
	}
	actor := staffActor(in, p)
	gone := p.Status == policies.Left || (p.Status == policies.Active && !actor.Working())
	add(gone, ui.ToneNone, "leave", "status.left")
	add(p.Status == policies.Suspended, ui.ToneBad, "ban", "status.suspended")
	add(!gone && actor.OnNotice(), ui.ToneWarn, "calendar", "staff.on_notice")
	add(!gone && !p.Confirmed, ui.ToneWarn, "clock", "staff.unconfirmed")
	add(!gone && p.PasswordTemporary, ui.ToneInfo, "key", "staff.password_pending")
	return out
}

func roleOptions(p *text.Printer, roles []policies.Role, chosen policies.Role) []ui.Option {
	var out []ui.Option
	for _, r := range roles {
		out = append(out, ui.Option{Value: string(r), Label: p.T("role." + string(r)), Selected: r == chosen})
	}
	return out
}

// branchOptions are the branches that are open, and the one chosen before.
func branchOptions(p *text.Printer, all []staff.Branch, chosen string) []ui.Option {
	var out []ui.Option
	for _, b := range all {
		if b.Active || b.Code == chosen {
			out = append(out, ui.Option{Value: b.Code, Label: inLanguage(p, b.NameZH, b.NameEN), Selected: b.Code == chosen})
		}
	}
	return out
}

func staffDraft(f form) staff.Draft {
	return staff.Draft{
		Login: f.trimmed("login"), Name: f.trimmed("name"), Role: policies.Role(f.text("role")), Branch: f.text("branch"), Status: policies.Status(f.text("status")),
		Employment: policies.Employment(f.text("employment")), HiredOn: f.trimmed("hired_on"), NoticeOn: f.trimmed("notice_on"), LastOn: f.trimmed("last_on"),
		PayBand: f.trimmed("pay_band"), Version: f.int("version"),
	}
}

// staffForm fills the form with what was typed, or with what stands.
func (a *App) staffForm(ctx context.Context, in *inquiry, d staff.Draft, wrong problems) (staffview.Form, error) {
	p := in.print
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return staffview.Form{}, err
	}
	roles := a.Staff.RolesToGive(ctx, in.Actor)
	vm := staffview.Form{
		Login: d.Login, Name: d.Name, HiredOn: d.HiredOn, NoticeOn: d.NoticeOn, LastOn: d.LastOn, PayBand: d.PayBand, Version: strconv.FormatInt(d.Version, 10),
		Roles: roleOptions(p, roles, d.Role), Branches: branchOptions(p, branches, d.Branch), Wrong: wrong.fields, Problems: wrong.list,
	}
	if len(roles) < len(policies.Roles) {
		vm.RolesHint = p.T("staff.role_needs_owner")
	}
	for _, e := range policies.Employments {
		vm.Employments = append(vm.Employments, ui.Option{Value: string(e), Label: p.T("employment." + string(e)), Selected: e == d.Employment})
	}
	for _, s := range []policies.Status{policies.Active, policies.Suspended, policies.Left} {
		vm.Status = append(vm.Status, ui.Option{Value: string(s), Label: p.T("status." + string(s)), Selected: s == d.Status})
	}
	return vm, nil
}

// isStale reports whether somebody else has changed what a form was about.
func isStale(err error) bool {
	f, ok := asFault(err)
	return ok && f.Kind == fault.Conflict && f.Text.Key == "error.stale"
}

// staleNotice puts what stands now beside what was typed, where they differ.
func staleNotice(p *text.Printer, all ...ui.Difference) *ui.StaleProps {
	s := &ui.StaleProps{Title: p.T("stale.title"), Body: p.T("stale.body"), Field: p.T("stale.field"), Now: p.T("stale.now"), Typed: p.T("stale.typed")}
	for _, d := range all {
		if d.Now != d.Typed {
			s.Differences = append(s.Differences, d)
		}
	}
	return s
}
