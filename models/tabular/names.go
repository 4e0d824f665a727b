package tabular

// Names are headings that a house knows besides those of the list, folded, each
// with the key of the field it means.
type Names map[string]string

// Add makes the texts headings of the field. The first to claim a heading keeps
// it.
func (n Names) Add(field string, headings ...string) {
	for _, h := range headings {
		if folded := fold(h); folded != "" && n[folded] == "" {
			n[folded] = field
		}
	}
}

// Same reports whether two texts are one heading: case, blanks and punctuation
// do not matter.
func Same(a, b string) bool { return fold(a) == fold(b) }

// Knows reports whether a heading means something: a field, by the house's names
// or by the list, or that its column is nobody's field.
func (n Names) Knows(heading string) bool {
	_, known := n.understand(heading)
	return known
}
