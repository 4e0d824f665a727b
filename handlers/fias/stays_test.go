package fias_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
)

// house is a hotel with a busy desk, the same for the same seed.
type house struct {
	*desk
	random *rand.Rand
	n      int      // stays so far
	in     []string // reservations in house
	step   int
}

const (
	rooms   = 120
	surname = "王李张刘陈杨黄赵吴周瓅䶮"
	given   = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
)

func gb18030(text string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err)
	}
	return b
}

func (h *house) name() (string, string) {
	last, first := []rune(surname), []rune(given)
	return string(last[h.random.IntN(len(last))]), string([]rune{first[h.random.IntN(len(first))], first[h.random.IntN(len(first))]})
}

func (h *house) room() string { return fmt.Sprint(100 + h.random.IntN(rooms)) }
func (h *house) any() int     { return h.random.IntN(len(h.in)) }

// act does one thing a desk does.
func (h *house) act() {
	h.step++
	chance := h.random.IntN(100)
	last, first := h.name()
	switch {
	case len(h.in) < rooms/2 || chance < 45 && len(h.in) < 2*rooms:
		h.n++
		g := fiastest.Stay{Reservation: fmt.Sprint(880000 + h.n), Room: h.room(), LastName: last, FirstName: first, Title: "先生", Shared: h.random.IntN(4) == 0,
			Arrival: opening, Departure: opening.AddDate(0, 0, 1+h.random.IntN(5))}
		h.system.CheckIn(g)
		h.in = append(h.in, g.Reservation)
	case chance < 55:
		h.system.Change(fiastest.Stay{Reservation: h.in[h.any()], LastName: last, FirstName: first})
	case chance < 63:
		h.system.Move(h.in[h.any()], h.room())
	case chance < 70:
		h.system.Swap(h.in[h.any()], h.in[h.any()])
	default:
		i := h.any()
		h.system.CheckOut(h.in[i])
		h.in = append(h.in[:i], h.in[i+1:]...)
	}
}

// garbage is what a line may bring that is no record, with a name in it that
// must not be found anywhere.
func (h *house) garbage() ([]byte, fias.Reason) {
	guest := string(gb18030("GNSentinel哨兵|"))
	switch h.random.IntN(6) {
	case 0:
		return []byte("GI|RN101|" + guest), fias.Noise
	case 1:
		return []byte("\x02GI|RN101|" + guest + strings.Repeat("A", 5000) + "\x03"), fias.Oversized
	case 2:
		return []byte("RN101|" + guest + "\x03"), fias.Cut
	case 3:
		return []byte("\x02GI|" + guest + "?\x03"), fias.Malformed
	case 4:
		return []byte("\x02GI|RN101|" + guest + "\x03"), fias.NoReservation
	}
	return []byte("\x02GC|G#880001|" + guest + "\x03"), fias.NoRoom
}

// A property system sends 2,000 stays with changes, moves, swaps, garbage, cuts
// and a restart, and after each step the sheet tells who is in which room.
func TestTwoThousandStaysAreOnTheSheetAfterEachStep(t *testing.T) {
	t.Parallel()
	h := &house{desk: newDesk(t, fiastest.Script{Encode: gb18030}, "gb18030"), random: rand.New(rand.NewPCG(20261122, 42))}
	for range 50 {
		h.act() // a house that was open before the link was
	}
	h.open()
	h.sheet.Lists(1)
	h.same("the house as it was found")
	wrong := map[fias.Reason]int64{}
	for h.n < 2000 {
		h.act()
		h.same(fmt.Sprintf("step %d", h.step))
		if h.step%10 == 0 {
			raw, why := h.garbage()
			h.system.Send(raw)
			wrong[why]++
			h.same(fmt.Sprintf("step %d, garbage: %s", h.step, why))
		}
		switch h.step % 1000 {
		case 250:
			h.outage(func() { h.system.CutIn(h.system.Record("GI", "RN101", "G#999999", "GNSentinel")) }, fias.Closed)
		case 500:
			h.outage(h.system.Cut, fias.Closed)
			h.brokenList()
		case 750:
			h.outage(h.restart, fias.Closed)
		case 999:
			h.outage(func() { h.system.Freeze(); h.pass(fias.Silence) }, fias.Silent)
		}
	}
	s := h.link.Now()
	for _, r := range fias.SkipReasons {
		if s.Wrong[r] != wrong[r] {
			t.Errorf("%s: %d reported, %d sent", r, s.Wrong[r], wrong[r])
		}
	}
	if s.Flawed() != 0 || s.Connections < 8 || len(wrong) < 6 {
		t.Errorf("%+v", s)
	}
	for _, secret := range []string{"Sentinel", "哨", "王", "伟", "先生", "880001", "999999"} {
		if strings.Contains(h.logs.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

// outage breaks the line, lets the desk go on, and wants the sheet untouched
// until the line is back, and right then.
func (h *house) outage(breakIt func(), why fias.Problem) {
	h.t.Helper()
	was := h.system.Rooms()
	breakIt()
	h.down(why)
	for range 20 {
		h.act()
	}
	h.equal(fmt.Sprintf("step %d, while the line is down", h.step), was)
	h.back()
	h.same(fmt.Sprintf("step %d, the line is back", h.step))
}

// restart switches the property system off and on.
func (h *house) restart() {
	h.system.Stop()
	h.down(fias.Closed)
	h.clock.Advance(fias.LongestWait)
	h.down(fias.Unreachable)
	h.system.Resume()
	h.back()
	h.system.Cut()
}

// brokenList lets a list break off in the middle: those it named are as it says,
// all others as they were.
func (h *house) brokenList() {
	h.t.Helper()
	was := h.sheet.Guests(branch)
	h.system.Cut()
	h.down(fias.Closed)
	for range 20 {
		h.act()
	}
	half := len(h.in) / 2
	h.system.Behave(fiastest.Script{CutAfter: half})
	h.clock.Advance(fias.LongestWait)
	h.down(fias.ResyncCut)
	for _, g := range h.system.Stays()[:half] {
		was[g.Reservation] = fias.Guest{Reservation: g.Reservation, Room: g.Room, LastName: g.LastName, FirstName: g.FirstName}
	}
	h.equal(fmt.Sprintf("step %d, a list broke off", h.step), fiastest.Rooms(was))
	h.back()
	h.same(fmt.Sprintf("step %d, the list is whole", h.step))
}
