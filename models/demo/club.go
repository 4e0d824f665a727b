package demo

import (
	"slices"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/membership"
	"shuke/models/standing"
	"shuke/models/stay"
	"shuke/policies"
)

// regulars is the club of the hotel group. Its levels are those that the invented
// customers speak of.
func regulars() membership.Club {
	return membership.Club{ID: 1, NameZH: "熟客会", NameEN: "Regulars", Prefix: "Q", Digits: 8, Joining: membership.OnRequest, NextNumber: 90_000_001, On: true, Rules: 1, Tiers: []membership.Tier{
		{ID: 1, ClubID: 1, Rank: 1, NameZH: "青竹会员", NameEN: "Bamboo", Tone: "plain", BenefitsZH: []string{"延迟退房到下午一点", "生日当月一份甜品"}, BenefitsEN: []string{"Check-out until one", "A dessert in the month of the birthday"}},
		{ID: 2, ClubID: 1, Rank: 2, NameZH: "银杏会员", NameEN: "Ginkgo", Tone: "info", Months: 24, Stays: 3, Nights: 6, Any: true, GraceMonths: 6,
			BenefitsZH: []string{"延迟退房到下午两点", "欢迎水果", "双人早餐一份"}, BenefitsEN: []string{"Check-out until two", "Fruit in the room", "One breakfast for two"}},
		{ID: 3, ClubID: 1, Rank: 3, NameZH: "金桂会员", NameEN: "Osmanthus", Tone: "brass", Months: 24, Stays: 8, Nights: 16, Any: true, GraceMonths: 6,
			BenefitsZH: []string{"延迟退房到下午四点", "有空房就升一级房", "接站一次", "每晚一份小食"}, BenefitsEN: []string{"Check-out until four", "A better room when there is one", "One pick-up", "A snack every night"}},
		{ID: 4, ClubID: 1, Rank: 4, NameZH: "紫檀会员", NameEN: "Rosewood", Tone: "brass", Months: 12, Nights: 30, Spend: 3_000_000, GraceMonths: 12,
			BenefitsZH: []string{"专属管家", "保留常住的房间", "家人同享等级"}, BenefitsEN: []string{"A butler of their own", "Their usual room is kept", "The level for the family too"}},
	}}
}

// clubEvents are what the club invites to, the first of them held.
func (f *filling) clubEvents() []membership.Event {
	day := func(in int) string { return f.o.Now.In(f.zones[0]).AddDate(0, 0, in).Format(time.DateOnly) }
	return []membership.Event{
		{ID: 1, NameZH: "湖边秋茶会", NameEN: "Autumn tea by the lake", HeldOn: day(-24), Place: "西湖店湖畔茶室", BranchID: f.branches[0]},
		{ID: 2, NameZH: "岁末品鉴夜", NameEN: "Tasting at the turn of the year", HeldOn: day(26), Place: "西湖店宴会厅", BranchID: f.branches[0]},
	}
}

// cameToTea are the guests of the first event, by number.
var cameToTea = []int{0, 1, 6}

// found makes the club and says who came to its event.
func (f *filling) found(tx *db.Tx) error {
	now := db.Millis(f.Clock.Now())
	if err := membership.Found(tx, regulars(), f.clubEvents(), f.staff[0], now); err != nil {
		return err
	}
	for _, i := range cameToTea {
		if i >= f.o.Customers {
			continue
		}
		if _, err := tx.Run("INSERT INTO attendances (customer_id, event_id, staff_id, at) VALUES (?, 1, ?, ?)", f.first+int64(i), f.staff[0], now); err != nil {
			return err
		}
	}
	return standing.Walked(tx, now)
}

// manager is the first manager of the house.
func (f *filling) manager() int64 {
	for i, p := range f.from.Staff() {
		if policies.Role(p.Role) == policies.Manager {
			return f.staff[i]
		}
	}
	return f.staff[0]
}

// keptLevel is why some have a higher level than their stays give.
const keptLevel = "老会员换卡，保留原等级"

// member makes customer i a member, when a member number is among the facts, and
// brings the level among the facts in step: the stays decide, but for the guests
// everybody looks for first, whose level somebody keeps for a year.
func (f *filling) member(i int, id int64, facts []customer.Fact, stays []stay.Stay) (membership.Loaded, bool) {
	at := func(field string) *customer.Fact {
		if n := slices.IndexFunc(facts, func(c customer.Fact) bool { return c.Field == field }); n >= 0 {
			return &facts[n]
		}
		return nil
	}
	number, tier := at("member_no"), at("tier")
	if number == nil || tier == nil {
		return membership.Loaded{}, false
	}
	club := regulars()
	m := membership.Member{ID: f.members + int64(i), ClubID: club.ID, CustomerID: id, Number: number.Value, BranchID: number.BranchID, JoinedOn: standing.Day(number.RecordedAt), Version: 1}
	if joined := at("joined_on"); joined != nil {
		m.JoinedOn = joined.Value
	}
	today := standing.Day(f.o.Now)
	var dealings []stay.Dealing
	for _, s := range stays {
		if s.Status.TookPlace() {
			nights := stay.Nights(s.ArriveOn, s.DepartOn)
			dealings = append(dealings, stay.Dealing{On: s.ArriveOn, Nights: nights, Amount: int64(nights) * s.Rate})
		}
	}
	m = m.Grown(club, dealings, today)
	if i < f.from.Fixed() {
		for _, t := range club.Tiers {
			if is, _ := club.Tier(m.TierID); t.NameZH == tier.Value && t.Rank > is.Rank {
				since := standing.Day(tier.RecordedAt)
				m.HandTierID, m.HandBy, m.HandOn, m.HandUntil, m.HandReason = t.ID, f.manager(), since, standing.AfterMonths(today, 12), keptLevel
				m = m.Grown(club, dealings, today)
				m.TierOn = since
			}
		}
	}
	is, _ := club.Tier(m.TierID)
	tier.Value = is.NameZH
	return membership.Loaded{Member: m, StaffID: number.StaffID, At: db.Millis(number.RecordedAt)}, true
}

// standingOf works out what an invented customer is to the house.
func (f *filling) standingOf(rules standing.Rules, id int64, facts []customer.Fact, stays []stay.Stay) standing.Row {
	e := standing.Evidence{CustomerID: id, Heard: map[string]string{}}
	for _, fact := range facts {
		day := standing.Day(fact.RecordedAt)
		if known := e.Heard[string(fact.Channel)]; known == "" || day < known {
			e.Heard[string(fact.Channel)] = day
		}
		if e.AddedOn == "" || day < e.AddedOn {
			e.AddedOn = day
		}
	}
	for _, s := range stays {
		e.ReservedOn = standing.Day(f.Clock.Now())
		if s.Status.TookPlace() {
			e.Visits = append(e.Visits, standing.Visit{From: s.ArriveOn, To: s.DepartOn})
		}
	}
	return rules.Of(e, standing.Day(f.o.Now))
}
