// Package phrase reads what a guest said in one field: the service area it
// belongs to, and whether it is to be done or never done. It knows no words yet:
// everything is a wish without an area.
package phrase

type Area string
type Kind string

const (
	Do    Kind = "do"
	Never Kind = "never"
)

type Words struct {
	Area  Area
	Words []string
}

type Reading struct {
	Area        Area
	Kind        Kind
	Sure        bool
	Others      []Area
	Instruction string
	Sensitive   bool
	Allergy     bool
	Strength    int
	About       string
	Tags        []string
}

func Read(text string, own []Words) Reading {
	return Reading{Area: "other", Kind: Do, Instruction: text, Strength: 2}
}
