package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
	"shuke/models/arrival"
	"shuke/models/clock"
	"shuke/models/lease"
	"shuke/models/modelstest"
	"shuke/policies"
)

// hotel is a property system whose guests are kept as stays by the real sink;
// a sheet in memory beside it tells when what was sent has been taken.
type hotel struct {
	*modelstest.House
	system *fiastest.System
	told   *fiastest.Sheet
	sink   linkSink
	clock  *clockwork.FakeClock // of the link alone
	link   *fias.Link
	random *rand.Rand
	front  policies.Actor
	in     []string
	n      int // stays so far
	unseen int // of them nobody was told of
}

// Take keeps a guest, and notes that it was taken.
func (h *hotel) Take(ctx context.Context, branchID int64, g fias.Guest) error {
	if g.Reservation != "MARK" {
		if err := h.sink.Take(ctx, branchID, g); err != nil {
			return err
		}
	}
	return h.told.Take(ctx, branchID, g)
}

// ResyncEnded ends who is no longer named, and notes it.
func (h *hotel) ResyncEnded(ctx context.Context, branchID int64, named []string) error {
	if err := h.sink.ResyncEnded(ctx, branchID, named); err != nil {
		return err
	}
	return h.told.ResyncEnded(ctx, branchID, named)
}

func openHotel(t *testing.T) *hotel {
	t.Helper()
	h := &hotel{House: modelstest.NewHouse(t), system: fiastest.Start(t, fiastest.Script{}), told: fiastest.NewSheet(t), clock: clockwork.NewFakeClockAt(time.Date(2026, 11, 22, 1, 42, 0, 0, time.UTC)),
		random: rand.New(rand.NewPCG(7, 20261122))}
	p := &program{main: h.Main, staff: h.Staff, arrivals: h.Arrivals, clock: clock.Of(h.Clock)}
	h.sink, h.front = linkSink{p}, h.Clerk()
	var err error
	h.link, err = fias.NewLink(fias.Settings{Branch: modelstest.Shanghai, Address: h.system.Address(), Charset: "utf-8", Interface: "MS"}, p.findBranch, h, clock.Of(h.clock), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// act does one thing a desk does.
func (h *hotel) act() {
	any := func() int { return h.random.IntN(len(h.in)) }
	room := fmt.Sprint(100 + h.random.IntN(60))
	last, first := string([]rune("王李张刘陈䶮")[h.random.IntN(6)]), string([]rune("伟芳娜敏静丽")[h.random.IntN(6)])
	switch chance := h.random.IntN(100); {
	case len(h.in) < 30 || chance < 50 && len(h.in) < 90:
		h.n++
		arrived := h.front.Now.AddDate(0, 0, -h.random.IntN(3))
		g := fiastest.Stay{Reservation: fmt.Sprint(770000 + h.n), Room: room, LastName: last, FirstName: first, Arrival: arrived, Departure: h.front.Now.AddDate(0, 0, 1)}
		h.system.CheckIn(g)
		h.in = append(h.in, g.Reservation)
	case chance < 58:
		h.system.Change(fiastest.Stay{Reservation: h.in[any()], LastName: last, FirstName: first})
	case chance < 66:
		h.system.Move(h.in[any()], room)
	default:
		i := any()
		h.system.CheckOut(h.in[i])
		h.in = slices.Delete(h.in, i, i+1)
	}
}

// kept compares the stays in house with what the property system knows, once all
// that it told is taken.
func (h *hotel) kept(step string) map[string]string {
	h.T.Helper()
	h.told.Marked(h.system.Mark())
	want, got := map[string]string{}, map[string]string{}
	for _, g := range h.system.Stays() {
		want[g.Reservation] = g.Room + " " + g.LastName + g.FirstName
	}
	stays, err := h.Arrivals.Stays().InHouse(h.T.Context(), h.front.BranchID)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, s := range stays {
		got[s.Ref] = s.Room + " " + s.GuestName
	}
	h.same(step, want, got)
	return want
}

func (h *hotel) same(step string, want, got map[string]string) {
	h.T.Helper()
	if !maps.Equal(want, got) {
		h.T.Fatalf("%s: the property system (-) and the sheet (+) differ:\n%s", step, cmp.Diff(want, got))
	}
}

// right is kept for the sheet as the front desk opens it.
func (h *hotel) right(step string) {
	h.T.Helper()
	want := h.kept(step)
	sheet, err := h.Arrivals.Open(h.T.Context(), h.front, h.Catalogue(), "", arrival.Staying)
	if err != nil {
		h.T.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range sheet.Rows {
		got[r.Ref] = r.Room + " " + r.Guest.Name
	}
	h.same(step, want, got)
}

// longestWait is more than a link ever waits before it connects again.
const longestWait = 5 * time.Minute

// back waits until the line is gone, lets the desk go on meanwhile, and waits for
// the whole list after it.
func (h *hotel) back(why fias.Problem) {
	h.T.Helper()
	for limit := time.After(30 * time.Second); ; {
		if s := h.link.Now(); s.State == fias.Connecting && s.Problem == why {
			break
		}
		select {
		case <-h.link.Changed():
		case <-limit:
			h.T.Fatalf("never down: %+v", h.link.Now())
		}
	}
	// The clock has two who wait: the link before it connects again, and what tells
	// how it goes. Moved before both do, the link would wait for ever.
	if err := h.clock.BlockUntilContext(h.T.Context(), 2); err != nil {
		h.T.Fatal(err)
	}
	before := h.n
	for range 20 {
		h.act()
	}
	for n := before + 1; n <= h.n; n++ {
		if !slices.Contains(h.in, fmt.Sprint(770000+n)) {
			h.unseen++ // came and left while nobody told
		}
	}
	n := h.told.Ended()
	h.clock.Advance(longestWait)
	h.told.Lists(n + 1)
}

// A property system sends 2,000 stays with changes, garbage and cuts, and after
// each step the sheet of the front desk tells who is in which room.
func TestTwoThousandStaysOfALinkAreOnTheSheetAfterEachStep(t *testing.T) {
	h := openHotel(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		fias.Run(ctx, lease.NewService(h.Main, clock.Of(h.Clock), slog.New(slog.DiscardHandler)), []*fias.Link{h.link})
		close(ended)
	}()
	t.Cleanup(func() { stop(); <-ended })
	h.told.Lists(1)
	garbage := int64(0)
	for step := 1; h.n < 2000; step++ {
		h.act()
		if h.kept(fmt.Sprintf("step %d", step)); step%10 == 0 {
			h.right(fmt.Sprintf("step %d", step))
		}
		if step%50 == 0 {
			h.system.Send([]byte("\x02GI|RN101|GNSentinel哨兵|\x03")) // whose it is is not said
			garbage++
			h.right(fmt.Sprintf("step %d, garbage", step))
		}
		switch step % 1500 {
		case 400:
			h.system.CutIn(h.system.Record("GI", "RN101", "G#999999", "GNSentinel"))
			h.back(fias.Closed)
			h.right(fmt.Sprintf("step %d, cut within a record", step))
		case 900:
			h.system.Cut()
			h.back(fias.Closed)
			h.right(fmt.Sprintf("step %d, cut", step))
		}
	}
	if s := h.link.Now(); s.Wrong[fias.NoReservation] != garbage {
		t.Errorf("%d records reported, %d sent", s.Wrong[fias.NoReservation], garbage)
	}
	if n := h.Count("SELECT COUNT(*) FROM stays"); n != int64(h.n-h.unseen) {
		t.Errorf("%d stays are kept of %d", n, h.n)
	}
	if n := h.Count("SELECT COUNT(*) FROM stays WHERE guest_name LIKE '%Sentinel%' OR ref = '999999'"); n != 0 {
		t.Error("garbage is kept")
	}
	var rooms []string
	if err := h.Main.Read(ctx).Raw("SELECT DISTINCT status FROM stays ORDER BY status").Scan(&rooms).Error; err != nil || strings.Join(rooms, " ") != "departed in_house" {
		t.Errorf("%v, %v", rooms, err)
	}
}

// A comma parts a name that has no first name beside it; beside one it is a title,
// which is no name to greet somebody by.
func TestTitlesBehindACommaAreNoNames(t *testing.T) {
	for want, g := range map[string]fias.Guest{
		"Andreas Koehler": {LastName: "Koehler, Dr.", FirstName: "Andreas"},
		"Martin King":     {LastName: "King, Jr.", FirstName: "Martin"},
		"Andreas Müller":  {LastName: "Müller, Andreas"},
	} {
		if got := fullName(g); got != want {
			t.Errorf("%+v: %q", g, got)
		}
	}
}
