package fias

// Reason says what is wrong with a record. It is all that is ever told of it:
// the record itself may hold a guest.
type Reason string

// Why a record is skipped.
const (
	Noise         Reason = "noise"          // bytes between records
	Oversized     Reason = "oversized"      // longer than 4 KiB
	Cut           Reason = "cut"            // beginning or end is missing
	Malformed     Reason = "malformed"      // no fields with a tag each
	NoReservation Reason = "no_reservation" // whose stay it is cannot be read
	NoRoom        Reason = "no_room"
	Refused       Reason = "refused" // cannot be taken by what stands behind the link
)

// Why a record is taken without one of its fields.
const (
	BadText Reason = "text" // not in the character set of the settings
	BadDate Reason = "date"
	TooLong Reason = "long"
	BadFlag Reason = "flag"
)

// SkipReasons and FlawReasons list them in the order in which pages show them.
var (
	SkipReasons = []Reason{Noise, Oversized, Cut, Malformed, NoReservation, NoRoom, Refused}
	FlawReasons = []Reason{BadText, BadDate, TooLong, BadFlag}
)

// Error makes a reason an error.
func (r Reason) Error() string { return "fias: " + string(r) }
