package purpose

import "shuke/policies"

// few is the smallest number of customers that is told: below it a number may
// point at a person.
const few = 10

// Amount is a number as somebody may see it: below ten only that it is, else
// rounded to ten, so that nothing small comes out by subtraction. Custodians,
// who may see the base itself, see it as it is.
type Amount struct {
	N     int64
	Few   bool // fewer than ten
	About bool // rounded
}

func amount(n int64, a policies.Actor) Amount {
	switch {
	case n < few:
		return Amount{Few: true}
	case a.Role == policies.Custodian:
		return Amount{N: n}
	}
	return Amount{N: (n + few/2) / few * few, About: true}
}

// Share is a part of a whole in percent. It is not Told when part or whole are
// so few that it would point at persons.
type Share struct {
	Percent int
	Told    bool
}

func share(part, whole int64) Share {
	if part < few || whole < few {
		return Share{}
	}
	return Share{Percent: int((part*100 + whole/2) / whole), Told: true}
}
