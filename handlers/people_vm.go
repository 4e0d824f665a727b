package handlers

import (
	"slices"
	"strconv"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/relation"
	"shuke/policies"
	"shuke/views/peopleview"
	"shuke/views/text"
	"shuke/views/ui"
)

func relationsHref(id string) string { return "/customers/" + id + "/relations" }

func relationHref(id, ref, act string) string { return relationsHref(id) + "/" + ref + "/" + act }

// newRelationHref leads to the form that writes down somebody: whom facts or a
// name tell of, linked with a customer, or anybody.
func newRelationHref(id, who, with string) string {
	to := relationsHref(id) + "/new"
	switch {
	case who != "" && with != "":
		return to + "?who=" + who + "&with=" + with
	case who != "":
		return to + "?who=" + who
	case with != "":
		return to + "?with=" + with
	}
	return to
}

func kindName(p *text.Printer, k relation.Kind) string { return p.T("relation.kind." + k.String()) }

// peoplePanel is the panel of the card, nil for those who may not see it.
func peoplePanel(in *inquiry, id string, people card.People) *peopleview.Panel {
	if !in.can(policies.RelationRead) {
		return nil
	}
	vm := &peopleview.Panel{More: people.More, All: relationsHref(id)}
	if people.MayEdit {
		vm.Add = newRelationHref(id, "", "")
	}
	if people.Household {
		vm.Household = "/customers/" + id + "/household"
	}
	for _, person := range people.List {
		vm.People = append(vm.People, personVM(in, id, person, people.MayEdit))
	}
	return vm
}

// personVM is somebody on the card: linked, named, or told of.
func personVM(in *inquiry, id string, person card.Person, edit bool) peopleview.Person {
	if person.Link != nil {
		return linkVM(in, id, *person.Link, edit)
	}
	vm := peopleview.Person{Kind: kindName(in.print, person.Kind)}
	if edit {
		vm.Link = newRelationHref(id, person.Who, "")
	}
	switch e := person.Name; {
	case e == nil:
	case e.Denied:
		vm.Mask, vm.Why, vm.Link = hiddenName(in, person.Kind), in.print.T("reveal.denied"), ""
	case e.Masked:
		vm.Mask = hiddenName(in, person.Kind)
		if e.Reveal {
			vm.Reveal = "/customers/" + id + "/reveal/" + strconv.FormatInt(e.N, 10)
		}
	default:
		vm.Name = e.Value
	}
	return vm
}

func hiddenName(in *inquiry, k relation.Kind) string {
	return in.print.T("reveal.hidden", map[string]any{"Field": kindName(in.print, k)})
}

// linkVM is a relation as the reader may see it.
func linkVM(in *inquiry, id string, l relation.Link, edit bool) peopleview.Person {
	p := in.print
	vm := peopleview.Person{Kind: kindName(p, l.Kind), Note: l.Note}
	switch {
	case l.Other != nil:
		vm.Name = l.Other.Name
		if in.can(policies.CustomerRead) {
			vm.Href = "/customers/" + l.Other.PublicID
		}
		if l.Other.AddressAs != "" {
			vm.Address = p.T("lookup.address_as", map[string]any{"Name": l.Other.AddressAs})
		}
	case l.Denied:
		vm.Mask, vm.Why = hiddenName(in, l.Kind), p.T("reveal.denied")
	case l.Sealed:
		vm.Mask = hiddenName(in, l.Kind)
		if in.can(policies.CustomerReveal) {
			vm.Reveal = relationHref(id, l.Ref, "reveal")
		}
	default:
		vm.Name = l.Name
	}
	if edit && l.Other == nil && !l.Denied {
		vm.Link = newRelationHref(id, l.Ref, "")
	}
	tag := func(show bool, tone ui.Tone, icon, key string) {
		if show {
			vm.Tags = append(vm.Tags, peopleview.Tag{Tone: tone, Icon: icon, Text: p.T(key)})
		}
	}
	tag(l.Away, ui.ToneBad, "quiet", "people.away")
	tag(l.Hidden, ui.ToneBad, "quiet", "people.hidden")
	tag(l.Consent, ui.ToneNone, "check", "people.consent")
	return vm
}

// briefVM is a customer of whom no more than a link tells is shown.
func briefVM(in *inquiry, b relation.Brief) peopleview.Person {
	vm := linkVM(in, "", relation.Link{Other: &b}, false)
	vm.Kind = in.print.T("customer.person")
	if b.Kind == customer.Enterprise {
		vm.Kind = in.print.T("customer.firm")
	}
	return vm
}

// relationOptions lists the kinds that fit, of which one may be chosen.
func relationOptions(p *text.Printer, kinds []relation.Kind, chosen relation.Kind) []ui.Option {
	var out []ui.Option
	for _, k := range kinds {
		out = append(out, ui.Option{Value: k.String(), Label: kindName(p, k), Selected: k == chosen})
	}
	return out
}

// offerVM puts into the form what is asked of somebody who is no customer, by kind.
func offerVM(p *text.Printer, o relation.Offer, chosen relation.Kind, vm *peopleview.Form) {
	vm.Kinds = relationOptions(p, o.Named, chosen)
	for i, k := range o.Named {
		if o.AsksBorn(k) {
			vm.Kinds[i].Asks, vm.AskBorn = "born ", true
		}
		if o.AsksMinor(k) {
			vm.Kinds[i].Asks += "minor"
			vm.AskMinor = true
		}
	}
	var linked []string
	for _, k := range o.Linked {
		linked = append(linked, kindName(p, k))
	}
	if len(linked) > 0 {
		vm.Linked = p.T("people.linked_only", map[string]any{"Kinds": listed(p, linked)})
	}
}

// lifeVM are the changes in a customer's life, as a word beside what is to do:
// the same for two children is said once.
func lifeVM(p *text.Printer, events []relation.LifeEvent) []string {
	var out []string
	for _, e := range events {
		if words := p.T("life." + e.Kind); p.Has("life."+e.Kind) && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}
