package arrival_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/stay"
	"shuke/policies"
)

var ctx = context.Background()

// book books a guest for today at the manager's branch.
func book(t *testing.T, h *modelstest.House, change func(*arrival.Booking)) string {
	t.Helper()
	a := h.Actor(policies.Manager)
	b := arrival.Booking{Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: 14*60 + 30, Adults: 1}
	change(&b)
	id, err := h.Arrivals.Book(ctx, a, b)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func note(t *testing.T, h *modelstest.House, id, area, words, act string) {
	t.Helper()
	n := customer.Note{PublicID: id, Words: words, Area: area, Act: act, Channel: "service", Strength: 2, Consent: "spoken"}
	if _, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), n); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, h *modelstest.House, a policies.Actor) arrival.Sheet {
	t.Helper()
	s, err := h.Arrivals.Open(ctx, a, h.Catalogue(), "", arrival.Arriving)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func only(t *testing.T, s arrival.Sheet) arrival.Row {
	t.Helper()
	if len(s.Rows) != 1 {
		t.Fatalf("%d rows", len(s.Rows))
	}
	return s.Rows[0]
}

func TestSheetSaysWhatEachDepartmentPrepares(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("张慕言", "address_as", "张教授", "drink_likes", "胡萝卜汁", "food_likes", "清蒸鱼")
	note(t, h, guest, "bed_pillow", "海绵枕", "do")
	note(t, h, guest, customer.AreaSafety, "不可有花生", "never")
	note(t, h, guest, "privacy", "别提家人", "never")
	note(t, h, guest, "payment_invoice", "要专票", "do")
	book(t, h, func(b *arrival.Booking) { b.Customer, b.Room = guest, "1812" })
	r := only(t, open(t, h, h.Clerk()))
	if r.Guest.Name != "张慕言" || r.Guest.AddressAs != "张教授" || r.Room != "1812" || r.Times() != 1 {
		t.Errorf("%+v", r.Guest)
	}
	got := map[string]string{}
	for _, p := range r.Preparations {
		got[p.Wording] = p.Department
	}
	// What is merely liked is made ready only where the house says so, and what
	// nobody makes ready stands on the card alone.
	want := map[string]string{"胡萝卜汁": "food", "海绵枕": "housekeeping"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("prepared %v, want %v", got, want)
	}
	if len(r.Never) != 2 || r.Never[0].Wording != "不可有花生" || !r.Never[0].Tickable() || r.Never[1].Tickable() {
		t.Errorf("never: %+v", r.Never)
	}
}

func TestWishHeardNowIsOnTheSheetOfItsDayAndBranch(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	if n := len(only(t, open(t, h, h.Clerk())).Preparations); n != 0 {
		t.Fatalf("%d before anything was said", n)
	}
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	if n := len(only(t, open(t, h, h.Clerk())).Preparations); n != 1 {
		t.Errorf("%d after", n)
	}
	h.AddPerson("away", policies.FrontDesk, modelstest.Hangzhou)
	if s := open(t, h, h.ActorOf("away")); len(s.Rows) != 0 {
		t.Error("another branch sees the guest")
	}
}

func TestSheetsGoFromYesterdayToTheDayAfterTomorrow(t *testing.T) {
	h := modelstest.NewHouse(t)
	for day, ok := range map[string]bool{"2026-11-20": false, "2026-11-21": true, "2026-11-22": true, "2026-11-24": true, "2026-11-25": false, "2027-11-22": false, "x": false, "": true} {
		_, err := h.Arrivals.Open(ctx, h.Clerk(), h.Catalogue(), day, arrival.Arriving)
		if (err == nil) != ok {
			t.Errorf("%q: %v", day, err)
		}
	}
	far := book(t, h, func(b *arrival.Booking) { b.GuestName, b.ArriveOn, b.DepartOn = "远客", "2026-12-24", "2026-12-26" })
	if _, err := h.Arrivals.OpenRow(ctx, h.Clerk(), h.Catalogue(), far); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stay beyond the sheets opens: %v", err)
	}
}

