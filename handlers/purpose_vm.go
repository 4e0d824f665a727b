package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/purpose"
	"shuke/policies"
	"shuke/views/purposeview"
	"shuke/views/text"
	"shuke/views/ui"
)

// purposesWords puts what is known for a purpose into the reader's words.
type purposesWords struct {
	in   *inquiry
	cat  *customer.Catalogue
	view purposesView
}

func (w *purposesWords) page(o purpose.Overview, typed *weighing) purposeview.Page {
	p := w.in.print
	vm := purposeview.Page{Kinds: w.view.kinds(w), Kind: w.view.kind.String(), Here: w.view.href(), Chosen: p.T("purpose." + w.view.chosen), Empty: o.CountedAt.IsZero(),
		Count: w.in.can(policies.PurposeManage), Advice: w.advice(o)}
	if o.Counting {
		vm.Counting = p.T("purposes.counting", map[string]any{"Percent": percent(o.Done)})
	}
	if !vm.Empty {
		vm.Counted = p.T("purposes.counted", map[string]any{"Time": p.DateTime(o.CountedAt), "Customers": w.amount(o.Customers)})
	}
	weights := o.Weighing.Weights
	if vm.Count {
		vm.Weigh = &purposeview.Weigh{Version: strconv.FormatInt(o.Weighing.Version, 10)}
		if typed != nil {
			weights, vm.Weigh.Problems = typed.weights, typed.wrong.list
			if typed.stale {
				vm.Weigh.Stale = w.stale(o.Weighing.Weights, typed.weights)
			}
		}
	}
	for _, key := range customer.Purposes {
		vm.Purposes = append(vm.Purposes, w.purpose(key, o, weights.Of(key)))
	}
	for _, l := range o.Fields {
		vm.Fields = append(vm.Fields, w.field(l))
	}
	for _, l := range o.Unused {
		vm.Unused = append(vm.Unused, w.field(l))
	}
	for _, b := range o.Branches {
		name := b.NameZH
		if p.Language() == text.English {
			name = b.NameEN
		}
		vm.Branches = append(vm.Branches, purposeview.Branch{Name: name, Customers: w.amount(b.Customers), Known: w.share(b.Known), Fresh: w.share(b.Fresh)})
	}
	return vm
}

func (w *purposesWords) purpose(key string, o purpose.Overview, weight int) purposeview.Purpose {
	p := w.in.print
	vm := purposeview.Purpose{Key: key, Label: p.T("purpose." + key), Href: purposesView{w.view.kind, key}.href(), Current: key == w.view.chosen, Weight: weightWord(p, weight)}
	for n := purpose.First; n >= purpose.NotNow; n-- {
		vm.Weights = append(vm.Weights, ui.Option{Value: strconv.Itoa(n), Label: weightWord(p, n), Selected: n == weight})
	}
	vm.Sentence = p.T("purposes.needs", map[string]any{"Count": len(purpose.Needs(w.cat, key, w.view.kind))})
	for _, l := range o.Purposes {
		switch {
		case l.Purpose != key:
		case !l.Known.Told:
			vm.Sentence = p.T("purposes.needs_few", map[string]any{"Count": l.Needs})
		default:
			vm.Told, vm.Known = true, l.Known.Percent
			vm.KnownLabel = p.T("purposes.known_of", map[string]any{"Purpose": vm.Label, "Percent": percent(l.Known.Percent)})
			vm.Sentence = p.T("purposes.needs_known", map[string]any{"Count": l.Needs, "Known": percent(l.Known.Percent), "Fresh": w.share(l.Fresh)})
		}
	}
	return vm
}

func weightWord(p *text.Printer, n int) string { return p.T("purposes.weight." + strconv.Itoa(n)) }

func percent(n int) string { return fmt.Sprintf("%d%%", n) }

func (w *purposesWords) field(l purpose.FieldLine) purposeview.Field {
	p := w.in.print
	vm := purposeview.Field{Href: fieldHref(l.Field.Key), Label: l.Field.Label(string(p.Language())), Known: w.amount(l.Customers), Share: w.share(l.Known), Fresh: w.share(l.Fresh),
		Ages: p.T("purposes.never_ages"), Way: p.T("purposes.way.never"), Unused: l.Unused}
	if !l.Known.Told { // the number below says why
		vm.Share = ""
	}
	if l.Field.HalfLifeDays > 0 {
		vm.Ages = p.T("field.days", map[string]any{"Count": l.Field.HalfLifeDays})
	}
	switch {
	case l.Asked && l.Tact == catalogue.ComesUp:
		vm.Way = p.T("purposes.way.comes_up")
	case l.Asked:
		vm.Way = p.T("purposes.way.asked")
	}
	var uses []string
	for _, u := range l.Uses {
		uses = append(uses, p.T("purposes.use", map[string]any{"Use": p.T("use." + string(u.Use)), "Times": w.amount(u.Times)}))
	}
	vm.Uses = strings.Join(uses, p.T("field.and"))
	return vm
}

// advice says what to make of fields that were never used: nothing, as long as
// uses are counted only since lately.
func (w *purposesWords) advice(o purpose.Overview) string {
	p := w.in.print
	switch {
	case o.UsesSince.IsZero():
		return p.T("purposes.unused_unknown")
	case o.Young():
		return p.T("purposes.unused_young", map[string]any{"Date": p.Date(o.UsesSince)})
	}
	return p.T("purposes.unused_advice")
}

func (w *purposesWords) amount(n purpose.Amount) string {
	number := w.in.print.Number(n.N)
	switch {
	case n.Few:
		return w.in.print.T("purposes.too_few")
	case n.About:
		return w.in.print.T("purposes.about", map[string]any{"Number": number})
	}
	return number
}

func (w *purposesWords) share(s purpose.Share) string {
	if !s.Told {
		return w.in.print.T("purposes.hidden")
	}
	return percent(s.Percent)
}

func (w *purposesWords) stale(now, typed purpose.Weights) *ui.StaleProps {
	p := w.in.print
	var all []ui.Difference
	for _, key := range customer.Purposes {
		all = append(all, ui.Difference{Label: p.T("purpose." + key), Now: weightWord(p, now.Of(key)), Typed: weightWord(p, typed.Of(key))})
	}
	return staleNotice(p, all...)
}
