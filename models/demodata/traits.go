package demodata

import "strings"

// trait adds what is known of one side of a person; nothing, now and then.
type trait func(*person)

func traitTable() []trait {
	var all []trait
	for line := range strings.Lines(strings.TrimSpace(tastes)) {
		w := strings.Fields(line)
		all = append(all, taste(w[0], atoi(w[1]), w[2:]))
	}
	return append(all, schooling, career, wedded, spouse, offspring, smokes, drinks, reached, emergency, billed, worksAt,
		namedOtherwise, introduced)
}

// rare are the shares in a hundred of what few people have, ofTheWedded what only
// married ones have; anything else anybody may.
var (
	rare        = map[string]int{"allergy_instruction": 14, "mobility_help": 6, "child_setup": 8, "contact_wish": 20, "past_club": 30}
	ofTheWedded = map[string]bool{"wedding_custom": true, "spouse_interests": true, "spouse_hobbies": true}
)

// taste gives up to most different values of a list.
func taste(field string, most int, values []string) trait {
	for i, v := range values {
		values[i] = strings.ReplaceAll(v, "~", " ")
	}
	share, isRare := rare[field]
	wedded := ofTheWedded[field]
	return func(p *person) {
		if isRare && !p.r.chance(share) || wedded && !p.married {
			return
		}
		n := 1 + p.r.n(most)
		at, step := p.r.n(len(values)), 1+p.r.n((len(values)-1)/2)
		for item := range n {
			p.addItem(field, item, values[at])
			at = (at + step) % len(values)
		}
	}
}

// coprime returns the steps that visit each of n places before one twice.
func coprime(n int) []int {
	var steps []int
	for s := 1; s < n; s++ {
		a, b := s, n
		for b != 0 {
			a, b = b, a%b
		}
		if a == 1 {
			steps = append(steps, s)
		}
	}
	return steps
}
