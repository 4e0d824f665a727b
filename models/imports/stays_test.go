package imports

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/stay"
)

// staysNow lists all stays in the order of their making.
func (s *shop) staysNow(t *testing.T) string {
	t.Helper()
	return strings.Join(s.strings(t, `SELECT CONCAT(COALESCE((SELECT name FROM customers c WHERE c.id = s.customer_id), CONCAT('(', guest_name, ')')), ' ', status, ' ', arrive_on, ' ', depart_on, ' ', nights, ' ', rate, ' ', room, ' ', source)
 FROM stays s ORDER BY id`), "\n")
}

func (s *shop) totals(t *testing.T, publicID string) string {
	t.Helper()
	var id int64
	must(t, s.Main.Read(context.Background()).Raw("SELECT id FROM customers WHERE public_id = ?", publicID).Row().Scan(&id))
	x, err := s.imports.stays.Totals(context.Background(), id)
	must(t, err)
	return fmt.Sprintf("%d stays %d nights %d %s-%s next %s", x.Stays, x.Nights, x.Spend, x.FirstOn, x.LastOn, x.NextOn)
}

const stayHead = "会员号,客人姓名,预订号,到店日期,离店日期,状态,房号,房型,朝向,楼层,晚数,房价,同行人\n"

func TestStaysAreBookedForCustomersAndForGuestsNobodyKnows(t *testing.T) {
	h, s := newHouse(t)
	wang := h.AddGuest("王小明", "member_no", "M1")
	r := s.run(t, at(h, ToStays, "member_no", file(t, stayHead+
		"M1,,A1,2026-01-02,2026-01-04,已离店,1203,大床房,湖景,12,2,880,太太\n"+
		"M1,,A2,2026/3/5,2026/3/6,checked out,0901,,,,,\"¥1,200.50\",\n"+
		"M1,,A3,2026-12-24,,预订,,,,,3,900.00,\n"+
		",陈晨,A4,2026-11-22,2026-11-23,在住,801,,,,,,\n"+
		"M7,赵六,A5,2026-11-25,2026-11-26,取消,,,,,,,\n"+
		"M1,,A6,2026-05-01,2026-05-09,no show,,,,,,,\n")))
	if r.Created != 6 || r.Warned != 1 || reasons(r) != "6 member_no key_unknown false" {
		t.Errorf("%+v\n%s", r, reasons(r))
	}
	want := "王小明 departed 2026-01-02 2026-01-04 2 88000 1203 import\n王小明 departed 2026-03-05 2026-03-06 1 120050 0901 import\n王小明 reserved 2026-12-24 2026-12-27 3 90000  import\n" +
		"(陈晨) in_house 2026-11-22 2026-11-23 1 0 801 import\n(赵六) cancelled 2026-11-25 2026-11-26 1 0  import\n王小明 no_show 2026-05-01 2026-05-09 8 0  import"
	if got := s.staysNow(t); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
	if got := s.totals(t, wang); got != "2 stays 3 nights 296050 2026-01-02-2026-03-05 next 2026-12-24" {
		t.Error(got)
	}
	if got := s.strings(t, "SELECT CONCAT(room_type, ' ', facing, ' ', floor, ' ', party) FROM stays WHERE ref = 'A1'"); got[0] != "大床房 湖景 12 太太" {
		t.Error(got)
	}
	if n := s.count(t, "SELECT COUNT(*) FROM stays WHERE arrived_at + departed_at <> 0"); n != 1 {
		t.Errorf("of %d it is known to the hour", n)
	}
	if n := s.count(t, "SELECT COUNT(*) FROM changes WHERE topic = 'arrivals'"); n != 1 {
		t.Errorf("open sheets were told %d times", n)
	}
}

func TestStaysInEnglish(t *testing.T) {
	h, s := newHouse(t)
	r := s.run(t, at(h, ToStays, "", file(t, "Guest Name,Hotel,Confirmation No.,Check-in,Check-out,Reservation Status,Room No,Room Type,View,Floor,Nights,Room Rate,Accompanying,Adults,Children,Remarks\n"+
		"John Smith,hangzhou,C-77,2026-01-02,2026-01-04,Checked out,1203,King,Lake,12,2 nights,880,Mary,2,1,late\n")))
	if r.Created != 1 || len(r.Unmapped) != 0 {
		t.Fatalf("%+v\n%s", r, reasons(r))
	}
	got := s.strings(t, "SELECT CONCAT(branch_id, ' ', ref, ' ', room_type, ' ', facing, ' ', floor, ' ', party, ' ', adults, ' ', children, ' ', note) FROM stays")
	if want := fmt.Sprintf("%d C-77 King Lake 12 Mary 2 1 late", s.count(t, "SELECT id FROM branches WHERE code = 'hangzhou'")); got[0] != want {
		t.Errorf("%q, want %q", got[0], want)
	}
}

