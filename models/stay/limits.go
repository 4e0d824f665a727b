package stay

import "time"

// Limits of what a stay can be: a year of birth typed into the wrong box is no
// day of arrival.
const (
	LongestNights = 400
	HighestRate   = 100_000_000 // a million a night, in minor units
	MostPeople    = 99

	farthestBack  = 30 * 366 * 24 * time.Hour
	farthestAhead = 3 * 366 * 24 * time.Hour
)

// Far reports whether a day lies too far from now to be one of a stay.
func Far(day, now time.Time) bool {
	gap := day.Sub(now)
	return gap > farthestAhead || -gap > farthestBack
}

// Lengths are how many characters the texts of a stay may have.
var Lengths = map[string]int{"room": 16, "room_type": 40, "facing": 24, "floor": 12, "party": 120, "guest_name": 120, "language": 12, "note": 300, "ref": 64}

// Topic is that of changes to what arrives and is in house, for open pages.
const Topic = "arrivals"

// Turn brings a stay into another state and notes when that happened.
func (s *Stay) Turn(to Status, now time.Time) {
	switch {
	case to == InHouse && s.Status != InHouse && s.ArrivedAt.IsZero():
		s.ArrivedAt = now
	case to == Departed && s.Status != Departed:
		s.DepartedAt = now
	case !to.TookPlace():
		s.ArrivedAt, s.DepartedAt = time.Time{}, time.Time{}
	}
	s.Status = to
}
