package fias_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
	"shuke/models/fault"
)

func TestLinkSaysWhatItWantsAndAsksWhoIsInHouse(t *testing.T) {
	for name, script := range map[string]fiastest.Script{"they begin": {}, "we begin": {Waits: true}} {
		d := newDesk(t, script, "utf-8")
		d.system.CheckIn(guest("1", "101", "Wang"))
		d.open()
		if script.Waits {
			d.system.Got("connection", 1)
			d.pass(fias.StartAfter)
		}
		if named := d.sheet.Lists(1); !slices.Equal(named, []string{"1"}) {
			t.Errorf("%s: named %v", name, named)
		}
		d.same(name)
		s := d.link.Now()
		if s.State != fias.Connected || s.InHouse != 1 || s.Problem != "" || !s.Settled() || s.LastResync.IsZero() || s.LastRecord.IsZero() {
			t.Errorf("%s: %+v", name, s)
		}
		for record, fields := range map[string]string{"GI": "RN G# GS SF GA GD DA TI GV GL GT GN GF", "GC": "RN RO G# GS GA GD DA TI GV GL GT GN GF", "GO": "RN G# GS SF DA TI"} {
			if got := d.system.Wants()[record]; got != strings.ReplaceAll(fields, " ", "") {
				t.Errorf("%s: of %s it wants %s", name, record, got)
			}
		}
	}
}

func TestWhatHappensIsOnTheSheet(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(fiastest.Stay{Reservation: "1", Room: "101", LastName: "Koehler, Andreas", FirstName: "Andreas", Title: "Mr.", Language: "GE", VIP: "3",
		Arrival: opening, Departure: opening.AddDate(0, 0, 2)})
	d.sheet.Marked(d.system.Mark())
	got := d.sheet.Taken()[0]
	if got.At.IsZero() || got.At.Location() != time.UTC {
		t.Errorf("the moment is %v", got.At)
	}
	got.At = time.Time{}
	if want := (fias.Guest{Event: fias.CheckedIn, Reservation: "1", Room: "101", LastName: "Koehler", FirstName: "Andreas", Title: "Mr.", Language: "GE", VIP: "3",
		Arrival: "2026-11-22", Departure: "2026-11-24"}); got != want {
		t.Errorf("taken as %+v", got)
	}
	d.system.Change(fiastest.Stay{Reservation: "1", LastName: "Köhler", FirstName: "Andreas"})
	d.same("changed")
	d.system.CheckIn(fiastest.Stay{Reservation: "2", Room: "101", LastName: "Koehler", FirstName: "Eva", Shared: true})
	d.same("shared")
	d.system.CheckIn(guest("3", "102", "王"))
	d.system.Swap("1", "3")
	d.same("swapped")
	d.system.Move("2", "309")
	d.same("moved")
	if last := d.sheet.Taken()[len(d.sheet.Taken())-1]; last.OldRoom != "101" || last.Event != fias.Changed {
		t.Errorf("a move is %+v", last)
	}
	d.system.CheckOut("1")
	d.same("gone")
}

func TestTheSameToldTwiceAndWhatNobodyHeardOf(t *testing.T) {
	d := connected(t, fiastest.Script{})
	one := guest("1", "101", "Wang")
	d.system.CheckIn(one)
	d.system.CheckIn(one)
	d.same("checked in twice")
	d.system.Send(d.system.Record("GO", "RN999", "G#unknown", "GSN"))
	d.same("a stranger left")
	d.system.Send(d.system.Record("GC", "RN205", "G#55", "GNLi"))
	d.sheet.Marked(d.system.Mark())
	d.equal("a stranger changed", map[string][]string{"101": {"1 Wang/"}, "205": {"55 Li/"}})
	d.system.Send(d.system.Record("GO", "RN205", "GSN"))
	d.same("a room is empty")
}

