package membership_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/models/arrival"
	"shuke/models/fault"
	"shuke/models/membership"
	"shuke/models/modelstest"
	"shuke/models/stay"
	"shuke/policies"
)

var ctx = context.Background()

// club is a House with one club of three levels: everybody, two stays or five
// nights within a year kept for three months, twenty nights and ¥10,000.
type club struct {
	*modelstest.House
	id    int64
	tiers [3]int64
}

func newClub(t *testing.T, change func(*membership.Club)) club {
	t.Helper()
	c := club{House: modelstest.NewHouse(t)}
	d := membership.Club{NameZH: "熟客会", NameEN: "Regulars", Prefix: "Q", Digits: 6, CheckDigit: true, Joining: membership.OnRequest, On: true}
	if change != nil {
		change(&d)
	}
	a := c.Actor(policies.Manager)
	var err error
	if c.id, err = c.Members.SaveClub(ctx, a, d, ""); err != nil {
		t.Fatal(err)
	}
	for i, tier := range []membership.Tier{
		{Rank: 1, NameZH: "青竹", NameEN: "Bamboo", Tone: "plain"},
		{Rank: 2, NameZH: "银杏", NameEN: "Ginkgo", Tone: "info", Months: 12, Stays: 2, Nights: 5, Any: true, GraceMonths: 3},
		{Rank: 3, NameZH: "金桂", NameEN: "Osmanthus", Tone: "brass", Months: 12, Nights: 20, Spend: 1_000_000},
	} {
		tier.ClubID = c.id
		if c.tiers[i], err = c.Members.SaveTier(ctx, a, tier, ""); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func (c club) join(id string) string {
	c.T.Helper()
	number, err := c.Members.Join(ctx, c.Clerk(), membership.Joining{PublicID: id, ClubID: c.id})
	if err != nil {
		c.T.Fatal(err)
	}
	return number
}

func (c club) stayed(id, arrive string, nights int) string {
	c.T.Helper()
	d, err := time.Parse(time.DateOnly, arrive)
	if err != nil {
		c.T.Fatal(err)
	}
	s, err := c.Arrivals.Book(ctx, c.Actor(policies.Manager), arrival.Booking{Customer: id, Status: stay.Departed, ArriveOn: arrive, DepartOn: d.AddDate(0, 0, nights).Format(time.DateOnly), ETA: -1, Rate: 60000, Adults: 1})
	if err != nil {
		c.T.Fatal(err)
	}
	return s
}

func (c club) around(id string) membership.Around {
	c.T.Helper()
	clubs, err := c.Members.Clubs(ctx, c.Catalogue().Version)
	if err != nil {
		c.T.Fatal(err)
	}
	out, err := membership.Of(ctx, c.Main, clubs, c.Customer(id).ID, c.Clerk().Today())
	if err != nil {
		c.T.Fatal(err)
	}
	return out
}

func (c club) member(id string) membership.Membership {
	c.T.Helper()
	all := c.around(id).Members
	if len(all) != 1 {
		c.T.Fatalf("%d memberships", len(all))
	}
	return all[0]
}

// level checks level and facts: they are told in one place and read in many.
func (c club) level(id, want string) {
	c.T.Helper()
	m := c.member(id)
	if m.Tier.NameZH != want || c.Customer(id).Tier != want {
		c.T.Errorf("level %s, in the identity %s, want %s", m.Tier.NameZH, c.Customer(id).Tier, want)
	}
}

func (c club) sound() {
	c.T.Helper()
	flaws, _, err := c.Customers.CheckKeys(ctx, 0, 1000)
	if err != nil || len(flaws) > 0 {
		c.T.Errorf("%v, %v", flaws, err)
	}
}

func TestJoiningGivesTheNextNumberAndTheDeskFindsIt(t *testing.T) {
	c := newClub(t, nil)
	wang, li := c.AddGuest("王小明"), c.AddGuest("李梅")
	first, second := c.join(wang), c.join(li)
	if e := c.LastEvent(); e.Action != "member.joined" {
		t.Errorf("recorded %s", e.Action)
	}
	if first == second || !strings.HasPrefix(first, "Q000001") || len(first) != 8 {
		t.Errorf("numbers %s and %s", first, second)
	}
	got, err := c.Customers.LookUp(ctx, c.Clerk(), c.Catalogue(), strings.ToLower(first))
	if err != nil || len(got.Hits) != 1 || got.Hits[0].PublicID != wang || !slices.Contains(got.Hits[0].Because, "member") || got.Hits[0].Tier != "青竹" {
		t.Errorf("%+v, %v", got.Hits, err)
	}
	c.level(wang, "青竹")
	if f, ok := c.Fact(wang, "joined_on.0"); !ok || f.Value != "2026-11-22" {
		t.Errorf("joined on %v", f)
	}
	c.sound()
	if _, err := c.Members.Join(ctx, c.Clerk(), membership.Joining{PublicID: wang, ClubID: c.id}); !fault.Is(err, fault.Invalid) {
		t.Errorf("joined twice: %v", err)
	}
	if _, err := c.Members.Join(ctx, c.Actor(policies.Auditor), membership.Joining{PublicID: wang, ClubID: c.id}); !fault.Is(err, fault.Denied) {
		t.Errorf("an auditor: %v", err)
	}
}

func TestANumberThatIsTypedIsCheckedAndNobodyElses(t *testing.T) {
	c := newClub(t, nil)
	wang, li := c.AddGuest("王小明"), c.AddGuest("李梅")
	number := c.join(wang)
	slip := number[:2] + "9" + number[3:]
	for typed, key := range map[string]string{slip: "member.number_digit", "x": "member.number_form", number: "member.number_taken", "Q-1": "member.number_form"} {
		_, err := c.Members.Join(ctx, c.Clerk(), membership.Joining{PublicID: li, ClubID: c.id, Number: typed})
		if f := fields(err); f["number"].Key != key {
			t.Errorf("%s: %v, want %s", typed, f, key)
		}
	}
}

func fields(err error) fault.Fields {
	f, _ := err.(*fault.Error)
	if f == nil {
		return nil
	}
	return f.Fields
}

func TestTwoWhoJoinAtOnceGetDifferentNumbers(t *testing.T) {
	c := newClub(t, nil)
	other := c.Again()
	const each = 6
	type answer struct {
		number string
		err    error
	}
	answers := make(chan answer)
	a := c.Clerk()
	for i := range 2 * each {
		id := c.AddGuest(fmt.Sprintf("客人%c", '甲'+rune(i)))
		s := c.Members
		if i%2 == 1 {
			s = other.Members
		}
		go func() {
			number, err := s.Join(ctx, a, membership.Joining{PublicID: id, ClubID: c.id, Once: id})
			answers <- answer{number, err}
		}()
	}
	seen := map[string]bool{}
	for range 2 * each {
		got := <-answers
		if got.err != nil || seen[got.number] {
			t.Errorf("%s: %v", got.number, got.err)
		}
		seen[got.number] = true
	}
}

func TestTheSameFormJoinsOnce(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	a := c.Clerk()
	numbers, errs := make(chan string), make(chan error)
	for range 4 {
		go func() {
			n, err := c.Members.Join(ctx, a, membership.Joining{PublicID: id, ClubID: c.id, Once: "form-1"})
			numbers <- n
			errs <- err
		}()
	}
	seen := map[string]bool{}
	for range 4 {
		seen[<-numbers] = true
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if len(seen) != 1 || c.Count("SELECT COUNT(*) FROM member_numbers") != 1 || c.Count("SELECT COUNT(*) FROM member_events") != 1 {
		t.Errorf("%v", seen)
	}
}

func TestLevelsFollowStaysByEachPartOfARule(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	c.stayed(id, "2025-10-01", 4) // outside the window
	c.level(id, "青竹")
	if m := c.member(id); m.Next == nil || m.Next.Next.NameZH != "银杏" || m.Next.Missing != (membership.Figures{Nights: 5, Stays: 2}) {
		t.Errorf("%+v", m.Next)
	}
	c.stayed(id, "2026-06-01", 4)
	c.level(id, "青竹")
	second := c.stayed(id, "2026-07-01", 1) // two stays: any part is enough
	c.level(id, "银杏")
	if m := c.member(id); m.Figures != (membership.Figures{Nights: 5, Stays: 2, Spend: 300000}) || m.ByHand() || m.TierOn != "2026-11-22" {
		t.Errorf("met by %+v", m.Member)
	}
	c.stayed(id, "2026-08-01", 15) // 20 nights, ¥12,000: all parts
	c.level(id, "金桂")
	if m := c.member(id); m.Next != nil {
		t.Errorf("above the top: %+v", m.Next)
	}
	// A stay that turns out to be nobody's lowers what is not kept.
	s, err := c.Arrivals.Stays().Find(ctx, second)
	if err != nil {
		t.Fatal(err)
	}
	program := c.Actor(policies.Manager)
	program.Via, program.Scopes = policies.Token, policies.EveryScope
	if err := c.Arrivals.Turn(ctx, program, second, s.Version, stay.InHouse); err != nil {
		t.Fatal(err)
	}
	if err := c.Arrivals.Turn(ctx, program, second, s.Version+1, stay.Reserved); err != nil {
		t.Fatal(err)
	}
	c.level(id, "银杏")
	c.sound()
	if n := c.Count("SELECT COUNT(*) FROM member_events WHERE kind = 'tier' AND set_by = 'rule'"); n != 3 {
		t.Errorf("%d changes of level are kept", n)
	}
}

func TestALevelIsKeptForItsGraceAndThenFalls(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	c.stayed(id, "2026-01-10", 3)
	c.stayed(id, "2026-02-10", 3)
	c.level(id, "银杏")
	until := func(day string) {
		t.Helper()
		to, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		c.Clock.Advance(to.Sub(c.Clock.Now()) + time.Hour)
		if _, err := c.Members.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
	}
	until("2027-01-09")
	if m := c.member(id); m.HoldsTo != "" {
		t.Errorf("it runs out before the rule does: %+v", m.Member)
	}
	until("2027-01-10") // one stay and three nights are left
	if m := c.member(id); m.HoldsTo != "2027-04-10" {
		t.Errorf("kept to %q", m.HoldsTo)
	}
	c.level(id, "银杏")
	until("2027-04-09")
	c.level(id, "银杏")
	until("2027-04-10")
	c.level(id, "青竹")
	if n, err := c.Members.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("with nothing due it judged %d, %v", n, err)
	}
}

func TestALevelGivenByHandIsNotLoweredBeforeItsDay(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	manager := c.Actor(policies.Manager)
	give := func(tier int64, until, reason string) error {
		return c.Members.SetTier(ctx, manager, membership.Change{PublicID: id, ClubID: c.id, Version: c.member(id).Version, TierID: tier, UntilOn: until, Reason: reason})
	}
	if err := give(c.tiers[2], "2026-12-31", "老会员换卡，保留等级"); err != nil {
		t.Fatal(err)
	}
	c.level(id, "金桂")
	if m := c.member(id); !m.ByHand() || m.HandReason == "" || m.HandByName == "" {
		t.Errorf("%+v", m.Member)
	}
	c.stayed(id, "2026-11-01", 1) // by the rules: the lowest
	c.level(id, "金桂")
	for _, bad := range []struct {
		tier          int64
		until, reason string
		field         string
	}{{c.tiers[1], "", "", "reason"}, {c.tiers[1], "2026-11-21", "理由", "until"}, {9999, "", "理由", "tier"}} {
		if f := fields(give(bad.tier, bad.until, bad.reason)); f[bad.field].Key == "" {
			t.Errorf("%+v passed: %v", bad, f)
		}
	}
	c.stayed(id, "2026-10-01", 1)
	if f := fields(give(c.tiers[0], "", "降下来")); f["tier"].Key != "member.not_below_rule" {
		t.Errorf("lower than the rules: %v", f)
	}
	if err := c.Members.SetTier(ctx, manager, membership.Change{PublicID: id, ClubID: c.id, Version: 1, TierID: c.tiers[2], Reason: "旧页面"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale form: %v", err)
	}
	if err := c.Members.SetTier(ctx, c.Clerk(), membership.Change{PublicID: id, ClubID: c.id, TierID: c.tiers[2], Reason: "前台"}); !fault.Is(err, fault.Denied) {
		t.Errorf("a clerk: %v", err)
	}
	c.Clock.Advance(39 * 24 * time.Hour) // 2026-12-31
	if _, err := c.Members.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	c.level(id, "金桂")
	c.Clock.Advance(24 * time.Hour)
	if _, err := c.Members.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	c.level(id, "银杏") // by the rules, since the second stay
	if e := c.LastEvent(); e.Action != "member.tier_changed" || e.Via != string(policies.System) {
		t.Errorf("recorded %+v", e)
	}
}

func TestStaysBookedWhileALevelIsSetLeaveBothInStep(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	other := c.Again()
	manager, clerk := c.Actor(policies.Manager), c.Clerk()
	version := c.member(id).Version
	done := make(chan error)
	const stays = 6
	for i := range stays {
		h := c.House
		if i%2 == 1 {
			h = other
		}
		go func() {
			day := fmt.Sprintf("2026-0%d-10", i+1)
			_, err := h.Arrivals.Book(ctx, clerk, arrival.Booking{Customer: id, Status: stay.Departed, ArriveOn: day, DepartOn: day[:8] + "12", ETA: -1, Rate: 60000, Adults: 1})
			done <- err
		}()
	}
	go func() {
		err := other.Members.SetTier(ctx, manager, membership.Change{PublicID: id, ClubID: c.id, Version: version, TierID: c.tiers[2], Reason: "总经理赠送"})
		if fault.Is(err, fault.Conflict) { // a stay changed the level first
			err = nil
		}
		done <- err
	}()
	for range stays + 1 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	m := c.member(id)
	if m.RuleTierID != c.tiers[1] || m.HandTierID != 0 && m.TierID != c.tiers[2] || m.HandTierID == 0 && m.TierID != c.tiers[1] {
		t.Errorf("%+v", m.Member)
	}
	c.level(id, m.Tier.NameZH)
	c.sound()
}

func TestNewRulesJudgeAllMembersInRanges(t *testing.T) {
	c := newClub(t, nil)
	var ids []string
	for i := range 5 {
		id := c.AddGuest(fmt.Sprintf("客人%c", '甲'+rune(i)))
		c.join(id)
		c.stayed(id, "2026-06-01", 1)
		ids = append(ids, id)
	}
	a := c.Actor(policies.Manager)
	tier := membership.Tier{ID: c.tiers[1], ClubID: c.id, Rank: 2, NameZH: "银杏", NameEN: "Ginkgo", Tone: "info", Months: 12, Stays: 1, Version: 1}
	if _, err := c.Members.SaveTier(ctx, a, tier, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Members.SaveTier(ctx, a, tier, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale form: %v", err)
	}
	c.level(ids[0], "青竹")
	if n, err := c.Members.Sweep(ctx); n != 5 || err != nil {
		t.Errorf("judged %d, %v", n, err)
	}
	for _, id := range ids {
		c.level(id, "银杏")
	}
}

func TestAClubThatAsksNobodyTakesTheFirstStay(t *testing.T) {
	c := newClub(t, func(d *membership.Club) { d.Joining = membership.Automatic })
	id := c.AddGuest("王小明")
	if len(c.around(id).Members) != 0 {
		t.Error("a member before the first stay")
	}
	c.stayed(id, "2026-11-01", 1)
	c.level(id, "青竹")
	m := c.member(id)
	if err := c.Members.Leave(ctx, c.Clerk(), membership.Change{PublicID: id, ClubID: c.id, Version: m.Version, Reason: "客人不愿意"}); err != nil {
		t.Fatal(err)
	}
	c.stayed(id, "2026-11-05", 1)
	if a := c.around(id); len(a.Members) != 0 || len(a.Left) != 1 {
		t.Error("who left was taken in again")
	}
	if got := c.Customer(id); got.Tier != "" || len(got.MemberNos) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestLeavingKeepsTheMembershipAndComingBackItsNumber(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	number := c.join(id)
	if err := c.Members.Leave(ctx, c.Clerk(), membership.Change{PublicID: id, ClubID: c.id, Version: c.member(id).Version, Reason: "搬走了"}); err != nil {
		t.Fatal(err)
	}
	got, err := c.Customers.LookUp(ctx, c.Clerk(), c.Catalogue(), number)
	if err != nil || len(got.Hits) != 0 {
		t.Errorf("the number still finds %d", len(got.Hits))
	}
	if again := c.join(id); again != number {
		t.Errorf("back under %s, was %s", again, number)
	}
	c.level(id, "青竹")
	c.sound()
}
