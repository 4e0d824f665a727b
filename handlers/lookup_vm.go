package handlers

import (
	"fmt"
	"slices"

	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/deskview"
	"shuke/views/ui"
)

// resultsVM puts a look-up's answer into words, under headings by how well the
// hits match.
func resultsVM(in *inquiry, query string, r customer.Results) deskview.Results {
	p := in.print
	vm := deskview.Results{Empty: r.Empty, Narrow: r.Narrow, Query: query, MayAdd: in.can(policies.CustomerCreate), Count: p.T("lookup.count", map[string]any{"Count": len(r.Hits)})}
	if r.Withheld > 0 {
		vm.Withheld = p.T("lookup.withheld", map[string]any{"Count": r.Withheld})
	}
	for _, t := range r.Terms {
		vm.Terms = append(vm.Terms, deskview.Term{As: p.T("lookup.as." + t.As), Typed: t.Typed})
	}
	if r.Empty && query == "" {
		return vm
	}
	group := func(label string, hits []customer.Hit) {
		g := deskview.Group{ID: fmt.Sprintf("g%d", len(vm.Groups)+1), Label: label}
		for _, h := range hits {
			g.Hits = append(g.Hits, hitVM(in, h))
		}
		if len(g.Hits) > 0 {
			vm.Groups = append(vm.Groups, g)
		}
	}
	switch {
	case r.Group == customer.OneTermEach:
		for i := range r.Terms {
			group(p.T("lookup.only", map[string]any{"As": vm.Terms[i].As}), only(r.Hits, func(h customer.Hit) bool { return h.Term == i }))
		}
	case len(r.Terms) > 1:
		group(p.T("lookup.all_terms"), r.Hits)
	default:
		group(p.T("lookup.recent_here"), only(r.Hits, func(h customer.Hit) bool { return h.Recent }))
		group(p.T("lookup.others"), only(r.Hits, func(h customer.Hit) bool { return !h.Recent }))
	}
	return vm
}

func only(hits []customer.Hit, keep func(customer.Hit) bool) []customer.Hit {
	return slices.DeleteFunc(slices.Clone(hits), func(h customer.Hit) bool { return !keep(h) })
}

// hitVM shows identity cues only: form of address, town, employer, tier.
func hitVM(in *inquiry, h customer.Hit) deskview.Hit {
	p := in.print
	vm := deskview.Hit{ID: "hit-" + h.PublicID, Href: "/customers/" + h.PublicID, Name: segments(h.Name), Reading: segments(h.Reading), Phone: segments(h.Phone), Tier: in.level(h.Tier)}
	cue := func(parts ...ui.Segment) { vm.Cue = append(vm.Cue, parts) }
	if len(h.Other) > 0 {
		vm.Cue = append(vm.Cue, append([]ui.Segment{{Text: p.T("lookup.formerly") + " "}}, segments(h.Other)...))
	}
	if h.Address != "" {
		cue(ui.Segment{Text: p.T("lookup.address_as", map[string]any{"Name": h.Address})})
	}
	if h.City != "" {
		cue(ui.Segment{Text: h.City})
	}
	if len(h.Employer) > 0 {
		vm.Cue = append(vm.Cue, segments(h.Employer))
	}
	for _, because := range h.Because {
		cue(ui.Segment{Text: p.T("lookup.because." + because), Mark: true})
	}
	if h.Kind == customer.Enterprise {
		vm.Firm = p.T("customer.firm")
	}
	if h.Recent {
		vm.Now = p.T("lookup.lately_here")
	}
	return vm
}

func segments(parts []customer.Part) []ui.Segment {
	out := make([]ui.Segment, len(parts))
	for i, part := range parts {
		out[i] = ui.Segment{Text: part.Text, Mark: part.Mark}
	}
	return out
}
