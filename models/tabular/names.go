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
