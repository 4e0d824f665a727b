package policies

import (
	"strings"
	"testing"
	"time"
)

func actor(role Role) Actor {
	return Actor{StaffID: 1, Role: role, Status: Active, Employment: Regular, EmploymentConfirmed: true, Via: Browser,
		Now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)}
}

func guard(t *testing.T) *Guard {
	t.Helper()
	g, err := NewGuard()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestNobodySeesCustomersInBulk(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		if g.Can(actor(role), CustomerBulk) {
			t.Errorf("%s may", role)
		}
	}
}

func TestAdministratorsAuditorsFloorAndMarketingOpenNoCard(t *testing.T) {
	g := guard(t)
	for _, role := range []Role{Admin, Auditor, Floor, Marketing} {
		for _, p := range Permissions {
			if (p.Object == "customer" || p.Object == "relation") && g.Can(actor(role), p) {
				t.Errorf("%s may %s", role, p)
			}
		}
	}
	if !g.Can(actor(FrontDesk), CustomerRead) {
		t.Error("the front desk may not open a card")
	}
}

func TestWhoDoesNotWorkHereMayNothing(t *testing.T) {
	g := guard(t)
	states := map[string]func(*Actor){
		"suspended":       func(a *Actor) { a.Status = Suspended },
		"left":            func(a *Actor) { a.Status = Left },
		"unknown status":  func(a *Actor) { a.Status = "" },
		"last day passed": func(a *Actor) { a.LastOn = "2026-11-21" },
		"nobody":          func(a *Actor) { a.StaffID = 0 },
		"unknown role":    func(a *Actor) { a.Role = "boss" },
		"role called any": func(a *Actor) { a.Role = "any" },
	}
	for name, change := range states {
		for _, role := range Roles {
			a := actor(role)
			change(&a)
			for _, p := range Permissions {
				if g.Can(a, p) {
					t.Errorf("%s, %s: may %s", name, role, p)
				}
			}
		}
	}
}

func TestLastDayItselfStillCounts(t *testing.T) {
	a := actor(FrontDesk)
	a.LastOn = "2026-11-22"
	if !guard(t).Can(a, CustomerRead) {
		t.Error("refused on the last day")
	}
}

func TestTemporaryPasswordOpensOnlyTheAccount(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		a := actor(role)
		a.PasswordTemporary = true
		for _, p := range Permissions {
			if g.Can(a, p) != (p == AccountUse) {
				t.Errorf("%s: %s", role, p)
			}
		}
	}
}

func TestTokenDoesNotWaitForThePassword(t *testing.T) {
	a := actor(FrontDesk)
	a.PasswordTemporary, a.Via, a.Scopes = true, Token, EveryScope
	if !guard(t).Can(a, CustomerLookUp) {
		t.Error("refused")
	}
}

func TestTokensCarryNoGuardedVerb(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		a := actor(role)
		a.Via, a.Scopes = Token, EveryScope
		for p := range guarded {
			if g.Can(a, p) {
				t.Errorf("%s by token: %s", role, p)
			}
		}
	}
}

func TestUnconfirmedEmploymentConfirmsNobody(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		a := actor(role)
		a.EmploymentConfirmed = false
		if g.Can(a, StaffConfirm) || g.Can(a, FieldManage) || g.Can(a, WebhookManage) {
			t.Errorf("%s may confirm, change the catalogue or send events away", role)
		}
	}
}

func TestPolicyThatIsNotUnderstoodStopsTheStart(t *testing.T) {
	bad := map[string]string{
		"empty":      "",
		"role":       "p, boss, customer, read, always, allow",
		"permission": "p, any, customer, everything, always, allow",
		"condition":  "p, any, customer, read, true, allow",
		"effect":     "p, any, customer, read, always, dney",
		"kind":       "g, any, customer, read, always, allow",
		"columns":    "p, any, customer, read",
		"twice":      "p, any, customer, read, always, allow\np, any, customer, read, always, allow",
	}
	for name, text := range bad {
		if _, err := newGuard(modelText, text); err == nil {
			t.Errorf("%s: started", name)
		}
	}
	weak := strings.Replace(modelText, effect, "!some(where (p.eft == deny))", 1)
	if _, err := newGuard(weak, policyText); err == nil {
		t.Error("started with an effect that allows what nothing forbids")
	}
	if _, err := newGuard(strings.Replace(modelText, "holds(p.cond, r.sub)", "eval(p.cond)", 1), policyText); err == nil {
		t.Error("started with text that is evaluated")
	}
}

func TestErrorInAConditionIsANo(t *testing.T) {
	g := guard(t)
	e := g.enforcers[FrontDesk]
	if _, err := e.AddPolicy("front_desk", "customer", "read", "unheard_of", "allow"); err != nil {
		t.Fatal(err)
	}
	a := actor(FrontDesk)
	ok, err := e.Enforce(a, "customer", "export")
	if ok {
		t.Fatalf("allowed, %v", err)
	}
}

func BenchmarkCan(b *testing.B) {
	g, err := NewGuard()
	if err != nil {
		b.Fatal(err)
	}
	a := actor(FrontDesk)
	for b.Loop() {
		g.Can(a, CustomerEdit)
	}
}
