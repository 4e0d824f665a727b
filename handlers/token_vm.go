package handlers

import (
	"slices"
	"strconv"
	"strings"

	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
	"shuke/views/tokenview"
	"shuke/views/ui"
)

func tokensHref(login string) string { return staffHref(login) + "/tokens" }

// tokenTones are how states of tokens look.
var tokenTones = map[staff.TokenState]struct {
	tone ui.Tone
	icon string
}{
	staff.TokenLive: {ui.ToneOK, "check"}, staff.TokenExpired: {ui.ToneNone, "clock"}, staff.TokenRevoked: {ui.ToneNone, "x"}, staff.TokenResting: {ui.ToneWarn, "ban"},
}

// tokenRows puts tokens into words; revoke is the address that ends one.
func tokenRows(p *text.Printer, tokens []staff.Token, revoke func(staff.Token) string) []tokenview.Row {
	var out []tokenview.Row
	for _, t := range tokens {
		look := tokenTones[t.State]
		r := tokenview.Row{
			Label: t.Label, Ref: t.Ref, Made: p.T("token.made", map[string]any{"Date": p.Date(t.CreatedAt), "Who": byWhom(p, t.MadeBy, policies.Command)}),
			Person: t.Name, Login: t.Login, Href: staffHref(t.Login), Whole: t.Whole,
			Speed: p.T("token.speed", map[string]any{"Count": t.PerSecond}), Hour: p.T("token.hour", map[string]any{"Count": t.PerHour}),
			Expires: p.T("token.never_expires"), Used: p.T("token.never"), Tone: look.tone, Icon: look.icon, State: p.T("token.state_" + string(t.State)), Off: t.State != staff.TokenLive,
		}
		var scopes []string
		for _, s := range t.Scopes {
			scopes = append(scopes, p.T("scope."+string(s)))
		}
		r.Scopes = strings.Join(scopes, "·") // a scope may hold a comma of its own
		if !t.ExpiresAt.IsZero() {
			r.Expires = p.T("token.expires", map[string]any{"Date": p.Date(t.ExpiresAt)})
		}
		if !t.UsedAt.IsZero() {
			r.Used = p.DateTime(t.UsedAt)
		}
		if t.State == staff.TokenLive || t.State == staff.TokenResting {
			r.Revoke = revoke(t)
		}
		out = append(out, r)
	}
	return out
}

func revokeStaffHref(t staff.Token) string { return tokensHref(t.Login) + "/" + t.Ref + "/revoke" }

func revokeOwnHref(t staff.Token) string { return "/account/tokens/" + t.Ref + "/revoke" }

func scopeOptions(p *text.Printer, chosen []policies.Scope) []ui.Option {
	var out []ui.Option
	for _, s := range policies.Scopes {
		out = append(out, ui.Option{Value: string(s), Label: p.T("scope." + string(s)), Selected: slices.Contains(chosen, s)})
	}
	return out
}

// tokenDraft reads the form; what is no number becomes one that is refused.
func tokenDraft(login string, f form) staff.TokenDraft {
	d := staff.TokenDraft{Login: login, Label: f.trimmed("label"), Days: f.count("days"), PerSecond: f.count("per_second"), PerHour: f.count("per_hour"), Once: f.text("once")}
	for _, s := range f.all("scopes") {
		d.Scopes = append(d.Scopes, policies.Scope(s))
	}
	return d
}

// tokenForm is the form as it was typed.
func tokenForm(p *text.Printer, person staff.Person, f form, d staff.TokenDraft, wrong problems) tokenview.Form {
	most := func(n int) string { return p.T("token.max", map[string]any{"Max": n}) }
	return tokenview.Form{
		Action: tokensHref(person.Login), Back: staffHref(person.Login), Once: d.Once, Person: person.Name, Label: d.Label,
		Days: f.trimmed("days"), PerSecond: f.trimmed("per_second"), PerHour: f.trimmed("per_hour"),
		DaysHint: most(staff.TokenDaysMost), SecondHint: most(staff.TokenSecondsMost), HourHint: most(staff.TokenHourMost),
		Scopes: scopeOptions(p, d.Scopes), Wrong: wrong.fields, Problems: wrong.list,
	}
}

// proposed is the form of a new token as it opens: no scope is ticked, so that
// each is given on purpose.
func proposed(login string) (form, staff.TokenDraft) {
	d := staff.NewTokenDraft(login, "")
	d.Scopes, d.Once = nil, once()
	return form{map[string][]string{
		"days": {strconv.Itoa(d.Days)}, "per_second": {strconv.Itoa(d.PerSecond)}, "per_hour": {strconv.Itoa(d.PerHour)},
	}}, d
}
