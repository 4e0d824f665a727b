package demo

import (
	"time"

	"shuke/models/stay"
)

// stays puts the invented visits of a customer onto the days of their branches.
func (f *filling) stays(i int, customerID int64, home int) []stay.Stay {
	var out []stay.Stay
	for _, s := range f.from.Stays(i, f.o.Customers, home) {
		today := f.o.Now.In(f.zones[s.BranchIndex])
		arrive := today.AddDate(0, 0, s.ArriveIn)
		one := stay.Stay{BranchID: f.branches[s.BranchIndex], CustomerID: customerID, Status: stay.Status(s.Status), Source: stay.ByHand, ArriveOn: arrive.Format(time.DateOnly),
			DepartOn: arrive.AddDate(0, 0, s.Nights).Format(time.DateOnly), ETA: s.ETA, Room: s.Room, RoomType: s.RoomType, Facing: s.Facing, Rate: s.Rate, Adults: s.Adults, Children: s.Children,
			Party: s.Party, CreatedBy: f.staff[0]}
		noon := time.Date(arrive.Year(), arrive.Month(), arrive.Day(), 14, 0, 0, 0, arrive.Location())
		if one.Status.TookPlace() {
			one.ArrivedAt = noon
		}
		if one.Status == stay.Departed {
			one.DepartedAt = noon.AddDate(0, 0, s.Nights).Add(-2 * time.Hour)
		}
		out = append(out, one)
	}
	return out
}
