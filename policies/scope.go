package policies

import (
	"slices"
	"strings"
)

// Scope names what a token was made for. A token may what both its person and
// its scopes allow.
type Scope string

// The scopes. A verb that a call needs stands in exactly one of them.
const (
	ScopeSearch Scope = "customer.search"
	ScopeRead   Scope = "customer.read"
	ScopeWrite  Scope = "customer.write"
	ScopeSheet  Scope = "stay.read"
	ScopeStay   Scope = "stay.write"
	ScopePeople Scope = "relation.read"
	ScopeRelate Scope = "relation.write"
	ScopeSaid   Scope = "consent.read"
	ScopeRecord Scope = "consent.write"
	ScopeMember Scope = "membership.write"
	ScopeHouse  Scope = "house.read"
)

// Scopes lists them all, in the order of pages.
var Scopes = []Scope{ScopeSearch, ScopeRead, ScopeWrite, ScopeSheet, ScopeStay, ScopePeople, ScopeRelate, ScopeSaid, ScopeRecord, ScopeMember, ScopeHouse}

// carried says which verbs a scope carries. Guarded ones stand in none.
var carried = map[Scope][]Permission{
	ScopeSearch: {CustomerLookUp},
	ScopeRead:   {CustomerRead},
	ScopeWrite:  {CustomerCreate, CustomerEdit, PreferenceNote},
	ScopeSheet:  {ArrivalRead},
	ScopeStay:   {StayEdit, ArrivalTick},
	ScopePeople: {RelationRead},
	ScopeRelate: {RelationEdit},
	ScopeSaid:   {ConsentRead},
	ScopeRecord: {ConsentRecord},
	ScopeMember: {MembershipJoin},
	ScopeHouse:  {HouseRead},
}

// pagesOnly are verbs that no call needs: they are done in a browser.
var pagesOnly = []Permission{AccountUse, FieldRead, BranchRead, StaffRead, AreaRead, LinkRead, PurposeRead, ClubRead}

// EveryScope is what tokens have that were made before there were scopes: every
// verb their person has and no token is refused.
const EveryScope = "*"

// JoinScopes writes scopes as tokens keep them, each once and in order.
func JoinScopes(scopes []Scope) string {
	var out []string
	for _, s := range Scopes {
		if slices.Contains(scopes, s) {
			out = append(out, string(s))
		}
	}
	return strings.Join(out, " ")
}

// SplitScopes reads what JoinScopes wrote; of EveryScope it gives none.
func SplitScopes(text string) []Scope {
	var out []Scope
	for word := range strings.FieldsSeq(text) {
		if slices.Contains(Scopes, Scope(word)) {
			out = append(out, Scope(word))
		}
	}
	return out
}

// ScopeOf is the scope that carries a verb, "" when none does.
func ScopeOf(p Permission) Scope {
	for _, s := range Scopes {
		if slices.Contains(carried[s], p) {
			return s
		}
	}
	return ""
}

// inScope reports whether the actor's token carries the verb; who comes without
// a token needs no scope. A token without scopes carries nothing.
func inScope(a Actor, p Permission) bool {
	if a.Via != Token {
		return true
	}
	if guarded[p] {
		return false
	}
	if a.Scopes == EveryScope {
		return true
	}
	s := ScopeOf(p)
	return s != "" && slices.Contains(strings.Fields(a.Scopes), string(s))
}
