package fias_test

import (
	"slices"
	"testing"
	"time"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
)

// full is a house with three guests, all on the sheet, whose line has just gone.
// Then one left, one moved, one came, and nobody was told.
func full(t *testing.T) *desk {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.system.CheckIn(guest("2", "102", "Li"))
	d.system.CheckIn(guest("3", "103", "Zhang"))
	d.same("full")
	d.system.Cut()
	d.down(fias.Closed)
	d.system.CheckOut("1")
	d.system.Move("2", "202")
	d.system.CheckIn(guest("4", "104", "Zhao"))
	d.equal("nobody was told", map[string][]string{"101": {"1 Wang/"}, "102": {"2 Li/"}, "103": {"3 Zhang/"}})
	return d
}

func TestListThatBreaksOffChangesNobodyItDidNotName(t *testing.T) {
	d := full(t)
	d.system.Behave(fiastest.Script{CutAfter: 1}) // after 2
	d.clock.Advance(fias.LongestWait)
	d.down(fias.ResyncCut)
	d.equal("broken off", map[string][]string{"101": {"1 Wang/"}, "202": {"2 Li/"}, "103": {"3 Zhang/"}})
	d.back()
	d.same("told to its end")
	if n := d.sheet.Ended(); n != 2 {
		t.Errorf("%d lists ended", n)
	}
	if taken := d.sheet.Taken(); !taken[len(taken)-1].Resync || taken[0].Resync {
		t.Error("what a list tells is not told apart from what happens")
	}
}

// A list with a hole would put guests out of the house who are in it.
func TestListOfWhichARecordWasLostDismissesNobody(t *testing.T) {
	for name, raw := range map[string]string{
		"cut":                "\x02GI|RN103|G#\x02LA|\x03",
		"without beginning":  "RN103|G#3|\x03",
		"of another kind":    "\x02\xff\xfe|RN103|G#3|\x03",
		"damaged number":     "\x02GI|RN103|G#\xff|\x03",
		"without number":     "\x02GI|x|RN103|\x03",
		"longer than may be": "\x02GI|RN103|" + string(make([]byte, 5000)) + "\x03",
	} {
		d := full(t)
		d.system.Behave(fiastest.Script{Replace: func(g fiastest.Stay) []byte {
			if g.Reservation == "3" {
				return []byte(raw)
			}
			return nil
		}})
		d.clock.Advance(fias.LongestWait)
		d.until(name, func(s fias.Status) bool { return s.Problem == fias.ResyncUnsure && s.State == fias.Connected })
		d.sheet.Marked(d.system.Mark())
		d.equal(name, map[string][]string{"101": {"1 Wang/"}, "202": {"2 Li/"}, "103": {"3 Zhang/"}, "104": {"4 Zhao/"}})
		d.system.Behave(fiastest.Script{})
		d.pass(fias.ListAgain) // and it is asked for anew
		d.sheet.Lists(2)
		d.same(name + ", anew")
		if s := d.link.Now(); s.Skipped() != 1 {
			t.Errorf("%s: %+v", name, s.Wrong)
		}
	}
}

func TestListWithGarbageThatHidesNobodyIsGood(t *testing.T) {
	for name, raw := range map[string]string{
		"noise":                       "xyz",
		"a record of no concern":      "\x02NS|DA261122|\x03",
		"a damaged one of no concern": "\x02NS|x|DA261122|\x03",
		"a guest without a number":    "\x02GI|RN900|GNHouse|\x03",
		"damaged, but named":          "\x02GI|G#3|x|RN103|\x03",
	} {
		d := full(t)
		d.system.Behave(fiastest.Script{Between: map[int][]byte{1: []byte(raw)}})
		d.back()
		d.same(name)
	}
}

func TestGuestOfADamagedRecordIsStillNamedByIt(t *testing.T) {
	d := full(t)
	d.system.Behave(fiastest.Script{Replace: func(g fiastest.Stay) []byte {
		if g.Reservation == "3" {
			return []byte("\x02GI|G#3|RN|GNZhang|\x03") // no room
		}
		return nil
	}})
	d.back()
	d.same("named without a room")
}

