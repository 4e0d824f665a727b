package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"shuke/bench"
	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/staff"
	"shuke/models/stay"
	"shuke/policies"
)

// The sheet that is measured: so many guests arrive, with so many wishes each.
const (
	sheetGuests = 200
	sheetWishes = 10
	sheetTicks  = 40
)

// wished is what each of the guests wants.
var wished = [sheetWishes]customer.Note{
	{Words: "枕头要高一点", Area: "bed_pillow"}, {Words: "被子要薄的", Area: "bed_pillow"}, {Words: "房间二十四度", Area: "temperature_air"}, {Words: "离电梯远一点", Area: "noise_location"},
	{Words: "浴缸要干净的防滑垫", Area: "bathroom"}, {Words: "备胡萝卜汁", Area: "minibar_drinks"}, {Words: "备一壶热水", Area: "minibar_drinks"}, {Words: "高楼层", Area: "room"},
	{Words: "书桌要大", Area: "room"}, {Words: "窗帘要遮光", Area: "room"},
}

// fillSheet books guests for the day after tomorrow at the branch of the login,
// unless they are, and returns the day with what can be ticked: stay and key.
func (p *program) fillSheet(ctx context.Context, login string) (day string, ticks []string, err error) {
	a := policies.Actor{Login: login, Name: "bench", Role: policies.Manager, Status: policies.Active, Employment: policies.Regular, EmploymentConfirmed: true, HiredOn: "2020-01-01", Via: policies.Browser, Now: p.clock.Now()}
	var zone string
	if err := p.main.Read(ctx).Raw("SELECT s.id, s.branch_id, b.time_zone, b.region FROM staff s JOIN branches b ON b.id = s.branch_id WHERE s.login = ?", login).Row().Scan(&a.StaffID, &a.BranchID, &zone, &a.Region); err != nil {
		return "", nil, err
	}
	a.Zone = staff.Zone(zone)
	cat, err := p.customers.CurrentCatalogue(ctx)
	if err != nil {
		return "", nil, err
	}
	there := a.Now.In(a.Zone)
	day = there.AddDate(0, 0, 2).Format(time.DateOnly)
	var guests []string
	if err := p.main.Read(ctx).Raw("SELECT public_id FROM customers WHERE kind = 1 AND withheld = 0 AND id > 1000 ORDER BY id LIMIT ?", sheetGuests).Scan(&guests).Error; err != nil {
		return "", nil, err
	}
	for i, guest := range guests {
		id, err := p.arrivals.Book(ctx, a, arrival.Booking{Customer: guest, Ref: fmt.Sprintf("bench-%s-%d", day, i), Status: stay.Reserved, ArriveOn: day, DepartOn: there.AddDate(0, 0, 4).Format(time.DateOnly),
			ETA: 600 + i, Room: fmt.Sprint(1000 + i), Adults: 1})
		if err != nil {
			return "", nil, err
		}
		for _, n := range wished {
			n.PublicID, n.Act, n.Strength, n.Channel = guest, "do", 2, "service"
			done, err := p.customers.TakeNote(ctx, a, cat, n) // the same again is confirmed
			if err != nil {
				return "", nil, err
			}
			if len(ticks) < sheetTicks {
				ticks = append(ticks, id+" "+stay.WishKey(done.N))
			}
		}
	}
	return day, ticks, nil
}

// sheet measures the sheet, and then ticks against a server of its own.
func (p *program) sheet(ctx context.Context, at base, house bench.House) ([]bench.Line, error) {
	day, ticks, err := p.fillSheet(ctx, house.Login)
	if err != nil {
		return nil, err
	}
	line, err := house.Sheet(ctx, os.Stdout, day, sheetGuests, sheetGuests*sheetWishes)
	if err != nil {
		return nil, err
	}
	err = serving(ctx, at, func(s *bench.Process) error { return house.Ticks(ctx, os.Stdout, s, day, ticks) })
	return []bench.Line{line}, err
}
