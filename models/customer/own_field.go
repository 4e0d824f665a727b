package customer

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// MostOwnFields is how many fields a house may make itself: more than that is a
// database of its own.
const MostOwnFields = 200

// firstOwn is where own fields begin in the order of the catalogue: behind all
// that is shipped, now or later.
const firstOwn = 1_000_000

// longestSlug leaves room for the prefix and a number in a key of 48.
const longestSlug = 36

// AddOwnField makes a field of the house's own and returns its key. It is in
// force everywhere at the next request. The same draft sent again under its key
// makes no second one.
func (s *Service) AddOwnField(ctx context.Context, a policies.Actor, d OwnDraft, onceKey string) (key string, err error) {
	if err := s.guard.Require(a, policies.FieldManage); err != nil {
		return "", err
	}
	once := db.Once{StaffID: a.StaffID, Key: onceKey, Request: []string{"field", fmt.Sprintf("%+v", d)}}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		cat, err := lockCatalogue(tx)
		if err != nil {
			return err
		}
		if before, done, err := once.Before(tx); err != nil || done {
			key = before
			return err
		}
		f, err := d.fresh(cat)
		if err != nil {
			return err
		}
		key = f.Key
		if err := s.insertField(tx, a, f); err != nil {
			return err
		}
		if err := once.After(tx, key, s.clock.Now()); err != nil {
			return err
		}
		e := audit.By(a, "field.added")
		e.Object, e.Details = key, describe(f)
		return s.log.Append(tx, e)
	})
	return key, err
}

// fresh checks a draft of a new field and gives it key and place.
func (d OwnDraft) fresh(cat *Catalogue) (catalogue.Field, error) {
	problems := d.Check(cat.All(), nil)
	own := cat.Own()
	if len(own) >= MostOwnFields {
		problems.Add("", "own.too_many", map[string]any{"Max": MostOwnFields})
	}
	if err := problems.Err(); err != nil {
		return catalogue.Field{}, err
	}
	f := d.Field()
	f.Key, f.Order = cat.freeKey(f.Labels["en"]), firstOwn
	for _, o := range own {
		f.Order = max(f.Order, o.Order+10)
	}
	return f, lastWord(f)
}

// lastWord holds a field to the rules of shipped ones. What it finds is a gap in
// Check, so it is ours and not the person's.
func lastWord(f catalogue.Field) error {
	groups, err := catalogue.ShippedGroups()
	if err != nil {
		return err
	}
	return f.CheckOwn(groups)
}

// freeKey makes a key of the English name that no field has.
func (c *Catalogue) freeKey(name string) string {
	base := catalogue.OwnPrefix + catalogue.Slug(name, longestSlug)
	key := base
	for n := 2; ; n++ {
		if _, taken := c.fields[key]; !taken {
			return key
		}
		key = fmt.Sprintf("%s_%d", base, n)
	}
}

// Own lists the fields that the house made itself, in the order of making.
func (c *Catalogue) Own() []Field {
	return slices.DeleteFunc(c.All(), func(f Field) bool { return !f.Own() })
}

// lockCatalogue reads the catalogue as it is, and keeps everybody else from
// changing it until the transaction ends: two names that are the same must not
// be taken at once.
func lockCatalogue(tx *db.Tx) (*Catalogue, error) {
	c := &Catalogue{fields: map[string]Field{}}
	if err := tx.Raw("SELECT version FROM fields_head WHERE id = 1" + tx.Dialect.ForUpdate()).Row().Scan(&c.Version); err != nil {
		return nil, err
	}
	rows, err := tx.Raw(fieldsSQL).Rows()
	if err != nil {
		return nil, err
	}
	return c, c.read(rows)
}

func (s *Service) insertField(tx *db.Tx, a policies.Actor, f catalogue.Field) error {
	text, err := json.Marshal(storedField{f, f.Order})
	if err != nil {
		return err
	}
	if _, err := tx.Run("INSERT INTO fields (k, definition, is_on, purposes, updated_at, updated_by) VALUES (?,?,?,?,?,?)",
		f.Key, string(text), true, joinLines(f.Purposes), db.Millis(s.clock.Now()), a.StaffID); err != nil {
		return err
	}
	return nextCatalogue(tx)
}

