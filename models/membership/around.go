package membership

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/standing"
	"shuke/models/stay"
	"shuke/policies"
)

// Around is what a card shows of a customer's standing and memberships.
type Around struct {
	Standing standing.Row
	Known    bool         // there is a standing
	Members  []Membership // in the order of the house's clubs, those that last
	Left     []Membership // those that ended
}

// Membership is one membership with what it promises and what comes next.
type Membership struct {
	Member
	Club     Club
	Tier     Tier
	Next     *Progress // nil at the top
	Attended []Event   // newest first, as many as are shown
}

// attendedShown is how many events a card names.
const attendedShown = 6

// aroundSQL reads standing, memberships, events attended, and the stays that
// rules look at, in one statement: each part by its key. Columns that a part has
// no use for are empty.
const aroundSQL = `SELECT 0, standing, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, since_on, reached_on, reached_by, last_on, turns_on, '', '', '', '', '', ''
 FROM standings WHERE customer_id = ?
UNION ALL SELECT 1, m.id, m.club_id, m.state, m.branch_id, m.tier_id, m.rule_tier_id, m.hand_tier_id, m.nights, m.stays, m.spend, m.version,
 m.number, m.joined_on, m.tier_on, m.holds_to, m.hand_on, m.hand_until, m.hand_reason, m.left_on, m.left_why, COALESCE(p.name, ''), ''
 FROM members m LEFT JOIN staff p ON p.id = m.hand_by WHERE m.customer_id = ?
UNION ALL SELECT 2, e.id, e.club_id, 0, e.branch_id, 0, 0, 0, 0, 0, 0, e.version, e.name_zh, e.name_en, e.held_on, e.place, '', '', '', '', '', '', ''
 FROM attendances t JOIN club_events e ON e.id = t.event_id WHERE t.customer_id = ?
UNION ALL SELECT 3, nights, nights * rate, 0, 0, 0, 0, 0, 0, 0, 0, 0, arrive_on, '', '', '', '', '', '', '', '', '', ''
 FROM stays WHERE customer_id = ? AND status IN ('in_house', 'departed')`

// Of reads what a card shows, in one statement. It asks no permission; its caller
// records the showing.
func Of(ctx context.Context, d *db.DB, clubs *Clubs, customerID int64, today string) (Around, error) {
	rows, err := d.Read(ctx).Raw(aroundSQL, customerID, customerID, customerID, customerID).Rows()
	if err != nil {
		return Around{}, err
	}
	var out Around
	var members []Member
	events := map[int64][]Event{}
	var dealings []stay.Dealing
	err = db.Each(rows, func() error {
		var part int
		var n [11]int64
		var t [11]string
		into := []any{&part}
		for i := range n {
			into = append(into, &n[i])
		}
		for i := range t {
			into = append(into, &t[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		switch part {
		case 0:
			out.Known = true
			out.Standing = standing.Row{CustomerID: customerID, Standing: standing.Standing(n[0]), SinceOn: t[0], ReachedOn: t[1], ReachedBy: t[2], LastOn: t[3], TurnsOn: t[4]}
		case 1:
			members = append(members, Member{ID: n[0], ClubID: n[1], CustomerID: customerID, Left: n[2] == 1, BranchID: n[3], TierID: n[4], RuleTierID: n[5], HandTierID: n[6],
				Figures: Figures{Nights: int(n[7]), Stays: int(n[8]), Spend: n[9]}, Version: n[10], Number: t[0], JoinedOn: t[1], TierOn: t[2], HoldsTo: t[3],
				HandOn: t[4], HandUntil: t[5], HandReason: t[6], LeftOn: t[7], LeftWhy: t[8], HandByName: t[9]})
		case 2:
			events[n[1]] = append(events[n[1]], Event{ID: n[0], ClubID: n[1], BranchID: n[3], Version: n[10], NameZH: t[0], NameEN: t[1], HeldOn: t[2], Place: t[3]})
		case 3:
			dealings = append(dealings, stay.Dealing{On: t[0], Nights: int(n[0]), Amount: n[1]})
		}
		return nil
	})
	if err != nil {
		return Around{}, err
	}
	out.fill(clubs, members, events, dealings, today)
	return out, nil
}

// Seen leaves of the memberships what the role may see by the fields that keep
// level and number: a house that switched one off shows it nowhere.
func (a Around) Seen(cat *customer.Catalogue, role policies.Role) Around {
	sees := func(key string) bool {
		f, known := cat.Field(key)
		return known && f.On && f.MaySee(role)
	}
	if !sees(tierField) {
		a.Members, a.Left = nil, nil
	}
	if !sees(numberField) {
		for _, list := range [][]Membership{a.Members, a.Left} {
			for i := range list {
				list[i].Number = ""
			}
		}
	}
	return a
}

// fill puts what was read in the order of the house's clubs.
func (a *Around) fill(clubs *Clubs, members []Member, events map[int64][]Event, dealings []stay.Dealing, today string) {
	for _, club := range clubs.List {
		for _, m := range members {
			if m.ClubID != club.ID {
				continue
			}
			one := Membership{Member: m, Club: club, Attended: events[club.ID]}
			one.Tier, _ = club.Tier(m.TierID)
			slices.SortFunc(one.Attended, func(x, y Event) int { return cmp.Or(strings.Compare(y.HeldOn, x.HeldOn), cmp.Compare(y.ID, x.ID)) })
			if len(one.Attended) > attendedShown {
				one.Attended = one.Attended[:attendedShown]
			}
			if m.Left {
				a.Left = append(a.Left, one)
				continue
			}
			if next, ok := club.Next(one.Tier.Rank, dealings, today); ok {
				one.Next = &next
			}
			a.Members = append(a.Members, one)
		}
	}
}
