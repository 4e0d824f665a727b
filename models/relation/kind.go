package relation

import (
	"shuke/models/customer"
)

// Kind is what somebody is to a customer. The numbers are stored, and order the
// people of a card.
type Kind int

// The kinds.
const (
	Spouse       Kind = 10
	Partner      Kind = 12
	Child        Kind = 20
	Parent       Kind = 22
	Grandchild   Kind = 24
	Grandparent  Kind = 26
	Sibling      Kind = 30
	Relative     Kind = 32
	Household    Kind = 40 // lives with them
	TravelsWith  Kind = 44
	Friend       Kind = 50
	Colleague    Kind = 54
	Neighbour    Kind = 58
	Assistant    Kind = 60 // works for them
	Assists      Kind = 62 // for whom they work
	Employer     Kind = 70 // the firm
	Principal    Kind = 72 // leads the firm
	PrincipalAt  Kind = 74 // the firm they lead
	IntroducedBy Kind = 80
	Introduced   Kind = 82
	Employee     Kind = 90
)

// trait is what is known of a kind. field is the field of the catalogue that
// decides whether a name of somebody who is no customer may be kept, and who
// sees and enters it; minor marks kinds whose people are children unless their
// age is known.
type trait struct {
	kind, inverse Kind
	name          string
	holder, other customer.Kind // 0: either
	field         string
	minor         bool
}

var traits = []trait{
	{kind: Spouse, inverse: Spouse, name: "spouse", holder: customer.Individual, other: customer.Individual, field: "spouse_name"},
	{kind: Partner, inverse: Partner, name: "partner", holder: customer.Individual, other: customer.Individual, field: "spouse_name"},
	{kind: Child, inverse: Parent, name: "child", holder: customer.Individual, other: customer.Individual, field: childField, minor: true},
	{kind: Parent, inverse: Child, name: "parent", holder: customer.Individual, other: customer.Individual, field: "relative_name"},
	{kind: Grandchild, inverse: Grandparent, name: "grandchild", holder: customer.Individual, other: customer.Individual, field: childField, minor: true},
	{kind: Grandparent, inverse: Grandchild, name: "grandparent", holder: customer.Individual, other: customer.Individual, field: "relative_name"},
	{kind: Sibling, inverse: Sibling, name: "sibling", holder: customer.Individual, other: customer.Individual, field: "relative_name"},
	{kind: Relative, inverse: Relative, name: "relative", holder: customer.Individual, other: customer.Individual, field: "relative_name"},
	{kind: Household, inverse: Household, name: "household", holder: customer.Individual, other: customer.Individual, field: "companion"},
	{kind: TravelsWith, inverse: TravelsWith, name: "travels_with", holder: customer.Individual, other: customer.Individual, field: "companion"},
	{kind: Friend, inverse: Friend, name: "friend", holder: customer.Individual, other: customer.Individual, field: "friend_name"},
	{kind: Colleague, inverse: Colleague, name: "colleague", holder: customer.Individual, other: customer.Individual, field: "companion"},
	{kind: Neighbour, inverse: Neighbour, name: "neighbour", holder: customer.Individual, other: customer.Individual, field: "neighbour_name"},
	{kind: Assistant, inverse: Assists, name: "assistant", holder: customer.Individual, other: customer.Individual, field: "companion"},
	{kind: Assists, inverse: Assistant, name: "assists", holder: customer.Individual, other: customer.Individual, field: "companion"},
	{kind: Employer, inverse: Employee, name: "employer", holder: customer.Individual, other: customer.Enterprise, field: "employer"},
	{kind: Principal, inverse: PrincipalAt, name: "principal", holder: customer.Enterprise, other: customer.Individual, field: "principal_name"},
	{kind: PrincipalAt, inverse: Principal, name: "principal_at", holder: customer.Individual, other: customer.Enterprise, field: "employer"},
	{kind: IntroducedBy, inverse: Introduced, name: "introduced_by", field: "referred_by"},
	{kind: Introduced, inverse: IntroducedBy, name: "introduced", field: "referred_by"},
	{kind: Employee, inverse: Employer, name: "employee", holder: customer.Enterprise, other: customer.Individual, field: "contact_name"},
}

// The fields of the catalogue that say something of a child.
const (
	childField = "child_name"
	birthField = "child_birth"
)

func (k Kind) trait() trait {
	for _, t := range traits {
		if t.kind == k {
			return t
		}
	}
	return trait{}
}

// String is the kind's name as texts, forms and the API use it.
func (k Kind) String() string { return k.trait().name }

// Inverse is what the customer is to the other.
func (k Kind) Inverse() Kind { return k.trait().inverse }

// NameField is the field of the catalogue by whose rules a name of somebody who
// is no customer is kept.
func (k Kind) NameField() string { return k.trait().field }

// Minor reports whether people of the kind are taken for children under 14 until
// their age is known.
func (k Kind) Minor() bool { return k.trait().minor }

// Other is the kind of customer at the other end; persons where it may be either.
func (k Kind) Other() customer.Kind {
	if k.trait().other == 0 {
		return customer.Individual
	}
	return k.trait().other
}

// Fits reports whether somebody of the one kind of customer can be that to the
// other. Zero stands for any.
func (k Kind) Fits(holder, other customer.Kind) bool {
	t := k.trait()
	fits := func(want, is customer.Kind) bool { return want == 0 || is == 0 || want == is }
	return t.kind != 0 && fits(t.holder, holder) && fits(t.other, other)
}

// ParseKind reads a kind's name.
func ParseKind(name string) (Kind, bool) {
	for _, t := range traits {
		if t.name == name {
			return t.kind, true
		}
	}
	return 0, false
}

// KindsFor lists the kinds that fit, in the order of the card.
func KindsFor(holder, other customer.Kind) []Kind {
	var out []Kind
	for _, t := range traits {
		if t.kind.Fits(holder, other) {
			out = append(out, t.kind)
		}
	}
	return out
}
