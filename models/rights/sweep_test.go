package rights_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/vault"
	"shuke/policies"
)

// fatal is a clock that kills the process when it is read for the n-th time: the
// erasure reads it in each of its steps.
type fatal struct {
	clockwork.Clock
	reads, last int
}

func (f *fatal) Now() time.Time {
	if f.reads++; f.reads == f.last {
		die()
	}
	return f.Clock.Now()
}

// die ends the process as a lost machine does: nothing is tidied up.
func die() {
	if err := syscall.Kill(os.Getpid(), syscall.SIGKILL); err != nil {
		panic(err)
	}
	select {}
}

// deaths are the moments at which a sweep is killed: at which reading of the
// clock, or before which duty.
var deaths = []struct{ read, duty int }{{2, -1}, {0, 0}, {0, 3}, {0, 5}, {3, -1}, {4, -1}, {5, -1}}

// TestSweepThatIsKilled is the process that the test below starts and loses.
func TestSweepThatIsKilled(t *testing.T) {
	words := strings.Split(os.Getenv("SHUKE_TEST_SWEEP"), "|")
	if len(words) != 6 {
		t.Skip("started by another test")
	}
	now, _ := strconv.ParseInt(words[3], 10, 64)
	read, _ := strconv.Atoi(words[4])
	duty, _ := strconv.Atoi(words[5])
	if duty >= 0 {
		rights.Duties = slices.Insert(slices.Clone(rights.Duties), duty, rights.Duty{Forget: func(*db.Tx, int64) error { die(); return nil }})
	}
	main, err := db.Open(ctx, words[0])
	must(t, err)
	keys, err := db.Open(ctx, words[1])
	must(t, err)
	c := clock.Of(&fatal{Clock: clockwork.NewFakeClockAt(time.UnixMilli(now)), last: read})
	v, err := vault.Open(words[2], keys, c)
	must(t, err)
	log := audit.NewLog(c)
	guard, err := policies.NewGuard()
	must(t, err)
	gate := disclosure.NewGate(main, log, c)
	s := rights.NewService(rights.Deps{DB: main, Vault: v, Log: log, Gate: gate, Guard: guard, Clock: c, Customers: customer.NewService(main, v, log, gate, guard, c)})
	_, err = s.Sweep(ctx)
	t.Fatalf("survived: %v", err)
}

func TestAnErasureKilledAtAnyMomentIsTakenUpByTheNext(t *testing.T) {
	for _, death := range deaths {
		t.Run(fmt.Sprintf("clock %d duty %d", death.read, death.duty), func(t *testing.T) {
			h := modelstest.NewHouse(t)
			id := fullOf(t, h)
			c := h.Customer(id)
			askedAndConfirmed(t, h, id)
			events := len(h.Events())
			killed := exec.Command(os.Args[0], "-test.run=^TestSweepThatIsKilled$")
			killed.Env = append(os.Environ(), fmt.Sprintf("SHUKE_TEST_SWEEP=%s|%s|%s|%d|%d|%d", h.MainAddress, h.KeysAddress, h.KeyDir, h.Clock.Now().UnixMilli(), death.read, death.duty))
			out, err := killed.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("it was not killed: %v\n%s", err, out)
			}
			// What is left is either whole or gone, never a half.
			facts := h.Count("SELECT COUNT(*) FROM facts WHERE customer_id = ?", c.ID)
			if _, err := h.Customers.Find(ctx, id); (err == nil) != (facts > 0) {
				t.Errorf("%d facts of a customer who is found: %v", facts, err)
			}
			if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 1 {
				t.Fatalf("%+v, %v", swept, err)
			}
			if n := h.Count("SELECT COUNT(*) FROM facts WHERE customer_id = ?", c.ID); n != 0 {
				t.Errorf("%d facts left", n)
			}
			if _, err := h.Vault.Key(ctx, vault.Customer(c.ID)); !errors.Is(err, vault.ErrDestroyed) {
				t.Errorf("the key is there: %v", err)
			}
			if n := h.Count("SELECT state FROM erasures"); n != 5 {
				t.Errorf("state %d", n)
			}
			if n := len(h.Events()) - events; n != 2 {
				t.Errorf("%d events of one erasure", n)
			}
			searched(t, h)
		})
	}
}

