package demo

import (
	"shuke/models/customer"
	"shuke/models/relation"
)

// links are the relations of the guests whom everybody looks for first, as far as
// the house has them.
func (f *filling) links() []relation.Loaded {
	var out []relation.Loaded
	for _, l := range f.from.Links() {
		if max(l.Of, l.Other) >= f.o.Customers {
			continue
		}
		kind, _ := relation.ParseKind(l.Kind)
		heard := f.from.Customer(l.Of).Facts[0]
		out = append(out, relation.Loaded{Of: f.first + int64(l.Of), Other: f.first + int64(l.Other), Kind: kind, Who: l.Who, Note: l.Note, Channel: customer.Channel(l.Channel),
			StaffID: f.staff[heard.StaffIndex], BranchID: f.branches[heard.BranchIndex], At: f.moment(l.Of, l.DaysAgo, heard.BranchIndex)})
	}
	return out
}
