package imports

import (
	"slices"
	"strings"

	"shuke/models/tabular"
)

// vocabulary is what the columns of a target can be, besides the key by which
// rows find their customer.
type vocabulary struct{ words []word }

// word is the key of something that a column can hold, and its headings in both
// languages, as people write them.
type word struct{ key, headings string }

// name makes its headings known. Whoever comes first keeps a heading.
func (v *vocabulary) name(names tabular.Names) {
	if v == nil {
		return
	}
	for _, w := range v.words {
		for _, h := range append(strings.Fields(w.headings), w.key) {
			names.Add(w.key, h)
		}
	}
}

func (v *vocabulary) has(key string) bool {
	return v != nil && slices.ContainsFunc(v.words, func(w word) bool { return w.key == key })
}

// Words lists what columns of the target can be mapped to besides the key; nil
// for customers, whose columns can be any field of the catalogue.
func (t Target) Words() []string {
	var v *vocabulary
	switch t {
	case ToPreferences:
		v = wishWords
	case ToStays:
		v = visitWords
	default:
		return nil
	}
	out := make([]string, len(v.words))
	for i, w := range v.words {
		out[i] = w.key
	}
	return out
}

// itself is the text of what a row says of a word of the target, and where.
func (c *columns) itself(cells []string, key string) (text string, x column, said bool) {
	for _, x = range c.list {
		if x.use == asItself && x.field.Key == key {
			text = x.cell(cells)
			return text, x, text != ""
		}
	}
	return "", column{at: -1}, false
}