func TestWhileTheKeysAreAwayTheRestIsForgottenAndTheKeyLater(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := fullOf(t, h)
	c := h.Customer(id)
	askedAndConfirmed(t, h, id)
	other := h.Again()
	must(t, other.Keys.Close())
	if swept, err := other.Rights.Sweep(ctx); err == nil || swept.Erased != 0 {
		t.Fatalf("%+v, %v", swept, err)
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE customer_id = ?", c.ID); n != 0 {
		t.Errorf("%d facts left", n)
	}
	if _, err := h.Vault.Key(ctx, vault.Customer(c.ID)); err != nil {
		t.Errorf("the key went without its database: %v", err)
	}
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Erased != 1 {
		t.Errorf("%+v, %v", swept, err)
	}
	if _, err := h.Vault.Key(ctx, vault.Customer(c.ID)); !errors.Is(err, vault.ErrDestroyed) {
		t.Errorf("the key is there: %v", err)
	}
}

func TestSeveralInstancesEraseACustomerOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, name := range []string{"王小明", "李四", "方不同"} {
		id := h.AddGuest(name, "document_kind", "other", "document_no", "E7766"+fmt.Sprint(len(name)))
		must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)))
		must(t, h.Rights.ConfirmErasure(ctx, h.Actor(policies.Owner), id, 1))
	}
	h.Clock.Advance(consent.GraceOfErasure + time.Minute)
	before := len(h.Events())
	instances := []*modelstest.House{h, h.Again(), h.Again()}
	var all sync.WaitGroup
	for _, i := range instances {
		all.Go(func() {
			if _, err := i.Rights.Sweep(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(h.Events()) - before; n != 6 {
		t.Errorf("%d events of three erasures", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM erasures WHERE state = 5"); n != 3 {
		t.Errorf("%d done", n)
	}
}

func TestWhatWasKeptForAWithdrawnPurposeIsDeletedAfterTheGrace(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678", "diet", "SENTINEL 少盐", "allergy_instruction", "不放花生", "taboo", "不提前任")
	must(t, h.Change(h.Clerk(), id, modelstest.Facts("diet", "SENTINEL 清淡")...))
	inner := h.Customer(id).ID
	must(t, h.Rights.Record(ctx, h.Clerk(), no(id, consent.Service)))
	h.Clock.Advance(consent.Grace - time.Minute)
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Cleared != 0 {
		t.Fatalf("%+v, %v", swept, err)
	}
	h.Clock.Advance(2 * time.Minute)
	swept, err := h.Rights.Sweep(ctx)
	if err != nil || swept.Cleared != 1 {
		t.Fatalf("%+v, %v", swept, err)
	}
	if n := h.Count("SELECT COUNT(*) FROM facts WHERE customer_id = ? AND field = 'diet'", inner); n != 0 {
		t.Errorf("%d versions left", n)
	}
	for _, slot := range []string{"phone.0", "allergy_instruction.0", "taboo.0"} {
		if _, known := h.Fact(id, slot); !known {
			t.Errorf("%s went too", slot)
		}
	}
	if e := h.LastEvent(); e.Action != "consent.cleared" || e.Object != "service" || e.CustomerID != inner || fmt.Sprint(e.Details) != "[{facts 2}]" {
		t.Errorf("recorded as %+v", e.Event)
	}
	// The withdrawal stands: nothing of the kind is written down again.
	if states(t, h, id).Allows(consent.Service, "") {
		t.Error("the withdrawal went with the facts")
	}
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Cleared != 0 {
		t.Errorf("%+v, %v", swept, err)
	}
}

func TestWhoAgreesAgainWithinTheGraceLosesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "diet", "少盐")
	must(t, h.Rights.Record(ctx, h.Clerk(), no(id, consent.Service)))
	must(t, h.Rights.Record(ctx, h.Clerk(), yes(id, consent.Service)))
	h.Clock.Advance(2 * consent.Grace)
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept.Cleared != 0 {
		t.Errorf("%+v, %v", swept, err)
	}
	if _, known := h.Fact(id, "diet.0"); !known {
		t.Error("it is gone")
	}
}

// Marketing is withdrawn without anything being kept for it: nothing to delete.
func TestPurposesThatKeepNothingDeleteNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "diet", "少盐")
	must(t, h.Rights.Record(ctx, h.Clerk(), no(id, consent.Marketing, consent.SMS)))
	h.Clock.Advance(2 * consent.Grace)
	if swept, err := h.Rights.Sweep(ctx); err != nil || swept != (rights.Swept{}) {
		t.Errorf("%+v, %v", swept, err)
	}
}
