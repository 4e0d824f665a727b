package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/phrase"
	"shuke/policies"
	"shuke/views/preferenceview"
	"shuke/views/ui"
)

// noteAreas is how many areas stand as pills: the likeliest and the next best.
const noteAreas = 4

// readingVM shows how words were understood: the likeliest first, everything
// else a key away.
func readingVM(in *inquiry, cat *customer.Catalogue, n customer.Note, typed bool) preferenceview.Reading {
	p := in.print
	words := strings.TrimSpace(n.Words)
	r := cat.Read(words)
	read := n.Read(cat)
	vm := preferenceview.Reading{Words: words, Area: string(r.Area), Act: string(r.Kind), Wording: read.Wording, Safety: cat.Area(read.Area).Safety, Empty: words == ""}
	lang := string(p.Language())
	likely := append([]phrase.Area{r.Area}, r.Others...)
	if typed && !slices.Contains(likely, phrase.Area(read.Area)) {
		likely = append([]phrase.Area{phrase.Area(read.Area)}, likely...)
	}
	for _, key := range likely[:min(len(likely), noteAreas)] {
		a := cat.Area(string(key))
		vm.Areas = append(vm.Areas, ui.Option{Value: a.Key, Label: a.In(lang), Selected: a.Key == read.Area})
	}
	for _, a := range cat.Areas(false) {
		vm.More = append(vm.More, ui.Option{Value: a.Key, Label: a.In(lang)})
	}
	for _, act := range []string{catalogue.ActDo, catalogue.ActNever} {
		vm.Acts = append(vm.Acts, ui.Option{Value: act, Label: p.T("note.act." + act), Selected: act == read.Act})
	}
	for _, way := range customer.ConsentWays {
		vm.Consent = append(vm.Consent, ui.Option{Value: way, Label: p.T("note.consent." + way), Selected: way == n.Consent})
	}
	return vm
}

// note reads the form in which a wish is written down. Area and act that were
// only read, of other words than those sent, are read anew.
func (f form) note(publicID string) customer.Note {
	n := customer.Note{PublicID: publicID, Words: f.trimmed("words"), Wording: f.trimmed("wording"), Area: f.text("area"), Act: f.text("act"), Here: f.has("here"), UntilOn: f.text("until"),
		Channel: customer.Channel(f.text("channel")), Consent: f.text("consent"), Instead: f.int("instead"), Once: f.text("once")}
	if n.Channel == "" {
		n.Channel = "service"
	}
	if f.text("read_words") != n.Words {
		if n.Area == f.text("read_area") {
			n.Area = ""
		}
		if n.Act == f.text("read_act") {
			n.Act = ""
		}
		n.Wording = ""
	}
	if more := f.text("area_more"); more != "" {
		n.Area = more
	}
	return n
}

// noteVM is the field, empty or as it came back.
func noteVM(in *inquiry, cat *customer.Catalogue, action string, n customer.Note, wrong problems) preferenceview.Note {
	vm := preferenceview.Note{ID: "note", Action: action, Once: n.Once, Words: n.Words, Here: n.Here, Until: n.UntilOn, Problems: wrong.list, At: wrong.fields,
		Reading: readingVM(in, cat, n, len(wrong.list) > 0), Channels: channelOptions(in.print, string(n.Channel)), Open: n.Here || n.UntilOn != "" || wrong.at("until") != "" || wrong.at("channel") != ""}
	if vm.Once == "" {
		vm.Once = once()
	}
	vm.Reading.Problem = wrong.at("consent")
	return vm
}

// wishesVM groups wishes by service area.
func wishesVM(in *inquiry, publicID string, wishes []card.Wish, who func(card.Wish) string) []preferenceview.Area {
	var out []preferenceview.Area
	lang := string(in.print.Language())
	last := "-"
	for _, w := range wishes {
		if w.Area.Key != last {
			last = w.Area.Key
			out = append(out, preferenceview.Area{Label: w.Area.In(lang), Icon: w.Area.Icon, Safety: w.Safety()})
		}
		out[len(out)-1].Wishes = append(out[len(out)-1].Wishes, wishVM(in, publicID, w, who(w)))
	}
	return out
}

func wishVM(in *inquiry, publicID string, w card.Wish, src string) preferenceview.Wish {
	p := in.print
	vm := preferenceview.Wish{N: strconv.FormatInt(w.N, 10), Never: w.Never(), Wording: w.Value, Words: w.Preference.Words, Src: src}
	tag := func(tone ui.Tone, text string) { vm.Tags = append(vm.Tags, preferenceview.Tag{Tone: tone, Text: text}) }
	switch strength := w.Preference.Strength; {
	case strength == 3 && !w.Safety():
		tag(ui.ToneWarn, p.T("preference.must"))
	case strength == 1 && !w.Never(): // nobody likes what must not be
		tag(ui.ToneNone, p.T("preference.likes"))
	}
	if len(w.Preference.Branches) > 0 {
		if slices.Contains(w.Preference.Branches, in.Actor.BranchID) {
			tag(ui.ToneInfo, p.T("preference.here"))
		} else {
			tag(ui.ToneNone, p.T("preference.not_here"))
		}
	}
	if w.Preference.UntilOn != "" {
		tag(ui.ToneInfo, p.T("preference.until", map[string]any{"Date": w.Preference.UntilOn}))
	}
	if w.Stale {
		tag(ui.ToneWarn, p.T("preference.stale"))
	}
	if !w.Preference.ConfirmedAt.IsZero() {
		vm.Src = joined(", ", vm.Src, p.T("preference.confirmed", map[string]any{"Date": p.Date(w.Preference.ConfirmedAt)}))
	}
	at := fmt.Sprintf("/customers/%s/preferences/%d", publicID, w.N)
	if in.can(policies.CustomerEdit) && in.can(policies.PreferenceNote) {
		vm.Confirm, vm.Change = at+"/confirm", at
	}
	if w.Secret && in.can(policies.CustomerReveal) {
		vm.Mask = at + "/words"
	}
	return vm
}

// wishesPanel is the panel of the card.
func wishesPanel(in *inquiry, cat *customer.Catalogue, c card.Card) preferenceview.Panel {
	p := in.print
	vm := preferenceview.Panel{Areas: wishesVM(in, c.PublicID, c.Wishes, func(w card.Wish) string { return source(p, w.Fact) }),
		Count: p.T("preference.count", map[string]any{"Count": len(c.Wishes)}), All: "/customers/" + c.PublicID + "/preferences"}
	if c.Hidden > 0 {
		vm.Hidden = p.T("preference.hidden", map[string]any{"Count": c.Hidden})
	}
	if in.can(policies.CustomerEdit) && in.can(policies.PreferenceNote) {
		n := noteVM(in, cat, "/customers/"+c.PublicID+"/preferences", customer.Note{}, problems{})
		vm.Note = &n
	}
	return vm
}
