package staff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/policies"
)

// newToken makes a token of the login as the owner does.
func newToken(t *testing.T, h *modelstest.House, d staff.TokenDraft) string {
	t.Helper()
	token, err := h.Staff.AddToken(ctx, h.Actor(policies.Owner), d)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// opens tells whether the token opens a session on each of two instances.
func opens(t *testing.T, h *modelstest.House, token string) bool {
	t.Helper()
	_, err := h.Staff.LoadToken(ctx, token)
	_, other := h.Again().Staff.LoadToken(ctx, token)
	if (err == nil) != (other == nil) {
		t.Errorf("instances disagree: %v, %v", err, other)
	}
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("a dead token answers %v", err)
	}
	return err == nil
}

func TestTokenActsWithItsPersonsRightsButNoGuardedVerb(t *testing.T) {
	h := modelstest.NewHouse(t)
	token, err := h.Staff.AddToken(ctx, modelstest.Shell(), staff.NewTokenDraft("front_desk", "till"))
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

func TestTokenMayOnlyWhatItWasMadeFor(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("front_desk", "website")
	d.Scopes = []policies.Scope{policies.ScopeSearch}
	session, err := h.Staff.LoadToken(ctx, newToken(t, h, d))
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[policies.Permission]bool{policies.CustomerLookUp: true, policies.CustomerRead: false, policies.CustomerCreate: false, policies.AccountUse: false} {
		if h.Guard.Can(session.Actor, p) != want {
			t.Errorf("%s is %v", p, !want)
		}
	}
}

func TestTokenFromBeforeScopesWorksOnAndIsMarked(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := newToken(t, h, staff.NewTokenDraft("front_desk", "till"))
	h.Run("DELETE FROM tokens")
	h.Run("INSERT INTO tokens (id, staff_id, label, created_at) SELECT ?, id, 'old', 1 FROM staff WHERE login = 'front_desk'", staff.HashOf(token))
	session, err := h.Staff.LoadToken(ctx, token)
	if err != nil || !h.Guard.Can(session.Actor, policies.CustomerRead) || !h.Guard.Can(session.Actor, policies.AccountUse) || h.Guard.Can(session.Actor, policies.CustomerReveal) {
		t.Errorf("%+v, %v", session.Actor, err)
	}
	if session.Allowance.PerHour != staff.TokenPerHour || session.Allowance.PerSecond != staff.TokenPerSecond {
		t.Errorf("%+v", session.Allowance)
	}
	list, err := h.Staff.OwnTokens(ctx, h.Clerk())
	if err != nil || len(list) != 1 || !list[0].Whole || !list[0].ExpiresAt.IsZero() || list[0].State != staff.TokenLive {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestTokenExpires(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("front_desk", "till")
	d.Days = 2
	token := newToken(t, h, d)
	h.Clock.Advance(48*time.Hour - time.Millisecond)
	if !opens(t, h, token) {
		t.Error("dead before its time")
	}
	h.Clock.Advance(time.Millisecond)
	if opens(t, h, token) {
		t.Error("alive after its time")
	}
	list, err := h.Staff.OwnTokens(ctx, h.Clerk())
	if err != nil || list[0].State != staff.TokenExpired {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestTokenDiesWithItsPersonAndStaysDead(t *testing.T) {
	h := modelstest.NewHouse(t)
	notice := func(on string) func(*staff.Draft) { return func(d *staff.Draft) { d.NoticeOn = on } }
	for name, end := range map[string]func(*staff.Draft){
		"suspended":       func(d *staff.Draft) { d.Status = policies.Suspended },
		"left":            func(d *staff.Draft) { d.Status = policies.Left },
		"notice today":    notice("2026-11-22"),
		"notice before":   notice("2026-11-01"),
		"last day passed": func(d *staff.Draft) { d.LastOn = "2026-11-21" },
	} {
		login := strings.ReplaceAll(name, " ", "-")
		h.AddPerson(login, policies.FrontDesk, modelstest.Shanghai)
		token := newToken(t, h, staff.NewTokenDraft(login, "till"))
		d := draftOf(t, h, login)
		was := d
		end(&d)
		if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
			t.Fatal(err)
		}
		if opens(t, h, token) {
			t.Errorf("%s: the token works", name)
		}
		was.Version = draftOf(t, h, login).Version
		if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), was); err != nil {
			t.Fatal(err)
		}
		if opens(t, h, token) {
			t.Errorf("%s and taken back: the token is alive again", name)
		}
	}
}

// Notice can be entered ahead of its day, and facts can change behind the
// program's back: what counts is the day of the call.
func TestTokenRestsFromTheDayOfNotice(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := newToken(t, h, staff.NewTokenDraft("front_desk", "till"))
	d := draftOf(t, h, "front_desk")
	d.NoticeOn, d.LastOn = "2026-11-24", "2026-12-31"
	if err := h.Staff.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	if !opens(t, h, token) {
		t.Error("dead before notice is given")
	}
	h.Clock.Advance(39 * time.Hour) // 00:42 of the 24th in Shanghai
	if opens(t, h, token) {
		t.Error("alive on the day of notice")
	}
	list, err := h.Staff.OwnTokens(ctx, h.Clerk())
	if err != nil || list[0].State != staff.TokenResting {
		t.Errorf("%+v, %v", list, err)
	}
	unchanged(t, h, "a token for who is leaving", fault.Invalid, func() error {
		_, err := h.Staff.AddToken(ctx, h.Actor(policies.Owner), staff.NewTokenDraft("front_desk", "x"))
		return err
	})
}

func TestTokenOfNobodyIsRefused(t *testing.T) {
	h := modelstest.NewHouse(t)
	unchanged(t, h, "unknown login", fault.NotFound, func() error {
		_, err := h.Staff.AddToken(ctx, modelstest.Shell(), staff.NewTokenDraft("nobody", "x"))
		return err
	})
}

func TestBadTokenFormsNameTheirField(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, c := range []struct {
		field string
		spoil func(*staff.TokenDraft)
	}{
		{"label", func(d *staff.TokenDraft) { d.Label = "  " }},
		{"label", func(d *staff.TokenDraft) { d.Label = strings.Repeat("长", 81) }},
		{"scopes", func(d *staff.TokenDraft) { d.Scopes = nil }},
		{"scopes", func(d *staff.TokenDraft) { d.Scopes = []policies.Scope{policies.ScopeRead, "*"} }},
		{"days", func(d *staff.TokenDraft) { d.Days = 0 }},
		{"days", func(d *staff.TokenDraft) { d.Days = staff.TokenDaysMost + 1 }},
		{"per_second", func(d *staff.TokenDraft) { d.PerSecond = staff.TokenSecondsMost + 1 }},
		{"per_hour", func(d *staff.TokenDraft) { d.PerHour = staff.TokenHourMost + 1 }},
		{"per_hour", func(d *staff.TokenDraft) { d.PerHour = -1 }},
	} {
		for _, a := range []policies.Actor{h.Actor(policies.Owner), modelstest.Shell()} {
			d := staff.NewTokenDraft("floor", "x")
			c.spoil(&d)
			unchanged(t, h, c.field, fault.Invalid, func() error {
				_, err := h.Staff.AddToken(ctx, a, d)
				if field(err, c.field) == "" {
					t.Errorf("nothing said at %s: %v", c.field, err)
				}
				return err
			})
		}
	}
}

func TestSameFormMakesOneTokenAndShowsItOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("floor", "x")
	d.Once = "key-1"
	newToken(t, h, d)
	unchanged(t, h, "again", fault.Conflict, func() error { _, err := h.Again().Staff.AddToken(ctx, h.Actor(policies.Owner), d); return err })
	d.Label = "y"
	unchanged(t, h, "the key for another", fault.Conflict, func() error { _, err := h.Staff.AddToken(ctx, h.Actor(policies.Owner), d); return err })
}

func TestWhoMayRevokesATokenAndNobodyElse(t *testing.T) {
	h := modelstest.NewHouse(t)
	own, other := newToken(t, h, staff.NewTokenDraft("front_desk", "mine")), newToken(t, h, staff.NewTokenDraft("sales", "theirs"))
	ref := func(token string) string { return staff.HashOf(token)[:16] }
	clerk := h.Clerk()
	unchanged(t, h, "somebody else's as one's own", fault.NotFound, func() error { return h.Staff.RevokeOwnToken(ctx, clerk, ref(other)) })
	unchanged(t, h, "by a clerk", fault.Denied, func() error { return h.Staff.RevokeToken(ctx, clerk, "sales", ref(other)) })
	unchanged(t, h, "of another person", fault.NotFound, func() error { return h.Staff.RevokeToken(ctx, h.Actor(policies.Admin), "floor", ref(other)) })
	for _, odd := range []string{"", "%", strings.Repeat("_", 16), strings.Repeat("0", 16), ref(own)[:15], staff.HashOf(own)} {
		unchanged(t, h, odd, fault.NotFound, func() error { return h.Staff.RevokeOwnToken(ctx, clerk, odd) })
	}
	if !opens(t, h, own) || !opens(t, h, other) {
		t.Fatal("a refused revocation ended a token")
	}
	if err := h.Staff.RevokeOwnToken(ctx, clerk, ref(own)); err != nil {
		t.Fatal(err)
	}
	if e := h.LastEvent(); e.Action != "token.revoked" || e.Object != "front_desk" || e.ActorID != clerk.StaffID {
		t.Errorf("recorded as %+v", e)
	}
	if err := h.Staff.RevokeToken(ctx, h.Actor(policies.Admin), "sales", ref(other)); err != nil {
		t.Fatal(err)
	}
	if opens(t, h, own) || opens(t, h, other) {
		t.Error("a revoked token works")
	}
	unchanged(t, h, "twice", fault.NotFound, func() error { return h.Staff.RevokeOwnToken(ctx, clerk, ref(own)) })
}

func TestListsOfTokensTellWhatTheyMayAndNotTheTokens(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := staff.NewTokenDraft("sales", "till")
	d.Scopes = []policies.Scope{policies.ScopeRead, policies.ScopeSearch}
	token := newToken(t, h, d)
	newToken(t, h, staff.NewTokenDraft("front_desk", "other"))
	p, err := h.Staff.Person(ctx, "sales")
	if err != nil {
		t.Fatal(err)
	}
	list, err := h.Staff.TokensOf(ctx, h.Actor(policies.Admin), p)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	got := list[0]
	if got.Label != "till" || got.Login != "sales" || fmt.Sprint(got.Scopes) != "[customer.search customer.read]" || got.Whole || got.State != staff.TokenLive ||
		got.MadeBy != "员工 owner" || !got.ExpiresAt.Equal(h.Clock.Now().AddDate(0, 0, staff.TokenDays)) || !got.UsedAt.IsZero() || len(got.Ref) != 16 || strings.Contains(token, got.Ref) {
		t.Errorf("%+v", got)
	}
	for _, role := range policies.Roles {
		_, err := h.Staff.TokensOf(ctx, h.Actor(role), p)
		_, all := h.Staff.LiveTokens(ctx, h.Actor(role), "", "")
		if may := role == policies.Owner || role == policies.Admin; (err == nil) != may || (all == nil) != may {
			t.Errorf("%s: %v, %v", role, err, all)
		}
	}
}

func TestAllLiveTokensAreListedPageByPage(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range staff.TokensPage + 7 {
		newToken(t, h, staff.NewTokenDraft([]string{"sales", "floor", "front_desk"}[i%3], fmt.Sprintf("n%d", i)))
	}
	dead := newToken(t, h, staff.NewTokenDraft("service", "dead"))
	if err := h.Staff.RevokeToken(ctx, h.Actor(policies.Admin), "service", staff.HashOf(dead)[:16]); err != nil {
		t.Fatal(err)
	}
	seen, login, ref := map[string]bool{}, "", ""
	for range 5 {
		page, err := h.Staff.LiveTokens(ctx, h.Actor(policies.Admin), login, ref)
		if err != nil {
			t.Fatal(err)
		}
		more := len(page) > staff.TokensPage
		if more {
			page = page[:staff.TokensPage]
		}
		for _, token := range page {
			if seen[token.Label] {
				t.Errorf("%s twice", token.Label)
			}
			seen[token.Label] = true
			login, ref = token.Login, token.Ref
		}
		if !more {
			break
		}
	}
	if len(seen) != staff.TokensPage+7 || seen["dead"] {
		t.Errorf("%d tokens listed", len(seen))
	}
}

func TestLastUseIsWrittenAtMostOnceAnHour(t *testing.T) {
	h := modelstest.NewHouse(t)
	token := newToken(t, h, staff.NewTokenDraft("front_desk", "till"))
	used := func() int64 { return h.Count("SELECT used_at FROM tokens") }
	use := func() {
		t.Helper()
		session, err := h.Staff.LoadToken(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Staff.TouchToken(ctx, session); err != nil {
			t.Fatal(err)
		}
	}
	use()
	first := used()
	if first != h.Clock.Now().UnixMilli() {
		t.Errorf("used at %d", first)
	}
	h.Clock.Advance(time.Hour - time.Second)
	use()
	if used() != first {
		t.Error("written again within the hour")
	}
	h.Clock.Advance(time.Second)
	use()
	if used() == first {
		t.Error("not written after an hour")
	}
}
