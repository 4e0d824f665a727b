package imports

// Target is what the rows of a file become.
type Target string

// The targets. The zero value is ToCustomers.
const (
	ToCustomers   Target = "customers"   // people and firms, and facts about them
	ToPreferences Target = "preferences" // what customers said they want or never want
	ToStays       Target = "stays"       // visits
)

// Targets lists them all.
var Targets = []Target{ToCustomers, ToPreferences, ToStays}

// Mode says what a row does to a customer it meets.
type Mode string

// The modes. The zero value is Add.
const (
	Add    Mode = "add"    // adds what is new, and yields to better sources
	Update Mode = "update" // replaces what differs, as an edit would
)
