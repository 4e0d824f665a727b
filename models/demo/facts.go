package demo

import (
	"slices"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/demodata"
	"shuke/models/disclosure"
)

// facts gives what was invented its place in this house, in the order in which
// it became known.
func (f *filling) facts(i int, invented []demodata.Fact) []customer.Fact {
	slices.SortStableFunc(invented, func(a, b demodata.Fact) int { return b.DaysAgo - a.DaysAgo })
	out := make([]customer.Fact, len(invented))
	for n, v := range invented {
		channel := customer.Channel(v.Channel)
		out[n] = customer.Fact{
			Field: v.Field, Item: v.Item, None: v.None, Value: v.Value, Channel: channel, Trust: channel.Trust(),
			StaffID: f.staff[v.StaffIndex], BranchID: f.branches[v.BranchIndex], RecordedAt: f.moment(i, v.DaysAgo, v.BranchIndex),
		}
	}
	return out
}

// Hours in which the branches hear something of their guests.
const (
	opens = 7 * time.Hour
	open  = 15 * 60 // minutes
)

// moment is when a customer said something that day: all of a day at one time of
// the branch's clock, never ahead of now.
func (f *filling) moment(i, daysAgo, branch int) time.Time {
	minute := time.Duration(f.draw(i, daysAgo, open)) * time.Minute
	y, m, d := f.o.Now.In(f.zones[branch]).Date()
	t := time.Date(y, m, d-daysAgo, 0, 0, 0, 0, f.zones[branch]).Add(opens + minute)
	if t.After(f.o.Now) {
		t = f.o.Now.Add(-minute / open)
	}
	return t.UTC()
}

// lately is how many customers each branch has dealt with in the last weeks.
const lately = 300

// recent tells whether the branch dealt with customer i lately. The guests whom
// everybody looks for first were there in the last hours, at the first branch.
func (f *filling) recent(i, branch int) (disclosure.Recent, bool) {
	if i < f.from.Fixed() {
		at := f.o.Now.Add(-time.Duration(i+1) * time.Hour)
		return disclosure.Recent{BranchID: f.branches[0], At: db.Millis(at)}, true
	}
	share := min(lately*len(f.branches), f.o.Customers/4)
	if f.draw(i, -1, f.o.Customers) >= share {
		return disclosure.Recent{}, false
	}
	minutes := f.draw(i, -2, int(customer.RecentFor/time.Minute)-24*60)
	at := f.o.Now.Add(-12*time.Hour - time.Duration(minutes)*time.Minute)
	return disclosure.Recent{BranchID: f.branches[branch], At: db.Millis(at)}, true
}

// draw returns a number from 0 to below n that follows from the seed, the
// customer and what it is for: one step of splitmix64 (Steele, Lea, Flood 2014).
func (f *filling) draw(i, purpose, n int) int {
	z := f.o.Seed ^ uint64(i)*0x9e3779b97f4a7c15 ^ uint64(purpose)*0xd1342543de82ef95
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 32 * uint64(n) >> 32)
}
