package phrase

import (
	"slices"
	"strings"
)

// orders says what must not be there, each place once.
func (p *parsed) orders(named []bad, h findings) (out []string) {
	places := []struct {
		where string
		say   [2]string
	}{
		{"say", [2]string{"%", "%"}},
		{"serve", [2]string{"不给%", "No %"}},
		{"kitchen", [2]string{"不可有%，告知厨房", "No %; tell the kitchen"}},
		{"room", [2]string{"客房不可有%", "No % in the room"}},
		{"staff", [2]string{"不可用%", "Do not use %"}},
		{"", [2]string{"不可有%，告知厨房和客房", "No %; tell the kitchen and housekeeping"}},
	}
	for _, place := range places {
		var list []string
		for _, b := range named {
			where := ""
			if b.thing != nil {
				where = b.where
			}
			if where == "serve" && h.allergy {
				where = "kitchen"
			}
			if where != place.where {
				continue
			}
			name := b.name
			if b.thing != nil && (b.whole || where == "say" || !p.chinese && stem(strings.ToLower(name)) == stem(b.en)) {
				name = p.pick([2]string{b.zh, b.en})
			}
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		if len(list) > 0 {
			out = append(out, strings.Replace(p.pick(place.say), "%", p.series(list), 1))
		}
	}
	return out
}

// series is a list in words.
func (p *parsed) series(list []string) string {
	if p.chinese {
		return strings.Join(list, "、")
	}
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// withoutMedicine puts a plain word for the names of medicines, which tell the
// illness.
func (l *lexicon) withoutMedicine(p *parsed, text string) string {
	for i := range p.clauses {
		for _, it := range p.clauses[i].items {
			if it.has(isMedicine) {
				name, plain := p.text[it.from:it.to], p.pick(l.medicine)
				text = strings.ReplaceAll(strings.ReplaceAll(text, " an "+name, " "+plain), name, plain)
			}
		}
	}
	return text
}
