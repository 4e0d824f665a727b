package membership

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// What a house can choose.
const (
	digitsLeast, digitsMost = 4, 9
	monthsMost              = 120
	countMost               = 10_000
	spendMost               = 100_000_000_00
	benefitsMost            = 12
	benefitLength           = 60
	tiersMost               = 9
)

var prefixForm = regexp.MustCompile(`^[A-Z]{0,3}$`)

// words checks a text that people read.
func words(f fault.Fields, field, text string, most int, needed bool) {
	switch {
	case strings.TrimSpace(text) == "" && needed:
		f.Add(field, "error.required", nil)
	case len([]rune(text)) > most:
		f.Add(field, "error.too_long", map[string]any{"Max": most})
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }):
		f.Add(field, "error.control_character", nil)
	}
}

func between[N int | int64](f fault.Fields, field string, n, least, most N) {
	if n < least || n > most {
		f.Add(field, "club.between", map[string]any{"Min": least, "Max": most})
	}
}

// SaveClub makes a club, when its id is 0, or changes one, and returns its id.
// Numbers that were given stay as they are.
func (s *Service) SaveClub(ctx context.Context, a policies.Actor, in Club, key string) (int64, error) {
	if err := s.guard.Require(a, policies.ClubManage); err != nil {
		return 0, err
	}
	in.Prefix = strings.ToUpper(strings.TrimSpace(in.Prefix))
	f := fault.Fields{}
	words(f, "name_zh", in.NameZH, 40, true)
	words(f, "name_en", in.NameEN, 40, true)
	if !prefixForm.MatchString(in.Prefix) {
		f.Add("prefix", "club.prefix_form", nil)
	}
	most := digitsMost - len(in.Prefix)/2
	if in.CheckDigit {
		most--
	}
	between(f, "digits", in.Digits, digitsLeast, most)
	if !slices.Contains(Joinings, in.Joining) {
		f.Add("joining", "error.choose", nil)
	}
	between(f, "position", in.Position, 0, 9999)
	if err := f.Err(); err != nil {
		return 0, err
	}
	return s.save(ctx, a, key, "club", in.ID, fmt.Sprintf("%+v", in), func(tx *db.Tx) (int64, error) {
		if in.ID != 0 {
			return in.ID, changed(tx.Run("UPDATE clubs SET name_zh = ?, name_en = ?, prefix = ?, digits = ?, check_digit = ?, joining = ?, position = ?, is_on = ?, rules = rules + 1, version = version + 1 WHERE id = ? AND version = ?",
				in.NameZH, in.NameEN, in.Prefix, in.Digits, in.CheckDigit, in.Joining, in.Position, in.On, in.ID, in.Version))
		}
		id, err := nextID(tx, "club")
		if err == nil {
			_, err = tx.Run("INSERT INTO clubs (id, name_zh, name_en, prefix, digits, check_digit, joining, position, is_on) VALUES (?,?,?,?,?,?,?,?,?)",
				id, in.NameZH, in.NameEN, in.Prefix, in.Digits, in.CheckDigit, in.Joining, in.Position, in.On)
		}
		return id, err
	})
}

// check says what is wrong with a level, by field.
func (t Tier) check() error {
	f := fault.Fields{}
	words(f, "name_zh", t.NameZH, 20, true)
	words(f, "name_en", t.NameEN, 40, true)
	if !slices.Contains(Tones, t.Tone) {
		f.Add("tone", "error.choose", nil)
	}
	between(f, "rank", t.Rank, 1, tiersMost)
	between(f, "months", t.Months, 0, monthsMost)
	between(f, "nights", t.Nights, 0, countMost)
	between(f, "stays", t.Stays, 0, countMost)
	if t.Spend < 0 || t.Spend > spendMost {
		f.Add("spend", "value.money_invalid", nil)
	}
	between(f, "grace", t.GraceMonths, 0, monthsMost)
	for field, list := range map[string][]string{"benefits_zh": t.BenefitsZH, "benefits_en": t.BenefitsEN} {
		if len(list) > benefitsMost {
			f.Add(field, "club.benefits_many", map[string]any{"Max": benefitsMost})
		}
		for _, one := range list {
			words(f, field, one, benefitLength, false)
		}
	}
	if t.Rank == 1 && t.Nights+t.Stays+int(t.Spend) > 0 {
		f.Add("rank", "club.lowest_is_everybody", nil)
	}
	return f.Err()
}

