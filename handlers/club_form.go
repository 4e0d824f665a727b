package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/membership"
	"shuke/views/listview"
	"shuke/views/ui"
)

// The parts of a club that have forms of their own.
const (
	partTiers  = "tiers"
	partEvents = "events"
)

// clubPart is what an address under /clubs asks for: a club, one of its levels or
// events, or the rules of standing; new or one that is there.
type clubPart struct {
	club membership.Club
	part string // "" the club itself
	item int64  // 0 a new one
}

// clubForm is the form of a part, as kept, or as typed when it came back.
func (a *App) clubForm(c echo.Context) error {
	return a.clubFormPage(c, http.StatusOK, nil, problems{})
}

func (a *App) clubPart(c echo.Context, in *inquiry) (clubPart, error) {
	if _, err := in.catalogue(c); err != nil {
		return clubPart{}, err
	}
	out := clubPart{part: c.Param("part")}
	missing := fault.New(fault.NotFound, "error.not_found")
	if c.Param("club") != "" {
		var known bool
		if out.club, known = in.clubs.Club(clubOf(c)); !known {
			return out, missing
		}
	}
	if out.part != "" && out.part != partTiers && out.part != partEvents {
		return out, missing
	}
	if item := c.Param("item"); item != "" {
		n, err := strconv.ParseInt(item, 10, 64)
		if err != nil || n <= 0 {
			return out, missing
		}
		out.item = n
	}
	return out, nil
}

func (a *App) clubFormPage(c echo.Context, status int, typed *form, wrong problems) error {
	in := inquiryOf(c)
	part, err := a.clubPart(c, in)
	if err != nil {
		return err
	}
	b := &entryForm{in: in, typed: typed, wrong: wrong}
	vm := listview.Form{Action: "/clubs", Back: "/clubs", Problems: wrong.list, Stale: status == http.StatusConflict, Once: once()}
	if typed != nil && status == http.StatusUnprocessableEntity && typed.text("once") != "" {
		vm.Once = typed.text("once")
	}
	here := fmt.Sprintf("/clubs/%d", part.club.ID)
	known := true
	switch {
	case part.part == partTiers:
		vm.Action, vm.Title = here+"/tiers", in.print.T("club.new_tier")
		vm.Inputs, known = b.tier(part)
	case part.part == partEvents:
		vm.Action, vm.Title = here+"/events", in.print.T("club.new_event")
		if vm.Inputs, known, err = a.eventInputs(c, b, part); err != nil {
			return err
		}
	default:
		vm.Title = in.print.T("club.new")
		vm.Inputs = b.club(part.club)
	}
	if !known {
		return fault.New(fault.NotFound, "error.not_found")
	}
	switch {
	case part.item != 0:
		vm.Action, vm.Title = fmt.Sprintf("%s/%d", vm.Action, part.item), in.editing(part.part)
	case part.part == "" && part.club.ID != 0:
		vm.Action, vm.Title = here, in.editing("clubs")
	}
	vm.Version = strconv.FormatInt(b.version, 10)
	return a.page(c, status, vm.Title, part.club.In(string(in.print.Language())), templOf(listview.FormPage(vm)))
}

func (b *entryForm) club(kept membership.Club) []listview.Input {
	p := b.in.print
	if kept.ID == 0 {
		kept = membership.Club{Digits: 6, CheckDigit: true, Joining: membership.OnRequest, On: true}
	}
	b.version = kept.Version
	return []listview.Input{
		b.field("name_zh", "list.name_zh", kept.NameZH, required(b.in)), b.field("name_en", "list.name_en", kept.NameEN, required(b.in), func(f *ui.FieldProps) { f.Lang = "en" }),
		b.field("prefix", "club.prefix", kept.Prefix, func(f *ui.FieldProps) { f.Hint, f.MaxLength = p.T("club.prefix_hint"), 3 }),
		b.field("digits", "club.digits", strconv.Itoa(kept.Digits), numeric),
		b.choose("joining", "club.joining", kept.Joining, membership.Joinings, func(k string) string { return p.T("club.joining." + k) }),
		b.field("position", "list.position", strconv.Itoa(kept.Position), numeric),
		b.check("check_digit", "club.check_digit", kept.CheckDigit), b.check("on", "list.on", kept.On),
	}
}

