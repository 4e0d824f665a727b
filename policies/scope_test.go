package policies

import (
	"slices"
	"strings"
	"testing"

	"shuke/models/fault"
)

func byToken(role Role, scopes ...Scope) Actor {
	a := actor(role)
	a.Via, a.Scopes = Token, JoinScopes(scopes)
	return a
}

// A new verb has its place decided: no token carries it, one scope does, or no
// call needs it.
func TestEveryVerbIsGuardedOrInOneScopeOrForPagesOnly(t *testing.T) {
	for _, p := range Permissions {
		places := 0
		for _, s := range Scopes {
			if slices.Contains(carried[s], p) {
				places++
			}
		}
		if guarded[p] {
			places++
		}
		if slices.Contains(pagesOnly, p) {
			places++
		}
		if places != 1 {
			t.Errorf("%s stands in %d places of guarded, carried and pagesOnly", p, places)
		}
	}
	if len(carried) != len(Scopes) {
		t.Errorf("%d scopes carry verbs, %d are listed", len(carried), len(Scopes))
	}
}

func TestTokenMayWhatBothItsPersonAndItsScopesAllow(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		for _, scopes := range [][]Scope{nil, {ScopeSearch}, {ScopeRead}, {ScopeWrite}, {ScopeSearch, ScopeWrite}, Scopes} {
			for _, p := range Permissions {
				in := slices.Contains(scopes, ScopeOf(p))
				if got, want := g.Can(byToken(role, scopes...), p), in && g.Can(actor(role), p); got != want {
					t.Errorf("%s, scopes %v: %s is %v", role, scopes, p, got)
				}
			}
		}
	}
}

func TestScopesBindOnlyTokens(t *testing.T) {
	g := guard(t)
	a := actor(FrontDesk)
	a.Scopes = string(ScopeSearch)
	if !g.Can(a, CustomerRead) {
		t.Error("somebody in a browser needs a scope")
	}
}

func TestTokenFromBeforeScopesKeepsItsVerbs(t *testing.T) {
	g := guard(t)
	for _, role := range Roles {
		a := actor(role)
		a.Via, a.Scopes = Token, EveryScope
		for _, p := range Permissions {
			if got, want := g.Can(a, p), g.Can(actor(role), p) && !guarded[p]; got != want {
				t.Errorf("%s: %s is %v", role, p, got)
			}
		}
	}
}

// What only looks like a scope opens nothing: a part of one, one in other
// letters, the star among others.
func TestWhatIsNoScopeOpensNothing(t *testing.T) {
	g := guard(t)
	for _, text := range []string{"", " ", "customer", "customer.rea", "customer.read2", "CUSTOMER.READ", "* customer.search", "**", "customer.*", "customer.search,customer.read"} {
		a := actor(FrontDesk)
		a.Via, a.Scopes = Token, text
		if g.Can(a, CustomerRead) {
			t.Errorf("%q opens cards", text)
		}
	}
}

func TestMissingScopeIsNamedOnlyToThoseWhoMay(t *testing.T) {
	g := guard(t)
	for _, c := range []struct {
		a     Actor
		p     Permission
		key   string
		scope any
	}{
		{byToken(FrontDesk, ScopeSearch), CustomerRead, "api.scope_needed", "customer.read"},
		{byToken(Floor, ScopeSearch), CustomerRead, "error.denied", nil},
		{byToken(Manager, Scopes...), CustomerReveal, "error.denied", nil},
	} {
		err := g.Require(c.a, c.p)
		f, ok := err.(*fault.Error)
		if !ok || f.Kind != fault.Denied || f.Text.Key != c.key || f.Text.Args["Scope"] != c.scope || f.Text.Args["Permission"] != c.p.String() {
			t.Errorf("%s asks for %s: %v", c.a.Role, c.p, err)
		}
	}
}

func TestScopesAreWrittenOnceAndInOrder(t *testing.T) {
	if got := JoinScopes([]Scope{ScopeWrite, "boss", ScopeSearch, ScopeWrite}); got != "customer.search customer.write" {
		t.Errorf("%q", got)
	}
	if got := SplitScopes("customer.search nonsense customer.write"); !slices.Equal(got, []Scope{ScopeSearch, ScopeWrite}) {
		t.Errorf("%v", got)
	}
	if got := SplitScopes(EveryScope); len(got) != 0 {
		t.Errorf("%v", got)
	}
	for _, s := range Scopes {
		if strings.ContainsAny(string(s), " *") {
			t.Errorf("%q cannot stand in a list", s)
		}
	}
}