func TestWhatHappensWhileAListIsToldIsInIt(t *testing.T) {
	d := full(t)
	d.system.Behave(fiastest.Script{During: map[int]func(){
		1: func() { d.system.CheckOut("2"); d.system.CheckIn(guest("0", "100", "Qian")) },
		2: func() { d.system.Move("4", "404") },
		3: func() { d.system.CheckOut("3") },
	}})
	// What is told after the change of 4 still has it where it was: it comes from
	// the state at the beginning, so the system tells the change once more.
	d.back()
	d.system.Move("4", "404")
	d.same("told meanwhile")
	if named := d.sheet.Lists(2); !slices.Equal(named, []string{"0", "4"}) {
		t.Errorf("named %v", named)
	}
}

func TestEmptyRoomsOfAListDismissNobodyByThemselves(t *testing.T) {
	d := full(t)
	d.system.Behave(fiastest.Script{Vacant: []string{"101", "102", "301"}})
	taken := len(d.sheet.Taken())
	d.back()
	d.same("with empty rooms")
	for _, g := range d.sheet.Taken()[taken:] {
		if g.Event == fias.CheckedOut {
			t.Errorf("handed on: %+v", g)
		}
	}
}

func TestListNobodyAskedForCounts(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.same("before")
	for _, r := range [][]byte{d.system.Record("DE"), d.system.Record("DS"), d.system.Record("GI", "RN9", "G#9"), d.system.Record("DS"), d.system.Record("GI", "RN8", "G#8"), d.system.Record("DE")} {
		d.system.Send(r)
	}
	if named := d.sheet.Lists(2); !slices.Equal(named, []string{"8"}) {
		t.Errorf("named %v", named)
	}
	d.equal("after", map[string][]string{"8": {"8 /"}})
	if last := d.sheet.Taken()[len(d.sheet.Taken())-1]; !last.Resync {
		t.Error("a record of a list without the flag swap is taken for news")
	}
}

func TestListThatStallsIsAskedForAnewAndNotForever(t *testing.T) {
	d := full(t)
	d.system.Behave(fiastest.Script{Stall: 2})
	asked := d.system.Count("DR")
	d.clock.Advance(fias.LongestWait)
	for try := range fias.ListTries {
		d.system.Got("DR", asked+try+1)
		d.live(fias.ListStall)
		d.until("stalled", func(s fias.Status) bool { return s.Problem == fias.ResyncCut && s.ProblemAt.After(d.last) })
		d.last = d.link.Now().ProblemAt
		d.system.Behave(fiastest.Script{Stall: 2})
		d.live(fias.ListAgain)
	}
	d.live(2 * fias.ListStall)
	if n := d.system.Count("DR") - asked; n != fias.ListTries {
		t.Errorf("asked %d times", n)
	}
	if n := d.sheet.Ended(); n != 1 {
		t.Errorf("%d lists ended", n)
	}
	if s := d.link.Now(); s.State != fias.Connected || s.Settled() {
		t.Errorf("%+v", s)
	}
}

func TestPropertySystemThatTellsNoListIsStillHeard(t *testing.T) {
	d := newDesk(t, fiastest.Script{NoLists: true}, "utf-8")
	d.open()
	d.system.Got("DR", 1)
	d.live(fias.ListDenied)
	d.until("denied", func(s fias.Status) bool { return s.Problem == fias.ResyncDenied })
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.same("heard")
}

// live lets time pass on a line that is alive: no longer at once than the other
// side may be silent.
func (d *desk) live(by time.Duration) {
	d.t.Helper()
	d.sheet.Marked(d.system.Mark())
	for ; by > 0; by -= fias.AliveEvery {
		d.pass(fias.AliveEvery)
		d.sheet.Marked(d.system.Mark())
	}
}