func (b *entryForm) tier(part clubPart) ([]listview.Input, bool) {
	p := b.in.print
	kept := membership.Tier{Rank: len(part.club.Tiers) + 1, Tone: "brass", Months: 12, Any: true, GraceMonths: 3}
	if part.item != 0 {
		var known bool
		if kept, known = part.club.Tier(part.item); !known {
			return nil, false
		}
	}
	b.version = kept.Version
	any := "all"
	if kept.Any {
		any = "any"
	}
	benefits := func(name, label string, kept []string) listview.Input {
		return listview.Input{Lines: &ui.TextareaProps{Name: name, Label: p.T(label), Hint: p.T("club.benefits_hint"), Value: b.value(name, strings.Join(kept, "\n")), Error: b.wrong.at(name), Rows: 4}}
	}
	return []listview.Input{
		b.field("name_zh", "list.name_zh", kept.NameZH, required(b.in)), b.field("name_en", "list.name_en", kept.NameEN, required(b.in), func(f *ui.FieldProps) { f.Lang = "en" }),
		b.field("rank", "club.rank", strconv.Itoa(kept.Rank), numeric, func(f *ui.FieldProps) { f.Hint = p.T("club.rank_hint") }),
		b.choose("tone", "club.tone", kept.Tone, membership.Tones, func(k string) string { return p.T("club.tone." + k) }),
		b.field("nights", "club.nights", strconv.Itoa(kept.Nights), numeric, func(f *ui.FieldProps) { f.Hint = p.T("club.zero_hint") }),
		b.field("stays", "club.stays", strconv.Itoa(kept.Stays), numeric),
		b.field("spend", "club.spend", minorText(kept.Spend), func(f *ui.FieldProps) { f.InputMode = "decimal" }),
		b.choose("any", "club.any", any, []string{"any", "all"}, func(k string) string { return p.T("club.any." + k) }),
		b.field("months", "club.window", strconv.Itoa(kept.Months), numeric, func(f *ui.FieldProps) { f.Hint = p.T("club.window_hint") }),
		b.field("grace", "club.grace_months", strconv.Itoa(kept.GraceMonths), numeric, func(f *ui.FieldProps) { f.Hint = p.T("club.grace_hint") }),
		benefits("benefits_zh", "club.benefits_zh", kept.BenefitsZH), benefits("benefits_en", "club.benefits_en", kept.BenefitsEN),
	}, true
}

// eventInputs are the boxes of an event.
func (a *App) eventInputs(c echo.Context, b *entryForm, part clubPart) ([]listview.Input, bool, error) {
	ctx := c.Request().Context()
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return nil, false, err
	}
	kept, known := membership.Event{HeldOn: b.in.Actor.Today(), BranchID: b.in.Actor.BranchID}, part.item == 0
	if !known {
		events, err := a.Members.Events(ctx, b.in.Actor, part.club.ID)
		if err != nil {
			return nil, false, err
		}
		for _, e := range events {
			if e.ID == part.item {
				kept, known = e, true
			}
		}
	}
	b.version = kept.Version
	var ids []string
	names := map[string]string{}
	for _, branch := range branches {
		id := strconv.FormatInt(branch.ID, 10)
		ids, names[id] = append(ids, id), inLanguage(b.in.print, branch.NameZH, branch.NameEN)
	}
	return []listview.Input{
		b.field("name_zh", "list.name_zh", kept.NameZH, required(b.in)), b.field("name_en", "list.name_en", kept.NameEN, required(b.in), func(f *ui.FieldProps) { f.Lang = "en" }),
		b.field("held_on", "club.held_on", kept.HeldOn, required(b.in), func(f *ui.FieldProps) { f.Type = "date" }), b.field("place", "club.place", kept.Place, required(b.in)),
		b.choose("branch", "club.branch", strconv.FormatInt(kept.BranchID, 10), ids, func(k string) string { return names[k] }),
	}, known, nil
}
