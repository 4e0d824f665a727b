package staff_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
)

var ctx = context.Background()

func try(h *modelstest.House, login, password, address string) error {
	_, err := h.Staff.Enter(ctx, staff.SignIn{Login: login, Password: password, Address: address, Agent: "test"})
	return err
}

func key(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Text.Key
	}
	return ""
}

// field is the key of the message at a form's field.
func field(err error, name string) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Fields[name].Key
	}
	return ""
}

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func TestUnknownNameAndWrongPasswordAnswerAlike(t *testing.T) {
	h := modelstest.NewHouse(t)
	known, unknown := try(h, "front_desk", "not the password", "192.0.2.1"), try(h, "nobody.here", "not the password", "192.0.2.1")
	if known == nil || unknown == nil || known.Error() != unknown.Error() || fault.KindOf(known) != fault.KindOf(unknown) || !fault.Is(known, fault.Unauthenticated) {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
	h.Run("UPDATE staff SET status = 'suspended' WHERE login = 'floor'")
	if err := try(h, "floor", modelstest.Password, "192.0.2.1"); err == nil || err.Error() != known.Error() {
		t.Errorf("a suspended account answers %v", err)
	}
}

func TestUnknownNameTakesTheDummyHashPath(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, login := range []string{"front_desk", "nobody.here"} {
		release := h.Staff.OccupyHasher()
		waiting, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
		_, err := h.Staff.Enter(waiting, staff.SignIn{Login: login, Password: "not the password", Address: "192.0.2.1"})
		cancel()
		release()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s was answered without a hash: %v", login, err)
		}
	}
}

func TestSignInIsThrottledByAccount(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 5 {
		wantKind(t, fmt.Sprint("failure ", i+1), try(h, "front_desk", "not the password", fmt.Sprintf("192.0.2.%d", i)), fault.Unauthenticated)
	}
	wantKind(t, "right password while blocked, from another address", try(h, "Front_Desk ", modelstest.Password, "198.51.100.1"), fault.TooMany)
	if err := try(h, "floor", modelstest.Password, "192.0.2.1"); err != nil {
		t.Errorf("a colleague is blocked too: %v", err)
	}
	h.Clock.Advance(11 * time.Second)
	wantKind(t, "next failure", try(h, "front_desk", "not the password", "192.0.2.9"), fault.Unauthenticated)
	h.Clock.Advance(11 * time.Second)
	wantKind(t, "the wait has doubled", try(h, "front_desk", modelstest.Password, "192.0.2.9"), fault.TooMany)
	h.Clock.Advance(10 * time.Second)
	if err := try(h, "front_desk", modelstest.Password, "192.0.2.9"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	wantKind(t, "one failure after a success", try(h, "front_desk", "not the password", "192.0.2.9"), fault.Unauthenticated)
	if err := try(h, "front_desk", modelstest.Password, "192.0.2.9"); err != nil {
		t.Errorf("a success does not start the count anew: %v", err)
	}
}

func TestUnknownNamesAreThrottledLikeKnownOnes(t *testing.T) {
	h := modelstest.NewHouse(t)
	for range 5 {
		try(h, "nobody.here", "not the password", "192.0.2.1")
	}
	wantKind(t, "unknown name", try(h, "nobody.here", "not the password", "192.0.2.1"), fault.TooMany)
}

func TestSignInIsThrottledByAddress(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 30 {
		wantKind(t, "failure", try(h, fmt.Sprintf("guess%d", i), "not the password", "192.0.2.66"), fault.Unauthenticated)
	}
	wantKind(t, "right password from that address", try(h, "front_desk", modelstest.Password, "192.0.2.66"), fault.TooMany)
	if err := try(h, "front_desk", modelstest.Password, "192.0.2.67"); err != nil {
		t.Errorf("another address is blocked too: %v", err)
	}
}

// A desk mistypes now and then for weeks; that is no attack.
func TestOldFailuresAreForgotten(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 40 {
		wantKind(t, fmt.Sprint("typo ", i), try(h, fmt.Sprintf("typo%d", i), "not the password", "192.0.2.66"), fault.Unauthenticated)
		if err := h.Staff.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if i >= 30 {
			if err := try(h, "front_desk", modelstest.Password, "192.0.2.66"); err != nil {
				t.Fatalf("the desk is blocked after typo %d: %v", i, err)
			}
		}
		h.Clock.Advance(8 * time.Hour)
	}
}

func TestGuessesSentAtOnceGainNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	second := h.Again()
	const guesses = 24
	answers := make([]error, guesses)
	var wg sync.WaitGroup
	for i := range guesses {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := h
			if i%2 == 1 {
				s = second
			}
			answers[i] = try(s, "front_desk", "not the password", fmt.Sprintf("192.0.2.%d", i))
		}()
	}
	wg.Wait()
	checked := 0
	for _, err := range answers {
		if fault.Is(err, fault.Unauthenticated) {
			checked++
		}
	}
	if checked > 5 {
		t.Errorf("%d of %d guesses were answered", checked, guesses)
	}
}

func TestEverySignInLeavesItsEvent(t *testing.T) {
	h := modelstest.NewHouse(t)
	cases := []struct {
		login, password string
		outcome         audit.Outcome
		reason          string
	}{
		{"front_desk", modelstest.Password, audit.OK, ""},
		{"front_desk", "not the password", audit.Refused, "wrong"},
		{"a password typed as name", "not the password", audit.Refused, "wrong"},
	}
	for _, c := range cases {
		before := len(h.Events())
		try(h, c.login, c.password, "192.0.2.5")
		events := h.Events()[before:]
		if len(events) != 1 {
			t.Fatalf("%s: %d events", c.login, len(events))
		}
		e := events[0]
		if e.Action != "staff.signed_in" || e.Outcome != c.outcome || e.Reason != c.reason || e.Address != "192.0.2.5" {
			t.Errorf("%s: %+v", c.login, e)
		}
		if text := fmt.Sprintf("%+v", e); strings.Contains(text, "a password typed") || strings.Contains(text, "not the password") {
			t.Errorf("the record holds what was typed: %s", text)
		}
	}
}