// nextCatalogue puts a change in force at the next request of everybody.
func nextCatalogue(tx *db.Tx) error {
	_, err := tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1")
	return err
}

// DeleteOwnField takes away a field of which nothing was ever stored. What has
// values can be switched off, never deleted.
func (s *Service) DeleteOwnField(ctx context.Context, a policies.Actor, key string, edition int64) error {
	if err := s.guard.Require(a, policies.FieldManage); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		cat, err := lockCatalogue(tx)
		if err != nil {
			return err
		}
		f, used, err := cat.lockOwn(tx, key, edition)
		if err != nil {
			return err
		}
		if used.any {
			return fault.New(fault.Conflict, "own.used_stays")
		}
		if _, err := tx.Run("DELETE FROM fields WHERE k = ?", key); err != nil {
			return err
		}
		if err := nextCatalogue(tx); err != nil {
			return err
		}
		e := audit.By(a, "field.deleted")
		e.Object, e.Details = key, describe(f.Field)
		return s.log.Append(tx, e)
	})
}

// used is what was ever stored of an own field.
type used struct {
	any     bool
	answers map[string]bool // codes of answers given while values were not sealed
}

// lockOwn locks an own field against writers of values, so that what was stored
// of it is known for the rest of the transaction.
func (c *Catalogue) lockOwn(tx *db.Tx, key string, edition int64) (Field, used, error) {
	u := used{answers: map[string]bool{}}
	f, known := c.Field(key)
	if !known || !f.Own() {
		return f, u, fault.New(fault.NotFound, "error.not_found")
	}
	var version int64
	if err := tx.Raw("SELECT version FROM fields WHERE k = ?"+tx.Dialect.ForUpdate(), key).Row().Scan(&version); err != nil {
		return f, u, err
	}
	if version != edition || f.Edition != edition {
		return f, u, fault.New(fault.Conflict, "error.stale")
	}
	var codes []string
	if err := tx.Raw("SELECT code FROM field_marks WHERE field = ?", key).Scan(&codes).Error; err != nil {
		return f, u, err
	}
	u.any = len(codes) > 0
	for _, code := range codes {
		u.answers[code] = code != ""
	}
	return f, u, nil
}

// OwnFieldUsed reports whether anything was ever stored of an own field.
func (s *Service) OwnFieldUsed(ctx context.Context, key string) (bool, error) {
	var codes []string
	err := s.db.Read(ctx).Raw("SELECT code FROM field_marks WHERE field = ? AND code = ''", key).Scan(&codes).Error
	return len(codes) > 0, err
}

// describe writes a field down for the record: what the house decided, in codes.
func describe(f catalogue.Field) []audit.Detail {
	d := DraftOf(f)
	yes := map[bool]string{true: "yes", false: "no"}
	details := []audit.Detail{
		{Name: "label_zh", Value: d.NameZH}, {Name: "label_en", Value: d.NameEN}, {Name: "help_zh", Value: d.HelpZH}, {Name: "help_en", Value: d.HelpEN},
		{Name: "kind", Value: d.Kind}, {Name: "group", Value: d.Group}, {Name: "company_group", Value: d.CompanyGroup}, {Name: "type", Value: d.Type},
		{Name: "options", Value: strings.ReplaceAll(d.Options, "\n", "; ")}, {Name: "length", Value: d.Length}, {Name: "unit", Value: strings.Trim(d.UnitZH+" "+d.UnitEN, " ")},
		{Name: "several", Value: yes[d.Several]}, {Name: "none_allowed", Value: yes[d.NoneAllowed]}, {Name: "sensitivity", Value: d.Sensitivity},
		{Name: "open_reason", Value: d.OpenReason}, {Name: "purposes", Value: strings.Join(d.Purposes, ",")}, {Name: "benefit_zh", Value: d.BenefitZH}, {Name: "benefit_en", Value: d.BenefitEN},
		{Name: "half_life", Value: d.HalfLife}, {Name: "see", Value: strings.Join(d.See, ",")}, {Name: "change", Value: strings.Join(d.Change, ",")},
		{Name: "band", Value: d.Band}, {Name: "glance", Value: d.Glance}, {Name: "import_key", Value: yes[d.ImportKey]},
	}
	return slices.DeleteFunc(details, func(d audit.Detail) bool { return d.Value == "" })
}
