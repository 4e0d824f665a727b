package staff_test

import (
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
)

// alive tells whether the cookie opens a session on each instance.
func alive(t *testing.T, token string, instances ...*modelstest.House) bool {
	t.Helper()
	_, first := instances[0].Staff.LoadSession(ctx, token)
	for _, h := range instances[1:] {
		if _, err := h.Staff.LoadSession(ctx, token); (err == nil) != (first == nil) {
			t.Errorf("instances disagree: %v, %v", first, err)
		}
	}
	if first != nil && !fault.Is(first, fault.Unauthenticated) {
		t.Errorf("a dead session answers %v", first)
	}
	return first == nil
}

func draftOf(t *testing.T, h *modelstest.House, login string) staff.Draft {
	t.Helper()
	p, err := h.Staff.Person(ctx, login)
	if err != nil {
		t.Fatal(err)
	}
	return p.Draft
}

func TestSessionEndsWhenIdle(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := h.SignIn("front_desk")
	h.Clock.Advance(staff.SessionIdle - time.Second)
	session, err := h.Staff.LoadSession(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Staff.Touch(ctx, session); err != nil {
		t.Fatal(err)
	}
	h.Clock.Advance(staff.SessionIdle - time.Second)
	if !alive(t, token, h) {
		t.Error("dead although it was used")
	}
	h.Clock.Advance(time.Second)
	if alive(t, token, h) {
		t.Error("alive after half an hour without use")
	}
}

func TestSessionEndsAfterAShiftHoweverUsed(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := h.SignIn("front_desk")
	for range 24*60/20 - 1 {
		h.Clock.Advance(20 * time.Minute)
		session, err := h.Staff.LoadSession(ctx, token)
		if age := h.Clock.Since(modelstest.Opening); (err == nil) != (age < staff.SessionLife) {
			t.Fatalf("after %v: %v", age, err)
		}
		if err != nil {
			return
		}
		if err := h.Staff.Touch(ctx, session); err != nil {
			t.Fatal(err)
		}
	}
	t.Error("it never ended")
}

func TestSessionsEndOnEveryInstance(t *testing.T) {
	owner := policies.Owner
	change := func(to func(*staff.Draft)) func(*testing.T, *modelstest.House) error {
		return func(t *testing.T, h *modelstest.House) error {
			d := draftOf(t, h, "front_desk")
			to(&d)
			return h.Staff.Edit(ctx, h.Actor(owner), d)
		}
	}
	for _, c := range []struct {
		what string
		act  func(*testing.T, *modelstest.House) error
	}{
		{"suspension", change(func(d *staff.Draft) { d.Status = policies.Suspended })},
		{"leaving", change(func(d *staff.Draft) { d.Status = policies.Left })},
		{"another role", change(func(d *staff.Draft) { d.Role = policies.Sales })},
		{"password reset", func(_ *testing.T, h *modelstest.House) error {
			_, err := h.Staff.ResetPassword(ctx, h.Actor(policies.Admin), "front_desk")
			return err
		}},
		{"password change", func(_ *testing.T, h *modelstest.House) error {
			_, err := h.Staff.ChangePassword(ctx, h.Clerk(), "test", modelstest.Password, "river stone lantern")
			return err
		}},
		{"ended by the administrator", func(_ *testing.T, h *modelstest.House) error {
			return h.Staff.EndSessions(ctx, h.Actor(policies.Admin), "front_desk")
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			second := h.Again()
			one, two, other := h.SignIn("front_desk"), second.SignIn("front_desk"), h.SignIn("floor")
			if !alive(t, one, h, second) || !alive(t, two, h, second) {
				t.Fatal("a new session is not known everywhere")
			}
			before := len(h.Events())
			if err := c.act(t, h); err != nil {
				t.Fatal(err)
			}
			if alive(t, one, h, second) || alive(t, two, h, second) {
				t.Error("a session lives on")
			}
			if !alive(t, other, h, second) {
				t.Error("somebody else was signed out")
			}
			if n := len(h.Events()) - before; n != 1 {
				t.Errorf("%d events", n)
			}
		})
	}
}

func TestNewPasswordGoesOnInANewSession(t *testing.T) {
	h := modelstest.NewHouse(t)
	token, err := h.Staff.ChangePassword(ctx, h.Clerk(), "test", modelstest.Password, "river stone lantern")
	if err != nil || !alive(t, token, h) {
		t.Errorf("the new session: %v", err)
	}
}

func TestSignOutEndsOnlyThisSession(t *testing.T) {
	h := modelstest.NewHouse(t)
	second := h.Again()
	mine, other := h.SignIn("front_desk"), h.SignIn("front_desk")
	session, err := second.Staff.LoadSession(ctx, mine)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Staff.Leave(ctx, session.Actor); err != nil {
		t.Fatal(err)
	}
	if alive(t, mine, h, second) {
		t.Error("the cookie still opens")
	}
	if !alive(t, other, h, second) {
		t.Error("the other browser was signed out as well")
	}
	if h.LastEvent().Action != "staff.signed_out" {
		t.Error("not recorded")
	}
}

func TestPeopleEndTheirOwnSessionsOnly(t *testing.T) {
	h := modelstest.NewHouse(t)
	mine, theirs := h.SignIn("front_desk"), h.SignIn("floor")
	list, err := h.Staff.Sessions(ctx, h.Clerk())
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	others, _ := h.Staff.Sessions(ctx, h.Actor(policies.Floor))
	wantKind(t, "a colleague's", h.Staff.EndSession(ctx, h.Clerk(), others[0].Ref), fault.NotFound)
	for _, ref := range []string{"", "%", strings.Repeat("%", 16), strings.Repeat("_", 16), strings.ToUpper(list[0].Ref) + "x"} {
		wantKind(t, ref, h.Staff.EndSession(ctx, h.Clerk(), ref), fault.NotFound)
	}
	if !alive(t, mine, h) || !alive(t, theirs, h) {
		t.Fatal("a refused request ended a session")
	}
	if err := h.Staff.EndSession(ctx, h.Clerk(), list[0].Ref); err != nil || alive(t, mine, h) {
		t.Errorf("own session: %v", err)
	}
}

func TestPlantedAndEmptySecretsOpenNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := h.SignIn("front_desk")
	session, err := h.Staff.LoadSession(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	for _, planted := range []string{"", "x", session.ID, session.Actor.Session, token + "x", strings.ToLower(token) + " "} {
		if alive(t, planted, h) {
			t.Errorf("%q opens a session", planted)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM sessions WHERE id = ?", token); n != 0 {
		t.Error("the secret itself lies in the database")
	}
}

func TestFactsAboutThePersonCountAtTheNextRequest(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := h.SignIn("front_desk")
	h.Run("UPDATE staff SET employment = 'temporary', notice_on = '2026-11-22', employment_confirmed = 0 WHERE login = 'front_desk'")
	session, err := h.Staff.LoadSession(ctx, token)
	if err != nil || session.Actor.Employment != policies.Temporary || !session.Actor.OnNotice() || session.Actor.EmploymentConfirmed {
		t.Errorf("%+v, %v", session.Actor, err)
	}
}

func TestSweepKeepsWhatLives(t *testing.T) {
	h := modelstest.NewHouse(t)
	old := h.SignIn("front_desk")
	h.Clock.Advance(staff.SessionIdle + time.Minute)
	fresh := h.SignIn("front_desk")
	if err := h.Staff.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if alive(t, old, h) || !alive(t, fresh, h) || h.Count("SELECT COUNT(*) FROM sessions") != 1 {
		t.Error("the sweep took the wrong ones")
	}
}
