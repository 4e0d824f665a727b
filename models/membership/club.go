package membership

import (
	"slices"
	"strings"
)

// Ways of joining a club.
const (
	OnRequest = "request" // when somebody asks for it
	Automatic = "auto"    // with the first stay
)

// Joinings lists the ways.
var Joinings = []string{OnRequest, Automatic}

// Tones are what a level's badge can look like; "" is a plain one.
var Tones = []string{"brass", "ok", "info", "act", "plain"}

// Club is one club of the house.
type Club struct {
	ID         int64
	NameZH     string
	NameEN     string
	Prefix     string // of numbers
	Digits     int    // that are counted up
	CheckDigit bool   // a last digit guards against slips of the finger
	Joining    string
	NextNumber int64
	Position   int
	On         bool
	Rules      int64 // grows when members have to be judged anew
	Version    int64
	Tiers      []Tier // the lowest first
}

// In is the name in a language.
func (c Club) In(lang string) string { return in(lang, c.NameZH, c.NameEN) }

// Tier returns a level by its id.
func (c Club) Tier(id int64) (Tier, bool) {
	if at := slices.IndexFunc(c.Tiers, func(t Tier) bool { return t.ID == id }); at >= 0 {
		return c.Tiers[at], true
	}
	return Tier{}, false
}

// Above is the level next above a rank.
func (c Club) Above(rank int) (Tier, bool) {
	for _, t := range c.Tiers {
		if t.Rank > rank {
			return t, true
		}
	}
	return Tier{}, false
}

// Tier is a level of a club: who has it, what they have of it.
type Tier struct {
	ID          int64
	ClubID      int64
	Rank        int // 1 is the lowest
	NameZH      string
	NameEN      string
	Tone        string
	Months      int // window that the rule looks at, 0 all time
	Nights      int // a part that is 0 asks for nothing
	Stays       int
	Spend       int64 // minor units
	Any         bool  // one part is enough, else all are needed
	GraceMonths int   // for which a level that is no longer met is kept
	BenefitsZH  []string
	BenefitsEN  []string
	Version     int64
}

// In is the name in a language.
func (t Tier) In(lang string) string { return in(lang, t.NameZH, t.NameEN) }

// Benefits are the benefits in a language.
func (t Tier) Benefits(lang string) []string {
	if strings.HasPrefix(lang, "zh") {
		return t.BenefitsZH
	}
	return t.BenefitsEN
}

func in(lang, zh, en string) string {
	if strings.HasPrefix(lang, "zh") {
		return zh
	}
	return en
}

// Clubs are all clubs of the house, as of one version of its lists.
type Clubs struct {
	Version int64
	List    []Club // by position
}

// Club returns a club by its id.
func (c *Clubs) Club(id int64) (Club, bool) {
	if at := slices.IndexFunc(c.List, func(one Club) bool { return one.ID == id }); at >= 0 {
		return c.List[at], true
	}
	return Club{}, false
}

// Named finds the level of that name, as the identity of a customer has it.
func (c *Clubs) Named(tier string) (Tier, bool) {
	for _, club := range c.List {
		for _, t := range club.Tiers {
			if t.NameZH == tier {
				return t, true
			}
		}
	}
	return Tier{}, false
}
