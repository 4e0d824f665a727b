package handlers

import (
	"slices"
	"time"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/policies"
	"shuke/views/arrivalview"
	"shuke/views/text"
	"shuke/views/ui"
)

// sheetVM puts a sheet into words; department narrows it to the work of one.
func sheetVM(in *inquiry, cat *customer.Catalogue, s arrival.Sheet, department string) arrivalview.Sheet {
	p := in.print
	vm := arrivalview.Sheet{Day: s.Day, View: string(s.View), Title: p.T("arrival.title." + string(s.View))}
	if s.View == arrival.Arriving && s.Day != in.Actor.Today() {
		vm.Title = p.T("arrival.title_on", map[string]any{"Day": dayName(in, s.Day)})
	}
	vm.Count = p.T("arrival.count", map[string]any{"Count": len(s.Rows)})
	count := func(name, key string, n int, tone ui.Tone, icon string) {
		vm.Counts = append(vm.Counts, arrivalview.Count{Name: name, Text: p.T(key, map[string]any{"Count": n}), N: n, Tone: tone, Icon: icon})
	}
	ready, late, open := s.Counts(department)
	count("ready", "arrival.ready", ready, ui.ToneOK, "check")
	count("late", "arrival.late", late, ui.ToneBad, "clock")
	count("open", "arrival.open", open, ui.ToneNone, "")
	vm.Zone = p.Location().String()
	vm.DoneText = in.prepText("arrival.done_by", "{department}", "{who}", "{time}")
	vm.KnownText = in.prepText("arrival.known_by", "{department}", "{who}", "{time}")
	vm.Empty = p.T("arrival.nobody_on." + string(s.View))
	if s.Cut {
		vm.Cut = p.T("arrival.cut", map[string]any{"Count": arrival.RowLimit})
	}
	for _, r := range s.Rows {
		row := arrivalRowVM(in, cat, r, department)
		if department != "" && len(row.Preparations)+len(row.Never) == 0 {
			continue
		}
		vm.Rows = append(vm.Rows, row)
	}
	if in.can(policies.StayEdit) {
		vm.Book = "/stays/new"
	}
	return vm
}

// dayName is a day as people say it: today, tomorrow, else its date.
func dayName(in *inquiry, day string) string {
	today, err := time.Parse(time.DateOnly, in.Actor.Today())
	d, err2 := time.Parse(time.DateOnly, day)
	if err != nil || err2 != nil {
		return day
	}
	switch int(d.Sub(today).Hours()) / 24 {
	case -1:
		return in.print.T("day.yesterday")
	case 0:
		return in.print.T("day.today")
	case 1:
		return in.print.T("day.tomorrow")
	}
	return in.print.T("day.after_tomorrow")
}

var statusTones = map[stay.Status]ui.Tone{stay.InHouse: ui.ToneOK, stay.Departed: ui.ToneNone, stay.NoShow: ui.ToneWarn, stay.Cancelled: ui.ToneNone}

func arrivalRowVM(in *inquiry, cat *customer.Catalogue, r arrival.Row, department string) arrivalview.Row {
	p := in.print
	g := r.Guest
	vm := arrivalview.Row{ID: r.PublicID, Room: r.Room, Name: guestName(p, r), Tier: in.level(g.Tier), Party: r.Party, Unknown: r.CustomerID == 0}
	vm.Nothing = p.T("arrival.nothing")
	if r.Withheld {
		vm.Nothing = p.T("arrival.nothing_shown")
	}
	vm.ETA = text.Clock(r.ETA)
	if r.ETA < 0 {
		vm.ETA = p.T("arrival.no_time")
	}
	if r.Status != stay.Reserved {
		vm.State, vm.Tone = p.T("stay.status."+string(r.Status)), statusTones[r.Status]
	}
	if g.AddressAs != "" {
		vm.Address = p.T("lookup.address_as", map[string]any{"Name": g.AddressAs})
	}
	if g.Language != "" {
		vm.Language = languageName(p, g.Language)
	}
	switch n := r.Times(); {
	case r.Withheld:
		vm.Tag = p.T("arrival.withheld")
		if r.Forgotten {
			vm.Tag = p.T("arrival.forgotten")
		}
	case vm.Unknown:
		vm.Tag = p.T("arrival.unknown")
	case n <= 1:
		vm.Tag = p.T("arrival.first")
	default:
		vm.Times = p.T("arrival.times", map[string]any{"Count": n})
		if r.Totals.LastOn != "" && r.Status == stay.Reserved {
			vm.Last = joined("·", p.T("arrival.last", map[string]any{"Date": dayWords(p, r.Totals.LastOn)}), r.Totals.LastRoom)
		}
	}
	if in.can(policies.CustomerRead) && g.PublicID != "" {
		vm.CardHref = "/customers/" + g.PublicID
	}
	if in.can(policies.StayEdit) {
		vm.Href = "/stays/" + r.PublicID
		if r.Status == stay.Reserved {
			vm.CheckIn = vm.Href + "/check-in"
		}
	}
	if in.can(policies.ArrivalTick) && in.can(policies.PreferenceNote) && !vm.Unknown && !r.Withheld {
		vm.Note = "/stays/" + r.PublicID + "/note"
	}
	if in.can(policies.ArrivalTick) {
		vm.Ticks = "/stays/" + r.PublicID + "/ticks"
	}
	vm.Preparations = make([]arrivalview.Preparation, 0, len(r.Preparations))
	for _, one := range r.Preparations {
		if one.In(department) {
			vm.Preparations = append(vm.Preparations, preparationVM(in, cat, r, one))
		}
	}
	safe := 0 // those of safety come first
	for _, one := range r.Never {
		if !one.In(department) {
			continue
		}
		vm.Never = append(vm.Never, preparationVM(in, cat, r, one))
		if one.Safety {
			safe = len(vm.Never)
		}
	}
	vm.Never = slices.Insert(vm.Never, safe, restrictionLines(in, r)...)
	return vm
}

