package staff_test

import (
	"slices"
	"testing"

	"shuke/models/modelstest"
	"shuke/policies"
)

func TestPagesForeseeWhatTheActsWouldRefuse(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddPerson("second.admin", policies.Admin, modelstest.Shanghai)
	for login, by := range map[string]policies.Role{"zhao.min": policies.Admin, "custodian.two": policies.Owner} {
		role := map[string]policies.Role{"zhao.min": policies.FrontDesk, "custodian.two": policies.Custodian}[login]
		if _, err := h.Staff.Add(ctx, h.Actor(by), newcomer(login, role)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		who             policies.Role
		whom            string
		change, confirm string
	}{
		{policies.Owner, "zhao.min", "", ""},
		{policies.Owner, "custodian.two", "", "staff.confirm_needs_another"},
		{policies.Owner, "owner", "staff.not_oneself", "staff.confirm_needs_another"},
		{policies.Admin, "zhao.min", "", "staff.confirm_needs_another"},
		{policies.Admin, "custodian.two", "staff.role_needs_owner", "staff.confirm_needs_owner"},
		{policies.Admin, "second.admin", "staff.role_needs_owner", "staff.confirm_needs_owner"},
		{policies.Manager, "custodian.two", "error.denied", ""},
		{policies.FrontDesk, "zhao.min", "error.denied", "error.denied"},
	} {
		a, what := h.Actor(c.who), string(c.who)+" and "+c.whom
		p, err := h.Staff.Person(ctx, c.whom)
		if err != nil {
			t.Fatal(err)
		}
		if got := key(h.Staff.MayChange(ctx, a, p)); got != c.change {
			t.Errorf("%s: change %q", what, got)
		}
		if got := key(h.Staff.MayConfirm(a, p)); got != c.confirm {
			t.Errorf("%s: confirm %q", what, got)
		}
		if c.change != "" {
			if _, err := h.Staff.ResetPassword(ctx, a, c.whom); key(err) != c.change {
				t.Errorf("%s: the password was given all the same: %v", what, err)
			}
			if err := h.Staff.Edit(ctx, a, p.Draft); key(err) != c.change {
				t.Errorf("%s: the account was changed all the same: %v", what, err)
			}
		}
		if c.confirm != "" {
			if err := h.Staff.Confirm(ctx, a, c.whom, p.Version); key(err) != c.confirm {
				t.Errorf("%s: confirmed all the same: %v", what, err)
			}
		}
	}
}

func TestOnlyAnOwnerIsOfferedHighRoles(t *testing.T) {
	h := modelstest.NewHouse(t)
	if got := h.Staff.RolesToGive(ctx, h.Actor(policies.Owner)); !slices.Equal(got, policies.Roles) {
		t.Errorf("an owner gives %v", got)
	}
	for _, role := range h.Staff.RolesToGive(ctx, h.Actor(policies.Admin)) {
		if slices.Contains(high, role) {
			t.Errorf("an administrator gives %s", role)
		}
	}
}

func TestHistoryOfEmploymentNamesWhoEnteredAndWhoConfirmed(t *testing.T) {
	h := modelstest.NewHouse(t)
	admin, manager := h.Actor(policies.Admin), h.Actor(policies.Manager)
	if _, err := h.Staff.Add(ctx, admin, newcomer("zhao.min", policies.FrontDesk)); err != nil {
		t.Fatal(err)
	}
	if err := h.Staff.Confirm(ctx, manager, "zhao.min", draftOf(t, h, "zhao.min").Version); err != nil {
		t.Fatal(err)
	}
	d := draftOf(t, h, "zhao.min")
	d.PayBand = "A3"
	if err := h.Staff.Edit(ctx, admin, d); err != nil {
		t.Fatal(err)
	}
	p, err := h.Staff.Person(ctx, "zhao.min")
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.Staff.EmploymentHistory(ctx, p)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if now := got[0]; now.N != 2 || now.PayBand != "A3" || now.EnteredBy != admin.Name || now.EnteredVia != admin.Via || now.EnteredAt.IsZero() || now.ConfirmedBy != "" || !now.ConfirmedAt.IsZero() {
		t.Errorf("in force: %+v", now)
	}
	if was := got[1]; was.N != 1 || was.PayBand != "" || was.EnteredBy != admin.Name || was.ConfirmedBy != manager.Name || was.ConfirmedAt.IsZero() {
		t.Errorf("before: %+v", was)
	}
}