func TestSheetIsCountedInTheLedgerBeforeItShows(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 3 {
		guest := h.AddGuest(fmt.Sprintf("客人%c", 'A'+i))
		book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	}
	before := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = 5")
	open(t, h, h.Clerk())
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = 5") - before; n != 3 {
		t.Errorf("%d guests counted, 3 shown", n)
	}
	if h.Count("SELECT COUNT(*) FROM audit_events WHERE action = 'arrival.sheet_opened'") != 1 {
		t.Error("not on the record")
	}
}

func TestFloorSeesPreparationsAndNoCard(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明", "contact_wish", "勿打家里电话")
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	floor := h.Actor(policies.Floor)
	r := only(t, open(t, h, floor))
	if len(r.Preparations) != 1 || len(r.Never) != 0 {
		t.Errorf("the floor sees %+v %+v; contact wishes are not for it", r.Preparations, r.Never)
	}
	if _, err := h.Cards.Open(ctx, floor, h.Catalogue(), guest); !fault.Is(err, fault.Denied) {
		t.Errorf("the floor opens a card: %v", err)
	}
	if _, err := h.Arrivals.Note(ctx, floor, h.Catalogue(), id, customer.Note{Words: "咖啡不加糖", Channel: "service"}); err != nil {
		t.Errorf("the floor cannot note what a guest said: %v", err)
	}
	if err := h.Arrivals.Turn(ctx, floor, id, 1, stay.InHouse); !fault.Is(err, fault.Denied) {
		t.Errorf("the floor checks in: %v", err)
	}
}

func TestTickIsKeptOnceAndNamesWhoWasFirst(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	key := only(t, open(t, h, h.Clerk())).Preparations[0].Key
	var wait sync.WaitGroup
	people := []policies.Actor{h.Clerk(), h.Actor(policies.Floor), h.Actor(policies.Manager)}
	cat := h.Catalogue()
	for _, a := range people {
		wait.Go(func() {
			if _, err := h.Arrivals.Tick(ctx, a, cat, id, key, true); err != nil {
				t.Errorf("%s: %v", a.Role, err)
			}
		})
	}
	wait.Wait()
	if n := h.Count("SELECT COUNT(*) FROM audit_events WHERE action = 'preparation.done'"); n != 1 {
		t.Errorf("done %d times", n)
	}
	p := only(t, open(t, h, h.Clerk())).Preparations[0]
	if !p.Done() || p.DoneBy == "" {
		t.Errorf("%+v", p)
	}
	row, err := h.Arrivals.Tick(ctx, h.Clerk(), cat, id, key, false)
	if err != nil || row.Preparations[0].Done() {
		t.Errorf("taken back: %+v %v", row.Preparations, err)
	}
}

func TestTickReachesOtherInstances(t *testing.T) {
	h := modelstest.NewHouse(t)
	other := h.Again()
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	key := only(t, open(t, h, h.Clerk())).Preparations[0].Key
	running, stop := context.WithCancel(ctx)
	defer stop()
	here, there, elsewhere := h.Hub.Listen(h.Clerk().BranchID), other.Hub.Listen(h.Clerk().BranchID), other.Hub.Listen(h.Clerk().BranchID+1)
	go h.Hub.Run(running)
	go other.Hub.Run(running)
	if _, err := h.Arrivals.Tick(ctx, h.Clerk(), h.Catalogue(), id, key, true); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`"kind":"tick","stay":"%s","key":"%s","done":true`, id, key)
	for name, l := range map[string]<-chan string{"here": bodies(here), "there": bodies(there)} {
		for body := range l {
			if contains(body, want) {
				break
			}
			_ = name
		}
	}
	select {
	case c := <-elsewhere.C:
		t.Errorf("another branch is told %s", c.Body)
	default:
	}
}

