package staff_test

import (
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
)

var aRead = staff.Call{Reads: true}

// admit asks once as the token and ends the call at once.
func admit(t *testing.T, h *modelstest.House, token string, c staff.Call) error {
	t.Helper()
	session, err := h.Staff.LoadToken(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	end, err := h.Staff.Admit(ctx, session, c)
	if err == nil {
		end()
	}
	return err
}

func seconds(t *testing.T, err error, key string) int64 {
	t.Helper()
	f, ok := err.(*fault.Error)
	if !ok || f.Kind != fault.TooMany || f.Text.Key != key {
		t.Fatalf("answered %v", err)
	}
	return f.Text.Args["Seconds"].(int64)
}

func TestTokenThatAsksTooFastWaits(t *testing.T) {
	h := modelstest.NewHouse(t)
	token, other := newToken(t, h, staff.NewTokenDraft("front_desk", "till")), newToken(t, h, staff.NewTokenDraft("front_desk", "other"))
	for i := range 2 * staff.TokenPerSecond {
		if err := admit(t, h, token, aRead); err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	if wait := seconds(t, admit(t, h, token, aRead), "api.too_fast"); wait != 1 {
		t.Errorf("told to wait %d s", wait)
	}
	if err := admit(t, h, other, aRead); err != nil {
		t.Errorf("another token of the same person waits too: %v", err)
	}
	h.Clock.Advance(time.Second)
	for i := range staff.TokenPerSecond {
		if err := admit(t, h, token, aRead); err != nil {
			t.Fatalf("call %d of the next second: %v", i, err)
		}
	}
	seconds(t, admit(t, h, token, aRead), "api.too_fast")
	h.Clock.Advance(time.Hour)
	for range 2 * staff.TokenPerSecond {
		if err := admit(t, h, token, aRead); err != nil {
			t.Fatal(err)
		}
	}
	seconds(t, admit(t, h, token, aRead), "api.too_fast") // an hour of rest saves up no more than two seconds
}

func TestWritesTakeAFifthOfWhatReadsTake(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := newToken(t, h, staff.NewTokenDraft("front_desk", "till"))
	n := 0
	for ; n < 1000 && admit(t, h, token, staff.Call{}) == nil; n++ {
	}
	if n < 199 || n > 201 {
		t.Errorf("%d writes at once", n)
	}
}

func TestSpeedIsTheTokensOwn(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("front_desk", "slow")
	d.PerSecond = 1
	token := newToken(t, h, d)
	for range 2 {
		if err := admit(t, h, token, aRead); err != nil {
			t.Fatal(err)
		}
	}
	seconds(t, admit(t, h, token, aRead), "api.too_fast")
}

// shown shows customers to the token as a call does.
func shown(t *testing.T, h *modelstest.House, token string, customers ...int64) {
	t.Helper()
	session, err := h.Staff.LoadToken(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Gate.Show(ctx, session.Actor, audit.By(session.Actor, "customer.looked_up"), disclosure.LookUp, 8, customers...); err != nil {
		t.Fatal(err)
	}
}

func TestCustomersOfAnHourAreCountedForAllInstances(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, name := range []string{"张一", "张二", "张三"} {
		h.AddGuest(name)
	}
	d := staff.NewTokenDraft("front_desk", "till")
	d.PerHour = 6
	token := newToken(t, h, d)
	other := h.Again()
	look := staff.Call{Reads: true, Shows: 8}
	for i, at := range []*modelstest.House{h, other} {
		if err := admit(t, at, token, look); err != nil {
			t.Fatalf("instance %d: %v", i, err)
		}
		shown(t, at, token, 1, 2, 3)
	}
	before := len(h.Events())
	for _, at := range []*modelstest.House{h, other} {
		if wait := seconds(t, admit(t, at, token, look), "api.hour_full"); wait != 18*60 { // it is 01:42
			t.Errorf("told to wait %d s", wait)
		}
		seconds(t, admit(t, at, token, look), "api.hour_full")
		if err := admit(t, at, token, staff.Call{}); err != nil {
			t.Errorf("a write waits too: %v", err)
		}
	}
	if events := h.Events()[before:]; len(events) != 2 || events[0].Action != "token.limited" || events[0].Outcome != audit.Refused || events[0].Session == "" {
		t.Errorf("recorded once an instance and hour: %+v", events)
	}
	h.Clock.Advance(18 * time.Minute)
	if err := admit(t, h, token, look); err != nil {
		t.Errorf("in the next hour: %v", err)
	}
}

func TestOnlyWhatTokensAreShownCountsForThem(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddGuest("张一")
	a := h.Clerk()
	a.Session = "0123456789abcdef"
	if err := h.Gate.Show(ctx, a, audit.By(a, "customer.opened"), disclosure.Card, 1, 1); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT COUNT(*) FROM token_reads"); n != 0 {
		t.Errorf("%d rows for a browser", n)
	}
	token := newToken(t, h, staff.NewTokenDraft("front_desk", "till"))
	shown(t, h, token, 1)
	shown(t, h, token, 1)
	if n := h.Count("SELECT customers FROM token_reads WHERE token = ?", staff.HashOf(token)[:16]); n != 2 {
		t.Errorf("%d customers counted", n)
	}
	h.Clock.Advance(2 * time.Hour)
	if err := h.Staff.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT COUNT(*) FROM token_reads"); n != 0 {
		t.Error("hours that have passed are kept")
	}
}

// Calls sent at the same moment all read the same count; what those on their way
// may still show is reckoned with.
func TestCallsOnTheirWayCountAsShown(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("front_desk", "till")
	d.PerHour = 3
	session, err := h.Staff.LoadToken(ctx, newToken(t, h, d))
	if err != nil {
		t.Fatal(err)
	}
	card := staff.Call{Reads: true, Shows: 1}
	var ends []func()
	for range d.PerHour {
		end, err := h.Staff.Admit(ctx, session, card)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, end)
	}
	if _, err := h.Staff.Admit(ctx, session, card); !fault.Is(err, fault.TooMany) {
		t.Errorf("a fourth at once: %v", err)
	}
	ends[0]() // and showed nobody
	if _, err := h.Staff.Admit(ctx, session, card); err != nil {
		t.Errorf("after one that showed nobody: %v", err)
	}
}

func TestTokenLimitsHaveACeilingNobodyPasses(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("front_desk", "till")
	d.PerSecond, d.PerHour, d.Days = staff.TokenSecondsMost, staff.TokenHourMost, staff.TokenDaysMost
	for _, a := range []policies.Actor{h.Actor(policies.Owner), modelstest.Shell()} {
		if _, err := h.Staff.AddToken(ctx, a, d); err != nil {
			t.Errorf("the most there is: %v", err)
		}
		more := d
		more.PerHour++
		if _, err := h.Staff.AddToken(ctx, a, more); !fault.Is(err, fault.Invalid) {
			t.Errorf("one more: %v", err)
		}
	}
}