func TestSignInThatCannotBeRecordedFails(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.Run("DROP TABLE audit_events")
	token, err := h.Staff.Enter(ctx, staff.SignIn{Login: "front_desk", Password: modelstest.Password, Address: "192.0.2.1"})
	if err == nil {
		t.Error("signed in without a record")
	}
	if _, err := h.Staff.LoadSession(ctx, token); err == nil {
		t.Error("the token of a failed sign-in opens a session")
	}
	if n := h.Count("SELECT COUNT(*) FROM sessions"); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

func TestFirstPasswordMustBeChangedAndExpires(t *testing.T) {
	h := modelstest.NewHouse(t)
	first, err := h.Staff.Add(ctx, h.Actor(policies.Owner), staff.Draft{Login: "li.na", Name: "李娜", Role: policies.FrontDesk, Branch: modelstest.Hangzhou, Employment: policies.Intern, HiredOn: "2026-11-01"})
	if err != nil {
		t.Fatal(err)
	}
	if err := try(h, "li.na", first, "192.0.2.1"); err != nil {
		t.Fatalf("first sign-in: %v", err)
	}
	a := h.ActorOf("li.na")
	for _, p := range policies.Permissions {
		if h.Guard.Can(a, p) != (p == policies.AccountUse) {
			t.Errorf("with the first password, %s is %v", p, h.Guard.Can(a, p))
		}
	}
	h.Clock.Advance(7*24*time.Hour + time.Second)
	wantKind(t, "after a week", try(h, "li.na", first, "192.0.2.1"), fault.Unauthenticated)
	if e := h.LastEvent(); e.Reason != "first_password_expired" {
		t.Errorf("recorded as %q", e.Reason)
	}
}

func TestChangedPasswordOpensAndTheFirstDoesNot(t *testing.T) {
	h := modelstest.NewHouse(t)
	first, err := h.Staff.ResetPassword(ctx, h.Actor(policies.Admin), "front_desk")
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, "the old one after a reset", try(h, "front_desk", modelstest.Password, "192.0.2.1"), fault.Unauthenticated)
	a := h.Clerk()
	for chosen, want := range map[string]string{first: "password.same", "front_desk 123": "password.too_easy", "short": "password.too_short"} {
		before := len(h.Events())
		if _, err := h.Staff.ChangePassword(ctx, a, "test", first, chosen); field(err, "chosen") != want {
			t.Errorf("%q: %v, want %s", chosen, err, want)
		}
		if n := len(h.Events()) - before; n != 0 {
			t.Errorf("%q: refused for validation, yet %d events", chosen, n)
		}
	}
	if _, err := h.Staff.ChangePassword(ctx, a, "test", "not the present", "river stone lantern"); field(err, "present") == "" {
		t.Errorf("changed without the present password: %v", err)
	}
	if _, err := h.Staff.ChangePassword(ctx, a, "test", first, "river stone lantern"); err != nil {
		t.Fatal(err)
	}
	if h.Clerk().PasswordTemporary {
		t.Error("still temporary")
	}
	wantKind(t, "the first password", try(h, "front_desk", first, "192.0.2.1"), fault.Unauthenticated)
	if err := try(h, "front_desk", "river stone lantern", "192.0.2.1"); err != nil {
		t.Errorf("the chosen one: %v", err)
	}
}

func TestGuessingThePresentPasswordIsThrottled(t *testing.T) {
	h := modelstest.NewHouse(t)
	for range 5 {
		h.Staff.ChangePassword(ctx, h.Clerk(), "test", "not the present", "river stone lantern")
	}
	_, err := h.Staff.ChangePassword(ctx, h.Clerk(), "test", modelstest.Password, "river stone lantern")
	wantKind(t, "sixth try", err, fault.TooMany)
}

func TestAccountOfSomebodyGoneDoesNotOpen(t *testing.T) {
	for what, change := range map[string]string{
		"suspended": "status = 'suspended'", "left": "status = 'left'", "last day yesterday": "last_on = '2026-11-21'",
	} {
		t.Run(what, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			token := h.SignIn("front_desk")
			h.Run("UPDATE staff SET " + change + " WHERE login = 'front_desk'")
			wantKind(t, "sign-in", try(h, "front_desk", modelstest.Password, "192.0.2.1"), fault.Unauthenticated)
			_, err := h.Staff.LoadSession(ctx, token)
			wantKind(t, "the open session", err, fault.Unauthenticated)
		})
	}
	h := modelstest.NewHouse(t)
	h.Run("UPDATE staff SET last_on = '2026-11-22' WHERE login = 'front_desk'")
	if err := try(h, "front_desk", modelstest.Password, "192.0.2.1"); err != nil {
		t.Errorf("on the last day itself: %v", err)
	}
	h.Clock.Advance(time.Duration(modelstest.Opening.Truncate(24*time.Hour).Add(16*time.Hour).Sub(modelstest.Opening)) + time.Minute)
	wantKind(t, "after midnight in Shanghai", try(h, "front_desk", modelstest.Password, "192.0.2.1"), fault.Unauthenticated)
}