func TestOverdueIsMarkedByDepartment(t *testing.T) {
	h := modelstest.NewHouse(t) // 09:42 in Shanghai
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "枕头要高", "do") // housekeeping, two hours ahead
	note(t, h, guest, "room", "高楼层", "do")        // front office, one hour ahead
	book(t, h, func(b *arrival.Booking) { b.Customer, b.ETA = guest, 11*60+30 })
	late := map[string]bool{}
	for _, p := range only(t, open(t, h, h.Clerk())).Preparations {
		late[p.Wording] = p.Late
	}
	if !late["枕头要高"] || late["高楼层"] {
		t.Errorf("late: %v", late)
	}
	h.Clock.Advance(time.Hour)
	for _, p := range only(t, open(t, h, h.Clerk())).Preparations {
		if !p.Late {
			t.Errorf("%s is due by now", p.Wording)
		}
	}
}

func TestWhatIsNotReadyStandsBeforeTheCheckIn(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	r := only(t, open(t, h, h.Clerk()))
	err := h.Arrivals.CheckIn(ctx, h.Clerk(), h.Catalogue(), id, r.Version, false)
	var unready *arrival.Unready
	if !errors.As(err, &unready) || len(unready.Open) != 1 {
		t.Fatalf("%v", err)
	}
	if err := h.Arrivals.CheckIn(ctx, h.Clerk(), h.Catalogue(), id, r.Version, true); err != nil {
		t.Fatal(err)
	}
	if r = only(t, open(t, h, h.Clerk())); r.Status != stay.InHouse || r.ArrivedAt.IsZero() {
		t.Errorf("%+v", r.Stay)
	}
	if err := h.Arrivals.CheckIn(ctx, h.Clerk(), h.Catalogue(), id, r.Version-1, true); err != nil {
		t.Errorf("the second of two clerks: %v", err)
	}
}

func TestOnlyWhatIsDoneMayBePromised(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "海绵枕", "do")
	note(t, h, guest, "room", "高楼层", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	for _, p := range only(t, open(t, h, h.Clerk())).Preparations {
		if p.Wording == "海绵枕" {
			if _, err := h.Arrivals.Tick(ctx, h.Clerk(), h.Catalogue(), id, p.Key, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	c, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), guest)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(c.Saying.Ready) != "[海绵枕]" || c.Saying.Unready != 1 || c.Saying.Times != 1 {
		t.Errorf("%+v", c.Saying)
	}
}

func TestTotalsAreAsIfReckonedAnew(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	a := h.Actor(policies.Manager)
	id := book(t, h, func(b *arrival.Booking) {
		b.Customer, b.Status, b.ArriveOn, b.DepartOn, b.Rate, b.Room = guest, stay.Departed, "2026-01-10", "2026-01-12", 50000, "1001"
	})
	book(t, h, func(b *arrival.Booking) {
		b.Customer, b.Status, b.ArriveOn, b.DepartOn, b.Rate, b.Room = guest, stay.Departed, "2026-03-01", "2026-03-02", 60000, "1002"
	})
	book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	totals := func() stay.Totals {
		out, err := h.Arrivals.Stays().Totals(ctx, h.Customer(guest).ID)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := totals()
	if got.Stays != 2 || got.Nights != 3 || got.Spend != 160000 || got.LastRoom != "1002" || got.FirstOn != "2026-01-10" || got.NextOn != a.Today() {
		t.Errorf("%+v", got)
	}
	if r := only(t, open(t, h, h.Clerk())); r.Times() != 3 {
		t.Errorf("visit number %d", r.Times())
	}
	version := int64(h.Count("SELECT version FROM stays WHERE public_id = ?", id))
	program := a
	program.Via, program.Scopes = policies.Token, policies.EveryScope
	err := h.Arrivals.Change(ctx, program, arrival.Booking{StayID: id, Version: version, Status: stay.Cancelled, ArriveOn: "2026-01-10", DepartOn: "2026-01-12", ETA: -1, Customer: guest})
	if err != nil {
		t.Fatal(err)
	}
	if got = totals(); got.Stays != 1 || got.Nights != 1 || got.Spend != 60000 || got.FirstOn != "2026-03-01" {
		t.Errorf("after a cancellation: %+v", got)
	}
}

func TestStaleFormOfAStayOverwritesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := book(t, h, func(b *arrival.Booking) { b.GuestName = "客人" })
	b := arrival.Booking{StayID: id, Version: 1, Status: stay.Reserved, ArriveOn: h.Clerk().Today(), DepartOn: h.Clerk().Today(), ETA: -1, GuestName: "客人", Room: "1001"}
	if err := h.Arrivals.Change(ctx, h.Clerk(), b); err != nil {
		t.Fatal(err)
	}
	b.Room = "2002"
	if err := h.Arrivals.Change(ctx, h.Clerk(), b); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v", err)
	}
	if r := only(t, open(t, h, h.Clerk())); r.Room != "1001" {
		t.Errorf("room %s", r.Room)
	}
}

