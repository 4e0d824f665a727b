package customer

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/phrase"
)

// Preference is what a fact has beyond its value when the value is what the
// customer wants done or never done. The fact holds the wording that staff act
// on, with its provenance; this holds how it is acted upon.
type Preference struct {
	N               int64 // number of the fact
	Area            string
	Act             string // catalogue.ActDo or ActNever
	Strength        int    // 1 likes, 2 wants, 3 must
	Words           string // the guest's own, "" when they are the wording
	WordsSealed     []byte // in place of Words where they name an illness, a creed or a family matter
	Tags            []string
	Branches        []int64 // where it holds; none: everywhere
	UntilOn         string  // last day on which it holds, 2006-01-02; "" without end
	Consent         string  // how the guest agreed to it being passed on, for safety
	ConfirmedAt     time.Time
	ConfirmedBy     int64
	ConfirmedBranch int64
	RetiredBy       int64
	RetiredWhy      string
}

// HoldsAt reports whether the preference is acted upon at the branch on the day
// (2006-01-02).
func (p Preference) HoldsAt(branchID int64, day string) bool {
	return (len(p.Branches) == 0 || slices.Contains(p.Branches, branchID)) && (p.UntilOn == "" || day <= p.UntilOn)
}

// Fresh is the moment to which the age of the preference counts: when it was
// last confirmed, else when it was heard.
func (p Preference) Fresh(f Fact) time.Time {
	if p.ConfirmedAt.After(f.RecordedAt) {
		return p.ConfirmedAt
	}
	return f.RecordedAt
}

// row names the guest's own words for sealing.
func (p Preference) row(customerID int64) string {
	return fmt.Sprintf("preferences|%d|%d|words", customerID, p.N)
}

// ReadPreference works out area, act and strength of a wording from the field it
// stands in and from what it says.
func (c *Catalogue) ReadPreference(f Field, wording string) Preference {
	r := c.Read(wording)
	p := Preference{Area: string(r.Area), Act: f.Act, Strength: f.Strength, Tags: r.Tags}
	if f.Area != "" && !r.Allergy {
		p.Area = f.Area
	}
	if f.Act == catalogue.ActEither {
		p.Act = string(r.Kind)
	}
	if r.Allergy || c.Area(p.Area).Safety {
		p.Strength = 3
	}
	return p
}

// Read reads what a guest said; areas that are switched off are never the answer.
func (c *Catalogue) Read(words string) phrase.Reading {
	r := phrase.Read(words, c.areaWords)
	for !c.HasArea(string(r.Area)) {
		if len(r.Others) == 0 {
			r.Area = AreaOther
			break
		}
		r.Area, r.Others = r.Others[0], r.Others[1:]
	}
	r.Others = slices.DeleteFunc(slices.Clone(r.Others), func(a phrase.Area) bool { return !c.HasArea(string(a)) || a == r.Area })
	return r
}

const preferenceColumns = `n, area, act, strength, words, words_sealed, tags, branches, until_on, consent, confirmed_at, confirmed_by, confirmed_branch, retired_by, retired_why`

// preferenceWidth is how many columns a preference has, the customer's id included.
const preferenceWidth = 16

func preferenceArgs(customerID int64, p Preference) []any {
	var sealed any
	if p.WordsSealed != nil {
		sealed = p.WordsSealed
	}
	return []any{customerID, p.N, p.Area, p.Act, p.Strength, p.Words, sealed, joinLines(p.Tags), joinIDs(p.Branches), p.UntilOn, p.Consent,
		db.Millis(p.ConfirmedAt), p.ConfirmedBy, p.ConfirmedBranch, p.RetiredBy, p.RetiredWhy}
}

// preferencesArgs are the rows of all preferences among the facts.
func preferencesArgs(customerID int64, facts []Fact) []any {
	var args []any
	for _, f := range facts {
		if f.Preference != nil {
			p := *f.Preference
			p.N = f.N
			args = append(args, preferenceArgs(customerID, p)...)
		}
	}
	return args
}

const insertPreferencesSQL = "INSERT INTO preferences (customer_id, " + preferenceColumns + ") VALUES "

func insertPreferences(tx *db.Tx, customerID int64, facts []Fact) error {
	return tx.InsertAll(insertPreferencesSQL, preferenceWidth, preferencesArgs(customerID, facts))
}

func scanPreference(row scanner, more ...any) (Preference, error) {
	var p Preference
	var tags, branches string
	var confirmed int64
	err := row.Scan(append(more, &p.N, &p.Area, &p.Act, &p.Strength, &p.Words, &p.WordsSealed, &tags, &branches, &p.UntilOn, &p.Consent,
		&confirmed, &p.ConfirmedBy, &p.ConfirmedBranch, &p.RetiredBy, &p.RetiredWhy)...)
	p.Tags, p.Branches, p.ConfirmedAt = lines(tags), ids(branches), db.Time(confirmed)
	return p, err
}

// Preferences returns what a customer's facts have as preferences, by the number
// of the fact; those of ended facts too.
func (s *Service) Preferences(ctx context.Context, customerID int64) (map[int64]Preference, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT "+preferenceColumns+" FROM preferences WHERE customer_id = ?", customerID).Rows()
	if err != nil {
		return nil, err
	}
	return preferencesByNumber(rows)
}

func preferencesByNumber(rows *sql.Rows) (map[int64]Preference, error) {
	out := map[int64]Preference{}
	err := db.Each(rows, func() error {
		p, err := scanPreference(rows)
		out[p.N] = p
		return err
	})
	return out, err
}

// Attach gives each fact that is a preference what it has as one. Facts from
// before preferences were kept are read as their wording says.
func (c *Catalogue) Attach(facts []Fact, preferences map[int64]Preference) {
	for i := range facts {
		f, known := c.Field(facts[i].Field)
		if !known || !f.Preference() || facts[i].None {
			continue
		}
		p, kept := preferences[facts[i].N]
		if !kept {
			p = c.ReadPreference(f, facts[i].Value)
			p.N = facts[i].N
		}
		facts[i].Preference = &p
	}
}

func joinIDs(list []int64) string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(out, "\n")
}

func ids(text string) []int64 {
	var out []int64
	for _, line := range lines(text) {
		if id, err := strconv.ParseInt(line, 10, 64); err == nil {
			out = append(out, id)
		}
	}
	return out
}