func TestAStayOfAKnownNumberIsChangedAndEmptyCellsEraseNothing(t *testing.T) {
	h, s := newHouse(t)
	wang := h.AddGuest("王小明", "member_no", "M1")
	s.run(t, at(h, ToStays, "member_no", file(t, stayHead+"M1,,A1,2026-12-01,2026-12-03,预订,1203,大床房,湖景,12,,880,\n,陈晨,A2,2026-12-01,2026-12-02,预订,,,,,,,\n")))
	h.Clock.Advance(time.Hour)
	r := s.run(t, at(h, ToStays, "member_no", file(t, stayHead+",,A1,,2026-12-04,,1501,,,,,,\nM1,,A2,,,取消,,,,,,,\nM1,,A1,,,确认,1502,,,,,,\n")))
	if r.Joined != 3 || r.Created != 0 {
		t.Fatalf("%+v\n%s", r, reasons(r))
	}
	if got := s.staysNow(t); got != "王小明 reserved 2026-12-01 2026-12-04 3 88000 1502 import\n王小明 cancelled 2026-12-01 2026-12-02 1 0  import" {
		t.Error(got)
	}
	if got := s.totals(t, wang); got != "0 stays 0 nights 0 - next 2026-12-01" {
		t.Error(got)
	}
	again := s.run(t, at(h, ToStays, "member_no", file(t, stayHead+"M1,,A1,2026-12-01,2026-12-04,预订,1502,大床房,湖景,12,3,880,\n")))
	if n := s.count(t, "SELECT version FROM stays WHERE ref = 'A1'"); n != 2 || again.Joined != 1 {
		t.Errorf("said again it has version %d", n)
	}
}

func TestRowsOfOneFileWithOneNumberAreOneStay(t *testing.T) {
	for _, batch := range []int{500, 1} {
		h, s := newHouse(t)
		s.imports.batchRows = batch
		r := s.run(t, at(h, ToStays, "", file(t, stayHead+",陈晨,A1,2026-12-01,2026-12-03,预订,,,,,,,\n,,A1,,,在住,801,,,,,,\n")))
		if r.Created != 1 || r.Joined != 1 || s.count(t, "SELECT COUNT(*) FROM stays") != 1 {
			t.Errorf("in batches of %d: %+v\n%s", batch, r, reasons(r))
		}
	}
}

