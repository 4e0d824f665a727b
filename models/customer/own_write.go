package customer

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/fault"
)

// standing is what the database knows of an own field beside its definition.
type standing struct {
	Shape    int64 // counts changes after which a value may have to be stored otherwise
	workFrom int64 // customers above it are not in step yet, -1 when all are
}

// Settling reports whether values of an earlier shape are still being brought
// in step: sealed, or made keys of imports.
func (f Field) Settling() bool { return f.workFrom >= 0 }

// mark says that an own field has a value somewhere; with a code, that somebody
// gave that answer. It names no customer.
type mark struct{ field, code string }

// touch is what a transaction writes of own fields: the shapes it takes them to
// have, and the marks its values leave.
type touch struct {
	shapes map[string]int64
	marks  map[mark]bool
}

func touching(plans ...plan) touch {
	t := touch{map[string]int64{}, map[mark]bool{}}
	for _, p := range plans {
		t.with(p)
	}
	return t
}

func (t touch) with(p plan) {
	for key, f := range p.fields {
		if f.Own() {
			t.shapes[key] = f.Shape
		}
	}
	for _, fact := range p.added {
		f := p.fields[fact.Field]
		if !f.Own() {
			continue
		}
		t.marks[mark{f.Key, ""}] = true
		if f.Type == catalogue.Choice && !f.Sealed() && !fact.None {
			t.marks[mark{f.Key, p.plain[fact.N]}] = true
		}
	}
}

// errOvertaken says that an own field changed between the reading of a form or
// file and its writing: what was checked by the old definition is not stored by
// the new one. It is said of the whole form, which comes back as it was typed.
var errOvertaken = &fault.Error{Kind: fault.Conflict, Text: fault.Message{Key: "field.overtaken"}, Fields: fault.Fields{"": {Key: "field.overtaken"}}}

// hold keeps the own fields of a write as they are until it is durable, or fails
// when one has changed: so nothing is stored in the clear once a field is
// sensitive, and nothing at all once it is gone. It leaves the marks.
func (t touch) hold(tx *db.Tx) error {
	if len(t.shapes) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(t.shapes))
	rows, err := tx.Raw("SELECT f.k, f.shape, m.code FROM fields f LEFT JOIN field_marks m ON m.field = f.k WHERE f.k IN ?"+tx.Dialect.ForShare(), keys).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	shapes, left := map[string]int64{}, maps.Clone(t.marks)
	for rows.Next() {
		var key string
		var shape int64
		var code *string
		if err := rows.Scan(&key, &shape, &code); err != nil {
			return err
		}
		shapes[key] = shape
		if code != nil {
			delete(left, mark{key, *code})
		}
	}
	if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
		return err
	}
	if !maps.Equal(shapes, t.shapes) {
		return errOvertaken
	}
	return leave(tx, left)
}

func leave(tx *db.Tx, marks map[mark]bool) error {
	if len(marks) == 0 {
		return nil
	}
	var args []any
	for _, m := range slices.SortedFunc(maps.Keys(marks), func(a, b mark) int { return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.code, b.code)) }) {
		args = append(args, m.field, m.code)
	}
	_, err := tx.Run(tx.Dialect.InsertIgnore()+"field_marks (field, code) VALUES "+db.Rows(len(marks), 2), args...)
	return err
}

// withoutKeptAnswers leaves out values that say again an answer which is retired
// and stands: a form sends what it shows. Any other retired answer is refused
// when the values are checked.
func (s *Service) withoutKeptAnswers(ctx context.Context, cat *Catalogue, customerID int64, values []Value) ([]Value, error) {
	retired := func(v Value) bool {
		f, known := cat.Field(v.Field)
		return known && slices.ContainsFunc(f.Options, func(o catalogue.Option) bool { return o.Retired && o.Value == v.Text })
	}
	if !slices.ContainsFunc(values, retired) {
		return values, nil
	}
	facts, err := s.FactsInForce(ctx, customerID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(values), func(v Value) bool {
		return retired(v) && slices.ContainsFunc(facts, func(f Fact) bool {
			return f.slot() == slot{v.Field, v.Item} && f.Sealed == nil && f.Value == v.Text
		})
	}), nil
}
