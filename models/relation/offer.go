package relation

import (
	"slices"

	"shuke/models/customer"
	"shuke/policies"
)

// Offer is what somebody who is no customer may be written down as, and what is
// asked of them: nothing that the catalogue keeps no place for, or that this role
// may not enter.
type Offer struct {
	Named  []Kind // whose people may be written down by name
	Linked []Kind // who are linked as customers only
	born   bool
	minor  bool
}

// Offered is what a role may write down by name around a customer of the kind.
func Offered(cat *customer.Catalogue, role policies.Role, of customer.Kind) Offer {
	enters := func(key string) bool {
		f, known := cat.Field(key)
		return known && f.On && f.MayChange(role)
	}
	out := Offer{born: enters(birthField), minor: enters(childField)}
	for _, k := range KindsFor(of, 0) {
		if enters(k.NameField()) {
			out.Named = append(out.Named, k)
		} else {
			out.Linked = append(out.Linked, k)
		}
	}
	return out
}

// AsksBorn reports whether a year of birth is asked of somebody of the kind.
func (o Offer) AsksBorn(k Kind) bool { return o.born && k.Minor() && slices.Contains(o.Named, k) }

// AsksMinor reports whether it is asked if somebody of the kind is a child under
// 14, whose name is then kept like any child's.
func (o Offer) AsksMinor(k Kind) bool {
	return o.minor && k.Other() == customer.Individual && slices.Contains(o.Named, k)
}