func TestStaysThatCannotBeTakenAreNamed(t *testing.T) {
	h, s := newHouse(t)
	h.AddGuest("王小明", "member_no", "M1")
	h.AddGuest("李娜", "member_no", "M2")
	s.run(t, at(h, ToStays, "member_no", file(t, stayHead+"M2,,B1,2026-12-01,2026-12-03,预订,,,,,,,\n")))
	for _, c := range []struct{ what, row, want string }{
		{"no arrival", "M1,,X1,,2026-12-03,预订,,,,,,,", "2 arrive_on arrival_missing true"},
		{"no departure", "M1,,X1,2026-12-03,,预订,,,,,,,", "2 depart_on departure_missing true"},
		{"departs before", "M1,,X1,2026-12-03,2026-12-01,预订,,,,,,,", "2 depart_on departs_before true"},
		{"departs before, of a known stay", "M2,,B1,,2026-11-01,,,,,,,,", "2 depart_on departs_before true"},
		{"other nights", "M1,,X1,2026-12-03,2026-12-05,预订,,,,,3,,", "2 nights nights_differ true"},
		{"too long", "M1,,X1,2026-12-03,2028-12-05,预订,,,,,,,", "2 depart_on stay_too_long true"},
		{"a year of birth", "M1,,X1,1985-12-03,1985-12-05,预订,,,,,,,", "2 arrive_on day_far true"},
		{"no such state", "M1,,X1,2026-12-03,2026-12-05,也许,,,,,,,", "2 status choice_unknown true"},
		{"no amount", "M1,,X1,2026-12-03,2026-12-05,预订,,,,,,免费,", "2 rate value_invalid true"},
		{"a long room", "M1,,X1,2026-12-03,2026-12-05,预订," + strings.Repeat("1", 17) + ",,,,,,", "2 room too_long true"},
		{"nobody", ",,X1,2026-12-03,2026-12-05,预订,,,,,,,", "2 guest_name guest_missing true"},
		{"nobody has the key", "M9,,X1,2026-12-03,2026-12-05,预订,,,,,,,", "2 member_no key_unknown true"},
		{"another's", "M1,,B1,,,取消,,,,,,,", "2 member_no stay_of_other true"},
		{"a formula", ",=1+1,X1,2026-12-03,2026-12-05,预订,,,,,,,", "2 guest_name formula true"},
	} {
		r := s.run(t, at(h, ToStays, "member_no", file(t, stayHead+c.row+"\n")))
		if got := reasons(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if n := s.count(t, "SELECT COUNT(*) FROM stays"); n != 1 {
		t.Errorf("%d stays", n)
	}
	for _, text := range []string{"会员号,房号\nM1,801\n", "到店日期,离店日期\n2026-12-01,2026-12-02\n"} {
		if _, err := s.imports.Run(context.Background(), at(h, ToStays, "", file(t, text))); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAStateThatIsNotSaidFollowsFromTheDays(t *testing.T) {
	h, s := newHouse(t)
	s.run(t, at(h, ToStays, "", file(t, "客人,到店日期,离店日期\n陈晨,2026-01-01,2026-01-03\n赵六,2026-11-20,2026-11-25\n李娜,2026-12-01,2026-12-02\n")))
	if got := strings.Join(s.strings(t, "SELECT status FROM stays ORDER BY id"), " "); got != "departed reserved reserved" {
		t.Error(got)
	}
}

func TestUndoneStaysLeaveEverythingAsItWas(t *testing.T) {
	h, s := newHouse(t)
	wang := h.AddGuest("王小明", "member_no", "M1")
	h.AddGuest("李娜", "member_no", "M2")
	s.run(t, at(h, ToStays, "member_no", file(t, stayHead+"M1,,A1,2026-01-01,2026-01-03,离店,1203,大床房,湖景,12,,880,\n,陈晨,A2,2026-12-01,2026-12-02,预订,,,,,,,\n")))
	h.Clock.Advance(time.Hour)
	s.imports.batchRows = 2
	before := s.content(t)
	o := at(h, ToStays, "member_no", file(t, stayHead+"M1,,A1,,2026-01-05,,1501,,,,,990,\nM2,,A2,,,在住,,,,,,,\nM1,,A3,2026-12-01,2026-12-03,预订,,,,,,,\n,赵六,A4,2026-12-01,2026-12-03,预订,,,,,,,\nM1,,A1,,2026-01-06,,1502,,,,,,\n"))
	r := s.run(t, o)
	if r.Joined != 3 || r.Created != 2 || s.totals(t, wang) != "1 stays 5 nights 495000 2026-01-01-2026-01-01 next 2026-12-01" {
		t.Fatalf("%+v\n%s\n%s", r, reasons(r), s.totals(t, wang))
	}
	h.Clock.Advance(time.Hour)
	if u := s.undo(t, r.ImportID); u.Stays != 4 || u.Customers != 0 {
		t.Errorf("%+v", u)
	}
	same(t, before, s.content(t))
	if again := s.run(t, o); again.Joined != 3 || again.Created != 2 || again.Already {
		t.Errorf("%+v\n%s", again, reasons(again))
	}
}

func TestAStayThatWasChangedSinceStandsInTheWay(t *testing.T) {
	h, s := newHouse(t)
	r := s.run(t, at(h, ToStays, "", file(t, stayHead+",陈晨,A1,2026-11-22,2026-11-23,预订,,,,,,,\n,赵六,A2,2026-11-22,2026-11-23,预订,,,,,,,\n")))
	list, err := s.imports.stays.Many(context.Background(), []int64{int64(s.count(t, "SELECT id FROM stays WHERE ref = 'A1'"))})
	must(t, err)
	_, err = h.Arrivals.Prepare(context.Background(), h.Clerk(), h.Catalogue(), one(list).PublicID, "热水壶", "housekeeping", -1, "k1")
	must(t, err)
	if got := obstaclesOf(t, s, r.ImportID); got != "preparation 1" {
		t.Errorf("made ready: %q", got)
	}
	s.exec(t, "DELETE FROM preparations")
	later := s.run(t, at(h, ToStays, "", file(t, stayHead+",,A2,,,取消,,,,,,,\n")))
	if got := obstaclesOf(t, s, r.ImportID); got != "stay_changed 1" {
		t.Errorf("changed: %q", got)
	}
	if _, err := s.imports.Undo(context.Background(), modelstest.Shell(), r.ImportID, "the wrong list"); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if got := obstaclesOf(t, s, later.ImportID); got != "" {
		t.Errorf("the later one: %q", got)
	}
}

func one(list map[int64]stay.Stay) stay.Stay {
	for _, s := range list {
		return s
	}
	return stay.Stay{}
}
