package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/listview"
	"shuke/views/ui"
)

// entryForm builds the boxes of one entry from what is kept and what was typed.
type entryForm struct {
	in      *inquiry
	cat     *customer.Catalogue
	typed   *form
	wrong   problems
	key     string
	version int64
}

// value is what stands in a box: what was typed, else what is kept.
func (b *entryForm) value(name, kept string) string {
	if b.typed != nil {
		return b.typed.text(name)
	}
	return kept
}

func (b *entryForm) checked(name string, kept bool) bool {
	if b.typed != nil {
		return b.typed.has(name)
	}
	return kept
}

func (b *entryForm) field(name, label, kept string, more ...func(*ui.FieldProps)) listview.Input {
	f := ui.FieldProps{Name: name, Label: b.in.print.T(label), Value: b.value(name, kept), Error: b.wrong.at(name)}
	for _, change := range more {
		change(&f)
	}
	return listview.Input{Field: &f}
}

func required(in *inquiry) func(*ui.FieldProps) {
	return func(f *ui.FieldProps) { f.Required = in.print.T("form.required") }
}

func numeric(f *ui.FieldProps) { f.InputMode = "numeric" }

// names are the boxes that every list has: the key of a new entry, both names.
func (b *entryForm) names(zh, en, keptZH, keptEN string) []listview.Input {
	var out []listview.Input
	if b.key == "" {
		out = append(out, b.field("key", "list.key", "", required(b.in), func(f *ui.FieldProps) { f.Hint = b.in.print.T("list.key_hint") }))
	}
	return append(out, b.field(zh, "list.name_zh", keptZH, required(b.in)), b.field(en, "list.name_en", keptEN, required(b.in), func(f *ui.FieldProps) { f.Lang = "en" }))
}

func (b *entryForm) options(name, kept string, values []string, label func(string) string) []ui.Option {
	chosen := b.value(name, kept)
	var out []ui.Option
	for _, v := range values {
		out = append(out, ui.Option{Value: v, Label: label(v), Selected: v == chosen})
	}
	return out
}

func (b *entryForm) choose(name, label, kept string, values []string, words func(string) string) listview.Input {
	return listview.Input{Select: &ui.SelectProps{Name: name, Label: b.in.print.T(label), Error: b.wrong.at(name), Options: b.options(name, kept, values, words)}}
}

func (b *entryForm) check(name, label string, kept bool) listview.Input {
	return listview.Input{Check: &ui.CheckProps{Name: name, Label: b.in.print.T(label), Checked: b.checked(name, kept), Error: b.wrong.at(name)}}
}

func (b *entryForm) area() ([]listview.Input, bool) {
	p := b.in.print
	kept, known := customer.Area{Icon: "check", Prepares: customer.PreparesWants, On: true, Position: 1000}, false
	for _, a := range b.cat.Areas(true) {
		if a.Key == b.key {
			kept, known, b.version = a, true, a.Version
		}
	}
	var departments []string
	for _, d := range b.cat.Departments(false) {
		departments = append(departments, d.Key)
	}
	out := b.names("name_zh", "name_en", kept.NameZH, kept.NameEN)
	return append(out,
		b.choose("department", "arrival.department", kept.Department, departments, func(k string) string { return b.cat.Department(k).In(string(p.Language())) }),
		b.choose("prepares", "list.prepares", strconv.Itoa(int(kept.Prepares)), []string{"0", "1", "2"}, func(k string) string { return p.T("list.prepares." + k) }),
		listview.Input{Lines: &ui.TextareaProps{Name: "words", Label: p.T("list.words"), Hint: p.T("list.words_hint"), Value: b.value("words", strings.Join(kept.Words, "\n")), Error: b.wrong.at("words")}},
		b.choose("icon", "list.icon", kept.Icon, customer.Icons, func(k string) string { return p.T("list.icon." + k) }),
		b.field("position", "list.position", strconv.Itoa(kept.Position), numeric),
		b.check("safety", "list.safety", kept.Safety), b.check("on", "list.on", kept.On)), known
}

func (b *entryForm) department() ([]listview.Input, bool) {
	kept, known := customer.Department{LeadMinutes: 60, On: true, Position: 1000}, false
	for _, d := range b.cat.Departments(true) {
		if d.Key == b.key {
			kept, known, b.version = d, true, d.Version
		}
	}
	out := b.names("name_zh", "name_en", kept.NameZH, kept.NameEN)
	return append(out, b.field("lead", "list.lead", strconv.Itoa(kept.LeadMinutes), numeric), b.field("position", "list.position", strconv.Itoa(kept.Position), numeric), b.check("on", "list.on", kept.On)), known
}

func (b *entryForm) gesture() ([]listview.Input, bool) {
	p := b.in.print
	kept, known := customer.Gesture{Occasion: customer.OnStay, Every: 10, Post: policies.FrontDesk, On: true, Position: 1000}, false
	for _, g := range b.cat.Gestures() {
		if g.Key == b.key {
			kept, known, b.version = g, true, g.Version
		}
	}
	var posts []string
	for _, r := range customer.Posts {
		posts = append(posts, string(r))
	}
	tags := &ui.ChoiceProps{Name: "tags", Legend: p.T("list.tags"), Hint: p.T("list.tags_hint"), Error: b.wrong.at("tags"), Many: true, Chips: true}
	for _, t := range customer.Tags {
		on := false
		if b.typed != nil {
			for _, v := range b.typed.all("tags") {
				on = on || v == t
			}
		} else {
			for _, v := range kept.Tags {
				on = on || v == t
			}
		}
		tags.Options = append(tags.Options, ui.Option{Value: t, Label: p.T("tag." + t), Selected: on})
	}
	out := b.names("text_zh", "text_en", kept.TextZH, kept.TextEN)
	return append(out,
		b.choose("occasion", "list.occasion", kept.Occasion, customer.Occasions, func(k string) string { return p.T("list.occasion." + k) }),
		b.field("every", "list.every", fmt.Sprint(kept.Every), numeric), b.field("price", "list.price", minorText(kept.Price), func(f *ui.FieldProps) { f.InputMode = "decimal" }),
		b.choose("post", "list.post", string(kept.Post), posts, func(k string) string { return p.T("role." + k) }),
		listview.Input{Choice: tags}, b.field("position", "list.position", strconv.Itoa(kept.Position), numeric), b.check("on", "list.on", kept.On)), known
}

// whole reads a whole number; -1 for what is none.
func (f form) whole(name string) int {
	text := f.trimmed(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

func (f form) area(key string) customer.Area {
	return customer.Area{Key: key, NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), Words: strings.Fields(f.text("words")), Department: f.text("department"), Icon: f.text("icon"),
		Safety: f.has("safety"), Prepares: customer.Prepares(f.whole("prepares")), Position: f.whole("position"), On: f.has("on"), Version: f.int("version")}
}

func (f form) department(key string) customer.Department {
	return customer.Department{Key: key, NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), LeadMinutes: f.whole("lead"), Position: f.whole("position"), On: f.has("on"), Version: f.int("version")}
}

func (f form) gesture(key string) customer.Gesture {
	return customer.Gesture{Key: key, TextZH: f.trimmed("text_zh"), TextEN: f.trimmed("text_en"), Occasion: f.text("occasion"), Every: f.whole("every"), Price: minorOf(f.text("price")),
		Post: policies.Role(f.text("post")), Tags: f.all("tags"), Position: f.whole("position"), On: f.has("on"), Version: f.int("version")}
}