// judgesAs reports whether two versions of a level give it to the same members
// under the same name, so that nobody has to be judged anew.
func (t Tier) judgesAs(o Tier) bool {
	return t.Rank == o.Rank && t.NameZH == o.NameZH && t.Months == o.Months && t.Nights == o.Nights && t.Stays == o.Stays && t.Spend == o.Spend && t.Any == o.Any && t.GraceMonths == o.GraceMonths
}

// SaveTier makes a level, when its id is 0, or changes one. When its rule is
// another, all members of the club are judged by it at the next sweep, minutes later.
func (s *Service) SaveTier(ctx context.Context, a policies.Actor, in Tier, key string) (int64, error) {
	if err := s.guard.Require(a, policies.ClubManage); err != nil {
		return 0, err
	}
	if err := in.check(); err != nil {
		return 0, err
	}
	return s.save(ctx, a, key, "tier", in.ID, fmt.Sprintf("%+v", in), func(tx *db.Tx) (int64, error) {
		clubs, err := clubsIn(tx)
		if err != nil {
			return 0, err
		}
		club, _ := clubs.Club(in.ClubID)
		step := 1
		if was, known := club.Tier(in.ID); known && was.judgesAs(in) {
			step = 0
		}
		n, err := tx.Run("UPDATE clubs SET rules = rules + ? WHERE id = ?", step, in.ClubID)
		if err == nil && n == 0 {
			err = errNotFound
		}
		if err != nil {
			return 0, err
		}
		if err := free(tx, in); err != nil {
			return 0, err
		}
		rule := []any{in.Rank, in.NameZH, in.NameEN, in.Tone, in.Months, in.Nights, in.Stays, in.Spend, in.Any, in.GraceMonths, strings.Join(in.BenefitsZH, "\n"), strings.Join(in.BenefitsEN, "\n")}
		if in.ID != 0 {
			return in.ID, changed(tx.Run(`UPDATE club_tiers SET rank_no = ?, name_zh = ?, name_en = ?, tone = ?, months = ?, nights = ?, stays = ?, spend = ?, any_of = ?, grace_months = ?,
 benefits_zh = ?, benefits_en = ?, version = version + 1 WHERE id = ? AND club_id = ? AND version = ?`, append(rule, in.ID, in.ClubID, in.Version)...))
		}
		id, err := nextID(tx, "tier")
		if err == nil {
			_, err = tx.Run(`INSERT INTO club_tiers (rank_no, name_zh, name_en, tone, months, nights, stays, spend, any_of, grace_months, benefits_zh, benefits_en, id, club_id)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, append(rule, id, in.ClubID)...)
		}
		return id, err
	})
}

// free refuses a rank or a name that another level of the club has.
func free(tx *db.Tx, in Tier) error {
	var ranks []int
	if err := tx.Raw("SELECT rank_no FROM club_tiers WHERE club_id = ? AND id <> ? AND (rank_no = ? OR name_zh = ?)", in.ClubID, in.ID, in.Rank, in.NameZH).Scan(&ranks).Error; err != nil {
		return err
	}
	switch {
	case slices.Contains(ranks, in.Rank):
		return fault.Fields{"rank": {Key: "club.rank_taken"}}.Err()
	case len(ranks) > 0:
		return fault.Fields{"name_zh": {Key: "club.name_taken"}}.Err()
	}
	return nil
}

// Event is something a club invites its members to.
type Event struct {
	ID       int64
	ClubID   int64
	NameZH   string
	NameEN   string
	HeldOn   string
	Place    string
	BranchID int64
	Version  int64
	Came     int // how many came
}

// In is the name in a language.
func (e Event) In(lang string) string { return in(lang, e.NameZH, e.NameEN) }

// SaveEvent makes an event of a club, when its id is 0, or changes one.
func (s *Service) SaveEvent(ctx context.Context, a policies.Actor, in Event, key string) (int64, error) {
	if err := s.guard.Require(a, policies.ClubManage); err != nil {
		return 0, err
	}
	f := fault.Fields{}
	words(f, "name_zh", in.NameZH, 40, true)
	words(f, "name_en", in.NameEN, 40, true)
	words(f, "place", in.Place, 60, true)
	if _, err := time.Parse(time.DateOnly, in.HeldOn); err != nil {
		f.Add("held_on", "value.date_invalid", nil)
	}
	if in.BranchID == 0 {
		f.Add("branch", "error.choose", nil)
	}
	if err := f.Err(); err != nil {
		return 0, err
	}
	return s.save(ctx, a, key, "event", in.ID, fmt.Sprintf("%+v", in), func(tx *db.Tx) (int64, error) {
		var clubs []int64
		if err := tx.Raw("SELECT id FROM clubs WHERE id = ?", in.ClubID).Scan(&clubs).Error; err != nil {
			return 0, err
		}
		if len(clubs) == 0 {
			return 0, errNotFound
		}
		if in.ID != 0 {
			return in.ID, changed(tx.Run("UPDATE club_events SET name_zh = ?, name_en = ?, held_on = ?, place = ?, branch_id = ?, version = version + 1 WHERE id = ? AND club_id = ? AND version = ?",
				in.NameZH, in.NameEN, in.HeldOn, in.Place, in.BranchID, in.ID, in.ClubID, in.Version))
		}
		id, err := nextID(tx, "club_event")
		if err == nil {
			_, err = tx.Run("INSERT INTO club_events (id, club_id, name_zh, name_en, held_on, place, branch_id, created_at, created_by) VALUES (?,?,?,?,?,?,?,?,?)",
				id, in.ClubID, in.NameZH, in.NameEN, in.HeldOn, in.Place, in.BranchID, db.Millis(s.clock.Now()), a.StaffID)
		}
		return id, err
	})
}

// save writes a part of a club and puts it in force at everybody's next request.
func (s *Service) save(ctx context.Context, a policies.Actor, key, what string, id int64, asked string, write func(tx *db.Tx) (int64, error)) (int64, error) {
	once := db.Once{StaffID: a.StaffID, Key: key, Request: []string{"club", what, strconv.FormatInt(id, 10), asked}}
	answer, err := s.once(ctx, once, func(tx *db.Tx) (string, []audit.Event, error) {
		id, err := write(tx)
		if err != nil {
			return "", nil, err
		}
		if _, err := tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1"); err != nil {
			return "", nil, err
		}
		e := audit.By(a, "club.changed")
		e.Object = what + "." + strconv.FormatInt(id, 10)
		return strconv.FormatInt(id, 10), []audit.Event{e}, nil
	})
	if db.Duplicate(err) {
		return 0, fault.Fields{"prefix": {Key: "club.prefix_taken"}}.Err()
	}
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(answer, 10, 64)
}

// changed turns an update that met no row into a conflict.
func changed(n int64, err error) error {
	if err == nil && n != 1 {
		return errStale
	}
	return err
}

// nextID takes an id within the transaction: a db.Sequence takes its blocks in one
// of its own, which SQLite cannot begin now.
func nextID(tx *db.Tx, sequence string) (id int64, err error) {
	if err := changed(tx.Run("UPDATE sequences SET next = next + 1 WHERE name = ?", sequence)); err != nil {
		return 0, err
	}
	err = tx.Raw("SELECT next - 1 FROM sequences WHERE name = ?", sequence).Row().Scan(&id)
	return id, err
}
