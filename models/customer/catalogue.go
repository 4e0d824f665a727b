package customer

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/models/phrase"
	"shuke/policies"
)

// Catalogue is the field catalogue in force: what may be known of a customer,
// and who may see and change it.
type Catalogue struct {
	Version int64
	fields  map[string]Field
	order   []string

	areas       []Area
	departments []Department
	gestures    []Gesture
	areaWords   []phrase.Words // of areas that have words of their own
}

// Field is a field with what this house decided about it.
type Field struct {
	catalogue.Field
	Reason  string // why it was switched on or off
	Edition int64  // version of the row, for stale forms
	standing
}

// Field returns a field by key.
func (c *Catalogue) Field(key string) (Field, bool) {
	f, ok := c.fields[key]
	return f, ok
}

// For lists the fields of a kind of customer in the order of the card. Fields
// that are off are left out unless all is set.
func (c *Catalogue) For(kind Kind, all bool) []Field {
	var out []Field
	for _, key := range c.order {
		if f := c.fields[key]; f.For(kind.String()) && (f.On || all) {
			out = append(out, f)
		}
	}
	// What only firms have comes before what they share with people: the name
	// first, and the groups in their own order.
	slices.SortStableFunc(out, func(a, b Field) int { return cmp.Compare(a.Shared(), b.Shared()) })
	return out
}

// Shared is 0 for a field of enterprises alone and 1 for every other: a sort key
// that puts the former first on their cards and leaves those of people alone.
func (f Field) Shared() int {
	if f.Kind == catalogue.Enterprise {
		return 0
	}
	return 1
}

// All lists every field.
func (c *Catalogue) All() []Field {
	out := make([]Field, len(c.order))
	for i, key := range c.order {
		out[i] = c.fields[key]
	}
	return out
}

// Sealed reports whether values of the field are encrypted and masked.
func (f Field) Sealed() bool { return f.Sensitivity == catalogue.Sensitive }

// Masked reports whether values are hidden until somebody gives a reason:
// sealed ones, and those by which the customer can be reached.
func (f Field) Masked() bool {
	return f.Sealed() || f.Type == catalogue.Phone || f.Type == catalogue.Email || f.Reach
}

// Hint is what may be seen of a masked value: of telephones and addresses of
// mail a part, of sealed values nothing.
func (f Field) Hint(value string) string {
	switch {
	case f.Sealed() || value == "":
		return ""
	case f.Type == catalogue.Phone:
		return phone.Mask(dialled(value))
	case f.Type == catalogue.Email:
		return email.Mask(value)
	case f.Reach:
		first, _ := utf8.DecodeRuneInString(value)
		return string(first) + "***"
	}
	return ""
}

// Birthday reports whether values are days of birth, of which pages show the month
// and, to whoever gives a reason, the day and year.
func (f Field) Birthday() bool {
	return f.Type == catalogue.Date && strings.HasSuffix(f.Key, "birth") && !f.Own()
}

// Repeats reports whether a customer can have several values of the field.
func (f Field) Repeats() bool { return f.Repeat != "" }

// MaySee reports whether the role may see values (for sealed fields: may reveal).
func (f Field) MaySee(r policies.Role) bool { return slices.Contains(f.See, string(r)) }

// MayChange reports whether the role may enter values.
func (f Field) MayChange(r policies.Role) bool { return slices.Contains(f.Change, string(r)) }

// Catalogue returns the catalogue of the version that the request's session
// saw, loading it when another version came into force.
func (s *Service) Catalogue(ctx context.Context, version int64) (*Catalogue, error) {
	s.catalogueLock.Lock()
	defer s.catalogueLock.Unlock()
	if s.catalogue != nil && s.catalogue.Version == version {
		return s.catalogue, nil
	}
	c, err := s.loadCatalogue(ctx)
	if err == nil {
		s.catalogue = c
	}
	return c, err
}

// CurrentCatalogue is Catalogue for callers without a session: commands, jobs.
func (s *Service) CurrentCatalogue(ctx context.Context) (*Catalogue, error) {
	var version int64
	if err := s.db.Read(ctx).Raw("SELECT version FROM fields_head WHERE id = 1").Row().Scan(&version); err != nil {
		return nil, err
	}
	return s.Catalogue(ctx, version)
}

func (s *Service) loadCatalogue(ctx context.Context) (*Catalogue, error) {
	c := &Catalogue{fields: map[string]Field{}}
	if err := s.db.Read(ctx).Raw("SELECT version FROM fields_head WHERE id = 1").Row().Scan(&c.Version); err != nil {
		return nil, err
	}
	rows, err := s.db.Read(ctx).Raw(fieldsSQL).Rows()
	if err != nil {
		return nil, err
	}
	if err := c.read(rows); err != nil {
		return nil, err
	}
	if err := s.loadAreas(ctx, c); err != nil {
		return nil, err
	}
	return c, s.loadGestures(ctx, c)
}

const fieldsSQL = "SELECT definition, is_on, purposes, reason, version, shape, work_from FROM fields"

// read takes in the rows of fieldsSQL.
func (c *Catalogue) read(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var definition, purposes string
		var f Field
		var on bool
		if err := rows.Scan(&definition, &on, &purposes, &f.Reason, &f.Edition, &f.Shape, &f.workFrom); err != nil {
			return err
		}
		var stored storedField
		if err := json.Unmarshal([]byte(definition), &stored); err != nil {
			return err
		}
		f.Field, f.Field.Order = stored.Field, stored.Order
		f.On, f.Purposes = on, lines(purposes)
		c.fields[f.Key] = f
		c.order = append(c.order, f.Key)
	}
	slices.SortFunc(c.order, func(a, b string) int { return cmp.Compare(c.fields[a].Order, c.fields[b].Order) })
	return rows.Err()
}

// storedField keeps the order beside the definition, whose own JSON leaves it out.
type storedField struct {
	catalogue.Field
	Order int `json:"order"`
}

// InstallCatalogue brings shipped fields that the database lacks into it and
// renews the definitions of those it has; what the house switched on or off,
// and for which purpose, stays.
func (s *Service) InstallCatalogue(ctx context.Context) error {
	shipped, err := catalogue.Shipped()
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		have := map[string]string{}
		rows, err := tx.Raw("SELECT k, definition FROM fields").Rows()
		if err != nil {
			return err
		}
		for rows.Next() {
			var k, definition string
			if err := rows.Scan(&k, &definition); err != nil {
				return cmp.Or(err, rows.Close())
			}
			have[k] = definition
		}
		if err := rows.Close(); err != nil {
			return err
		}
		return s.installFields(tx, shipped, have)
	})
}

func (s *Service) installFields(tx *db.Tx, shipped []catalogue.Field, have map[string]string) error {
	changed, now := false, db.Millis(s.clock.Now())
	for _, f := range shipped {
		text, err := json.Marshal(storedField{f, f.Order})
		if err != nil {
			return err
		}
		definition, known := have[f.Key]
		switch {
		case !known:
			_, err = tx.Run("INSERT INTO fields (k, definition, is_on, purposes, updated_at, updated_by) VALUES (?,?,?,?,?,0)",
				f.Key, string(text), f.On, joinLines(f.Purposes), now)
		case definition != string(text):
			_, err = tx.Run("UPDATE fields SET definition = ?, updated_at = ? WHERE k = ?", string(text), now, f.Key)
		default:
			continue
		}
		if err != nil {
			return err
		}
		changed = true
	}
	if !changed {
		return nil
	}
	_, err := tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1")
	return err
}