func TestLineStaysAliveAndADeadOneIsDropped(t *testing.T) {
	d := connected(t, fiastest.Script{})
	said := d.system.Count("LA")
	for range 4 {
		d.pass(fias.AliveEvery)
		said++
		d.system.Got("LA", said)
		d.same("alive") // the answer is taken
	}
	d.system.Freeze() // the line is there, and nobody at its end
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.pass(fias.Silence)
	d.down(fias.Silent)
	d.back()
	d.same("after the dead line")
}

// Two who answer each other's LA would never stop.
func TestAliveIsAnsweredOnceAndNoAnswerIs(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.pass(fias.AliveEvery / 2)
	said := d.system.Count("LA")
	for range 50 {
		d.system.Send(d.system.Record("LA"))
	}
	d.same("fifty times alive")
	d.system.Got("LA", said+1)
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.same("one more")
	if n := d.system.Count("LA"); n != said+1 {
		t.Errorf("answered %d times", n-said)
	}
}

func TestLineThatBreaksComesBackAndTheListMendsTheSheet(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.system.CheckIn(guest("2", "102", "Li"))
	d.same("before")
	d.system.CutIn(d.system.Record("GI", "RN103", "G#3", "GNZhang"))
	d.system.CheckOut("1")
	d.system.Move("2", "101")
	d.system.CheckIn(guest("4", "104", "Zhao"))
	d.down(fias.Closed)
	d.equal("while it is down", map[string][]string{"101": {"1 Wang/"}, "102": {"2 Li/"}})
	d.back()
	d.same("after")
	if s := d.link.Now(); s.Connections != 2 || s.Problem != fias.Closed || !s.Settled() || s.Skipped() != 0 {
		t.Errorf("%+v", s)
	}
}

func TestPropertySystemThatIsOffIsTriedAgainAndAgain(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.Stop()
	d.down(fias.Closed)
	for range 9 {
		for len(d.tried) > 0 {
			<-d.tried
		}
		d.clock.Advance(fias.LongestWait)
		<-d.tried
		d.down(fias.Unreachable)
	}
	d.system.Resume()
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.back()
	d.same("back")
}

func TestPropertySystemThatSaysGoodByeOrNothingIsTriedAgain(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.Send(d.system.Record("LE"))
	d.down(fias.Ended)
	d.system.Behave(fiastest.Script{Mute: true})
	d.clock.Advance(fias.LongestWait)
	d.system.Got("connection", 2)
	said := d.system.Count("LD")
	d.pass(fias.StartAfter)
	d.system.Got("LD", said+1)
	d.pass(fias.StartAgain)
	d.system.Got("LD", said+2)
	d.pass(fias.Handshake)
	d.down(fias.NoHandshake)
	d.system.Behave(fiastest.Script{})
	d.back()
	d.same("back")
}

// As one is that was restarted behind a gateway which kept the line.
func TestLinkThatBeginsAnewOnTheSameLineIsToldAgainWhatIsWanted(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.Begin()
	d.sheet.Lists(2)
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.same("begun anew")
	if n := d.system.Count("connection"); n != 1 {
		t.Errorf("%d lines", n)
	}
}

func TestListThatWasBegunBeforeTheLinkBeganAnewIsForgotten(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.same("before")
	d.system.Behave(fiastest.Script{NoLists: true})
	d.system.Send(d.system.Record("DS"))
	d.system.Send(d.system.Record("GI", "RN109", "G#9"))
	d.system.Begin()
	d.system.Got("DR", 2)
	d.system.Send(d.system.Record("DE"))
	d.sheet.Marked(d.system.Mark())
	d.equal("after", map[string][]string{"101": {"1 Wang/"}, "109": {"9 /"}})
}

