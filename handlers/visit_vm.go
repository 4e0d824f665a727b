package handlers

import (
	"strconv"
	"strings"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/views/customerview"
	"shuke/views/text"
	"shuke/views/ui"
)

// visitVM puts what the head of a card tells of stays into words.
func visitVM(in *inquiry, c card.Card) customerview.Visit {
	p := in.print
	v := c.Visit
	var vm customerview.Visit
	if now := v.Now; now != nil {
		vm.Room = now.Room
		args := map[string]any{"Day": now.ArriveOn, "Time": text.Clock(now.ETA), "Count": now.Nights, "Until": now.DepartOn}
		switch {
		case !v.Here:
			vm.When, vm.Room = p.T("visit.elsewhere", args), ""
		case now.Status == stay.InHouse:
			vm.When = p.T("visit.in_house", args)
		case v.Today && now.ETA >= 0:
			vm.When = p.T("visit.today_at", args)
		case v.Today:
			vm.When = p.T("visit.today", args)
		default:
			vm.When = p.T("visit.arrives", args)
		}
	}
	switch {
	case v.Times == 1 && v.Now != nil:
		vm.Times = p.T("visit.first")
	case v.Times > 0:
		vm.Times = p.T("visit.times", map[string]any{"Count": v.Times})
	}
	if last := v.Last; last != nil {
		vm.LastDay = last.ArriveOn
		vm.Last = joined("，", last.Room, p.T("visit.nights", map[string]any{"Count": last.Nights}))
		if p.Language() == text.English {
			vm.Last = joined(", ", last.Room, p.T("visit.nights", map[string]any{"Count": last.Nights}))
		}
	}
	if v.Totals.NextOn != "" && (v.Now == nil || v.Totals.NextOn != v.Now.ArriveOn) {
		vm.Next = v.Totals.NextOn
	}
	vm.Say, vm.SayHint = sayVM(p, c)
	if g := c.Gesture; g != nil {
		vm.Gesture = g.In(string(p.Language()))
		key := "visit.may_grant"
		if !g.MayGrant {
			key = "visit.ask"
		}
		vm.GestureHint = p.T(key, map[string]any{"Post": p.T("role." + string(g.Post)), "Price": p.Money(g.Price, "CNY")})
	}
	return vm
}

// sayVM makes one sentence of what may be said, in the language of the house; a
// guest who speaks another is greeted in it by whoever can.
func sayVM(p *text.Printer, c card.Card) (say, hint string) {
	s := c.Saying
	name := c.AddressAs
	if name == "" {
		if c.Kind == customer.Enterprise { // a firm is not greeted, its people are
			return "", ""
		}
		name = c.Name
	}
	var parts []string
	add := func(key string, args map[string]any) { parts = append(parts, p.T(key, args)) }
	number, blank := strconv.Itoa(s.Times), " "
	if p.Language() == text.Chinese {
		number, blank = hanNumber(s.Times), ""
	}
	args := map[string]any{"Name": name, "Number": number}
	switch {
	case s.Times == 1:
		add("visit.say.first", args)
	case s.Times > 1 && s.LongSince:
		add("visit.say.long_since", args)
	case s.Times > 1:
		add("visit.say.again", args)
	default:
		add("visit.say.hello", args)
	}
	if s.Birthday {
		add("visit.say.birthday", args)
	}
	if s.Wedding {
		add("visit.say.wedding", args)
	}
	if len(s.Ready) > 0 {
		ready := strings.Join(s.Ready, p.T("visit.say.and"))
		add("visit.say.ready", map[string]any{"What": ready})
	}
	if s.Unready > 0 {
		hint = p.T("visit.say.unready", map[string]any{"Count": s.Unready})
	}
	return strings.Join(parts, blank), hint
}

var hanDigits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// hanNumber writes a number up to 99 as it is said; larger ones stay digits.
func hanNumber(n int) string {
	switch {
	case n <= 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return hanDigits[n]
	case n < 20:
		return "十" + hanDigits[n-10]
	}
	return hanDigits[n/10] + "十" + hanDigits[n%10]
}

// readyTag says whether a thing to do is done, for lines of the head.
func readyTag(p *text.Printer, c card.Card, l card.Line) (string, ui.Tone) {
	switch {
	case !l.DoneAt.IsZero():
		return p.T("visit.ready"), ui.ToneOK
	case c.Visit.Now != nil && c.Visit.Here && c.Visit.Now.Status == stay.Reserved && c.Visit.Today && l.Sheet:
		return p.T("visit.unready"), ui.ToneWarn
	}
	return "", ui.ToneNone
}