// guestName is whom the sheet names: of those who do not want to be known, somebody.
func guestName(p *text.Printer, r arrival.Row) string {
	if r.Withheld && r.Guest.Name == "" {
		return p.T("arrival.somebody")
	}
	return r.Guest.Name
}

// restrictionLines are what the guest asked of whoever serves them, whatever the
// department.
func restrictionLines(in *inquiry, r arrival.Row) []arrivalview.Preparation {
	var out []arrivalview.Preparation
	if r.AskSafety {
		out = append(out, arrivalview.Preparation{Wording: in.print.T("consent.ask_each_time"), Small: in.print.T("restriction.own"), Never: true, Fixed: true, Own: true})
	}
	for _, one := range r.Restrictions {
		branch := inLanguage(in.print, in.staff.BranchNameZH, in.staff.BranchNameEN)
		out = append(out, arrivalview.Preparation{Wording: restrictionText(in.print, one, branch), Small: in.print.T("restriction.own"), Never: true, Fixed: true, Own: true})
	}
	return out
}

func preparationVM(in *inquiry, cat *customer.Catalogue, r arrival.Row, one arrival.Preparation) arrivalview.Preparation {
	p := in.print
	vm := arrivalview.Preparation{
		Key: one.Key, ID: "p-" + r.PublicID + "-" + one.Key, Wording: one.Wording, Department: cat.Department(one.Department).In(string(p.Language())),
		Done: one.Done(), Late: one.Late, Never: one.Never, Safety: one.Safety, Fixed: !one.Tickable() || !in.can(policies.ArrivalTick),
	}
	vm.Overdue = r.Status == stay.Reserved && !one.Due.IsZero() && in.Actor.Now.After(one.Due)
	switch {
	case one.Due.IsZero():
		vm.OpenText = vm.Department
	case vm.Overdue:
		vm.OpenText = in.prepText("arrival.was_due", vm.Department, "", p.Time(one.Due))
	default:
		vm.OpenText = in.prepText("arrival.due_by", vm.Department, "", p.Time(one.Due))
	}
	vm.Small = vm.OpenText
	switch {
	case one.Done() && one.Never:
		vm.Small = in.prepText("arrival.known_by", vm.Department, one.DoneBy, p.Time(one.DoneAt))
	case one.Done():
		vm.Small = in.prepText("arrival.done_by", vm.Department, one.DoneBy, p.Time(one.DoneAt))
	}
	return vm
}

// prep is a text of a line of the sheet with its words.
type prep struct{ key, department, who, at string }

// prepText writes a line of the sheet. A sheet has thousands, and few of them
// differ: each is put together once a request.
func (in *inquiry) prepText(key, department, who, at string) string {
	k := prep{key, department, who, at}
	text, known := in.preps[k]
	if !known {
		text = in.print.T(key, map[string]any{"Department": department, "Who": who, "Time": at})
		if in.preps == nil {
			in.preps = map[prep]string{}
		}
		in.preps[k] = text
	}
	return text
}