func TestSameReservationSentAgainIsOneStay(t *testing.T) {
	h := modelstest.NewHouse(t)
	a := h.Actor(policies.Manager)
	a.Via, a.Scopes = policies.Token, policies.EveryScope
	send := func(room string) string {
		id, err := h.Arrivals.Book(ctx, a, arrival.Booking{Ref: "R-77", Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: -1, GuestName: "客人", Room: room})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if first, again := send("1001"), send("1002"); first != again {
		t.Errorf("%s, then %s", first, again)
	}
	if r := only(t, open(t, h, h.Clerk())); r.Room != "1002" || r.Source != stay.ByAPI {
		t.Errorf("%+v", r.Stay)
	}
}

func TestSheetTakesAFixedNumberOfStatements(t *testing.T) {
	h := modelstest.NewHouse(t)
	count := func() int {
		with, trace := db.WithTrace(ctx)
		if _, err := h.Arrivals.Open(with, h.Clerk(), h.Catalogue(), "", arrival.Arriving); err != nil {
			t.Fatal(err)
		}
		return len(trace.Statements())
	}
	guest := h.AddGuest("客人甲", "drink_likes", "岩茶")
	book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	one := count()
	for i := range 12 {
		other := h.AddGuest(fmt.Sprintf("客人%c", 'A'+i), "drink_likes", "岩茶", "taboo", "勿送钟")
		book(t, h, func(b *arrival.Booking) { b.Customer = other })
	}
	if many := count(); many != one {
		t.Errorf("%d statements for one guest, %d for thirteen", one, many)
	}
}

func TestHandMadePreparationsAndTheirDrop(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := book(t, h, func(b *arrival.Booking) { b.GuestName = "越临精密 6 人" })
	var keys []string
	add := func(wording, once string) error {
		key, err := h.Arrivals.Prepare(ctx, h.Clerk(), h.Catalogue(), id, wording, "engineering", 18*60, once)
		keys = append(keys, key)
		return err
	}
	if err := add("", "a"); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing: %v", err)
	}
	for range 2 { // the same form twice
		if err := add("投影试机", "b"); err != nil {
			t.Fatal(err)
		}
	}
	r := only(t, open(t, h, h.Clerk()))
	if len(r.Preparations) != 1 || !r.Preparations[0].ByHand || !slices.Equal(keys, []string{"", "h1", "h1"}) || r.Preparations[0].Due.In(h.Clerk().Zone).Hour() != 18 {
		t.Fatalf("%+v", r.Preparations)
	}
	if err := h.Arrivals.Drop(ctx, h.Clerk(), id, r.Preparations[0].Key); err != nil {
		t.Fatal(err)
	}
	if r = only(t, open(t, h, h.Clerk())); len(r.Preparations) != 0 {
		t.Error("still there")
	}
}
