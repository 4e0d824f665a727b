package staff_test

import (
	"strings"
	"testing"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

func TestTokenActsWithItsPersonsRightsButNoGuardedVerb(t *testing.T) {
	h := modelstest.NewHouse(t)
	token, err := h.Staff.AddToken(ctx, modelstest.Shell(), "front_desk", "till")
	if err != nil || !strings.HasPrefix(token, "shuke_") {
		t.Fatalf("%q, %v", token, err)
	}
	session, err := h.Again().Staff.LoadToken(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	a := session.Actor
	if a.Via != policies.Token || a.Login != "front_desk" || a.Session == "" || session.FieldsVersion == 0 {
		t.Errorf("%+v", a)
	}
	for p, want := range map[policies.Permission]bool{policies.CustomerLookUp: true, policies.CustomerRead: true, policies.CustomerReveal: false, policies.CustomerBulk: false} {
		if h.Guard.Can(a, p) != want {
			t.Errorf("%s is %v", p, !want)
		}
	}
	if h.Count("SELECT COUNT(*) FROM tokens WHERE id = ?", token) != 0 {
		t.Error("the token itself lies in the database")
	}
	for _, wrong := range []string{"", "shuke_", token + "x", strings.TrimPrefix(token, "shuke_")} {
		_, err := h.Staff.LoadToken(ctx, wrong)
		wantKind(t, wrong, err, fault.Unauthenticated)
	}
	_, err = h.Staff.LoadSession(ctx, token)
	wantKind(t, "as a cookie", err, fault.Unauthenticated)
}

func TestTokenDiesWithItsPersonAndStaysDead(t *testing.T) {
	h := modelstest.NewHouse(t)
	token, err := h.Staff.AddToken(ctx, h.Actor(policies.Owner), "front_desk", "till")
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []policies.Status{policies.Suspended, policies.Active} {
		d := draftOf(t, h, "front_desk")
		d.Status = status
		if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
			t.Fatal(err)
		}
		_, err = h.Again().Staff.LoadToken(ctx, token)
		wantKind(t, string(status), err, fault.Unauthenticated)
	}
}

func TestTokenOfNobodyIsRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	unchanged(t, h, "unknown login", fault.NotFound, func() error { _, err := h.Staff.AddToken(ctx, modelstest.Shell(), "nobody", "x"); return err })
}
