package membership_test

import (
	"shuke/models/arrival"
	"shuke/models/calendar"
	"shuke/models/db"
	"shuke/models/stay"
)

func (c club) today() calendar.Date { return calendar.Today(c.Clock.Now(), c.Clerk().Zone) }

func nothing(*db.Tx, []int64) error { return nil }

// bookingOf is a stay of last week.
func bookingOf(id string) arrival.Booking {
	return arrival.Booking{Customer: id, Status: stay.Departed, ArriveOn: "2026-11-10", DepartOn: "2026-11-11", ETA: -1, Adults: 1}
}