// Who begins anew has a minute for it, however long the line has been there.
func TestLinkThatBeginsAnewHasItsTime(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.live(2 * fias.Handshake)
	d.system.Behave(fiastest.Script{Mute: true})
	said := d.system.Count("LD")
	d.system.Begin()
	d.system.Got("LD", said+1)
	d.pass(fias.StartAgain)
	d.system.Got("LD", said+2)
	d.pass(fias.Handshake)
	d.down(fias.NoHandshake)
}

func TestRecordOurSideCannotStoreIsToldAgain(t *testing.T) {
	d := connected(t, fiastest.Script{})
	down := errors.New("the disk is full")
	d.sheet.Fail(func(*fias.Guest) error { return down })
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.down(fias.NotStored)
	d.clock.Advance(fias.LongestWait)
	d.down(fias.NotStored) // neither the list
	d.sheet.Fail(nil)
	d.back()
	d.same("stored")
}

func TestRecordThatCanNeverBeTakenIsSkippedAndItsGuestStays(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.system.CheckIn(guest("2", "102", "Li"))
	d.same("before")
	d.sheet.Fail(func(g *fias.Guest) error {
		if g != nil && g.Reservation == "1" {
			return fault.New(fault.Invalid, "error.invalid")
		}
		return nil
	})
	d.system.Change(guest("1", "", "Wong"))
	d.system.Change(guest("2", "", "Lee"))
	d.sheet.Marked(d.system.Mark())
	want := map[string][]string{"101": {"1 Wang/"}, "102": {"2 Lee/"}}
	d.equal("skipped", want)
	d.system.Cut()
	d.down(fias.Closed)
	d.back()
	d.equal("a list that names both", want)
	if s := d.link.Now(); s.Wrong[fias.Refused] != 2 {
		t.Errorf("%+v", s)
	}
}

func TestMistakeOfOursDoesNotEndTheProgram(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.sheet.Fail(func(*fias.Guest) error { panic("a mistake") })
	d.system.CheckIn(guest("1", "101", "Wang"))
	d.down(fias.NotStored)
	d.sheet.Fail(nil)
	d.back()
	d.same("mended")
}

func TestBranchThatIsNotThereHasNoLine(t *testing.T) {
	d := newDesk(t, fiastest.Script{}, "utf-8")
	d.closed = true
	d.open()
	d.down(fias.NoBranch)
	if n := d.system.Count("connection"); n != 0 {
		t.Errorf("%d lines", n)
	}
	d.closed = false // its branch is founded; the link looks again
	d.back()
	d.same("founded")
}

func TestLinkThatIsStoppedSaysGoodBye(t *testing.T) {
	d := connected(t, fiastest.Script{})
	d.stop()
	d.system.Got("LE", 1)
	if err := <-d.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	d.ended <- nil // for the end of the test
}

func TestWaitsGrowToAMinuteAndDiffer(t *testing.T) {
	var want []time.Duration
	for _, seconds := range []int{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		want = append(want, time.Duration(seconds)*time.Second)
	}
	if got := fias.Waits(9, 0); !slices.Equal(got, want) {
		t.Errorf("longest %v", got)
	}
	for i, got := range fias.Waits(9, 0.999999) {
		if got < want[i]/2 || got >= want[i] {
			t.Errorf("shortest of attempt %d: %v", i, got)
		}
	}
	if early, late := fias.WaitAfter(59*time.Second), fias.WaitAfter(time.Minute); early != time.Minute || late != time.Second {
		t.Errorf("after a short line %v, after a steady one %v", early, late)
	}
	seen := map[float64]bool{}
	for range 100 {
		part := fias.Chance()
		if part < 0 || part >= 1 {
			t.Errorf("chance is %v", part)
		}
		seen[part] = true
	}
	if len(seen) < 100 {
		t.Error("chance repeats itself")
	}
}

func TestUnknownCharacterSetIsRefused(t *testing.T) {
	if _, err := fias.NewLink(fias.Settings{Charset: "ebcdic"}, nil, nil, clockOf(opening), nil); err == nil {
		t.Error("taken")
	}
}
