package demodata

// Link says what one of the fixed customers is to another, by their numbers.
type Link struct {
	Of, Other int
	Kind      string // what the other is to the first
	Who       string // the fact of the first that tells of the other, or ""
	Note      string
	Channel   string
	DaysAgo   int
}

// Links returns who knows whom among the fixed customers.
func (g *Generator) Links() []Link {
	const zhang, zhou, luo, firm = 0, 2, 4, 8
	return []Link{
		{Of: zhang, Other: zhou, Kind: "travels_with", Who: "companion.0", Note: "两间房排在同一层", Channel: "pos", DaysAgo: 2},
		{Of: zhou, Other: firm, Kind: "employer", Who: "employer.0", Channel: "partner", DaysAgo: 1700},
		{Of: luo, Other: firm, Kind: "employer", Who: "employer.0", Channel: "partner", DaysAgo: 2300},
		{Of: luo, Other: zhou, Kind: "colleague", Channel: "call_out", DaysAgo: 260},
	}
}
