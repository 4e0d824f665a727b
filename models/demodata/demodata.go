// Package demodata invents the demo hotel group: its branches, its staff and as
// many believable customers as wanted. It is pure: the same seed and number give
// the same customer, whoever asks and in whatever order. It knows no database
// and no catalogue; its facts name fields by their keys, with values in the form
// in which they are stored. Everybody in it is invented.
package demodata

// Kinds of customer.
const (
	Individual = "individual"
	Enterprise = "enterprise"
)

// Group is the name of the hotel group.
const Group = "栖迟酒店集团"

// Branch is one hotel of the group.
type Branch struct {
	Code, NameZH, NameEN string
	TimeZone             string // IANA name
	Region               string // ISO 3166 code, for national telephone numbers
	City                 string
}

// Staff is one member of staff. Days are counted back from today, so that the
// demo does not age.
type Staff struct {
	Login, Name, Role string
	BranchIndex       int    // into Branches
	Employment        string // regular, temporary, intern
	HiredDaysAgo      int
	NoticeDaysAgo     int    // days since notice was given, -1 if none
	LeavesInDays      int    // days until the last day, -1 if none
	PayBand           string // A1 lowest to C2
	Language          string // of the screens
}

// Fact is one value known of a customer. Item numbers the values of a field that
// repeats, and the records of one name, from 0.
type Fact struct {
	Field       string
	Item        int
	Value       string
	None        bool // known to have none; Value is empty
	Channel     string
	BranchIndex int // into Branches
	StaffIndex  int // into Staff
	DaysAgo     int
}

// Customer is a person or a firm with all that is known.
type Customer struct {
	Kind  string
	Facts []Fact
}

// Generator invents customers. It is safe for use by several goroutines.
type Generator struct {
	seed     uint64
	words    *words
	branches []Branch
	staff    []Staff
	desks    [][]int // per branch, those who meet customers, longest service first
	fixed    []Customer
}

// New returns the generator of a seed.
func New(seed uint64) *Generator {
	g := &Generator{seed: seed, words: newWords(), branches: branchTable(), staff: staffTable()}
	g.desks = desksOf(g.branches, g.staff)
	g.fixed = fixedCustomers(g)
	return g
}

// Branches returns the hotels of the group.
func (g *Generator) Branches() []Branch { return append([]Branch(nil), g.branches...) }

// Staff returns the forty members of staff, the same for every seed.
func (g *Generator) Staff() []Staff { return append([]Staff(nil), g.staff...) }

// Fixed returns how many customers, from number 0, are the same for every seed.
func (g *Generator) Fixed() int { return len(g.fixed) }

// Customer returns customer number i, from 0.
func (g *Generator) Customer(i int) Customer {
	if i < len(g.fixed) {
		c := g.fixed[i]
		c.Facts = append([]Fact(nil), c.Facts...)
		return c
	}
	if g.originOf(i) == originFirm {
		return g.firm(i)
	}
	return g.person(i)
}
