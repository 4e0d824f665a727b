package imports

import (
	"context"
	"slices"

	"shuke/models/customer"
	"shuke/models/db"
)

// decider says of each row whom it makes or joins. It looks at the rows of the
// present chunk in order and at what earlier ones left in the database.
type decider struct {
	db        *db.DB
	customers *customer.Service
	columns   *columns
	options   Options
	importID  int64
	seen      *seen

	refs  map[string]customer.Ref // by key, within the chunk
	marks map[string]bool         // of the chunk
	held  map[string]bool         // numbers that somebody has, by field and number
}

// numberFields are those whose values are said to be one person's.
var numberFields = []string{"document_no", "licence_no", "member_no"}

// begin gets ready for the rows of a chunk.
func (d *decider) begin(ctx context.Context, rows []checked) error {
	d.refs, d.marks, d.held = map[string]customer.Ref{}, map[string]bool{}, map[string]bool{}
	for _, field := range numberFields {
		if d.columns.holding(field) < 0 {
			continue
		}
		var keys []string
		for i := range rows {
			if rows[i].outcome != 0 {
				continue
			}
			for _, value := range rows[i].said.All(field) {
				k, err := d.customers.SameKey(field, value)
				if err != nil {
					return err
				}
				keys = append(keys, k)
			}
		}
		held, err := d.customers.Held(ctx, field, keys)
		if err != nil {
			return err
		}
		for k := range held {
			d.held[field+" "+k] = true
		}
	}
	return nil
}

// place adds a row to the batch, or refuses it. ok is false when it was refused.
func (d *decider) place(ctx context.Context, b *customer.Batch, r *checked, from customer.Provenance) (ref customer.Ref, ok bool, err error) {
	keys, err := d.keys(r)
	if err != nil {
		return 0, false, err
	}
	if d.options.Key != "" {
		ref, met, err := d.meet(ctx, b, r, keys, from)
		if err != nil || met {
			d.know(keys, ref, r.outcome == Joined)
			return ref, r.outcome == Joined, err
		}
	}
	if ok, err := d.mayCreate(ctx, r); err != nil || !ok {
		return 0, false, err
	}
	if err := d.warnOfNumbers(r); err != nil {
		return 0, false, err
	}
	r.outcome = Created
	ref = b.Add(d.columns.kind, r.said, from)
	d.know(keys, ref, true)
	return ref, true, nil
}

// keys are the values of the key field, in the form in which they compare.
func (d *decider) keys(r *checked) (map[string]string, error) {
	out := map[string]string{}
	if d.options.Key == "" {
		return out, nil
	}
	for _, value := range r.said.All(d.options.Key) {
		k, err := d.customers.SameKey(d.options.Key, value)
		if err != nil {
			return nil, err
		}
		out[k] = value
	}
	return out, nil
}

func (d *decider) know(keys map[string]string, ref customer.Ref, taken bool) {
	for k := range keys {
		if taken {
			d.refs[k] = ref
		}
	}
}

// meet joins the row to the one customer who has its key. met is also true when
// the row is refused for its key.
func (d *decider) meet(ctx context.Context, b *customer.Batch, r *checked, keys map[string]string, from customer.Provenance) (ref customer.Ref, met bool, err error) {
	refs, ids := map[customer.Ref]bool{}, map[int64]bool{}
	for k, value := range keys {
		if ref, here := d.refs[k]; here {
			refs[ref] = true
			continue
		}
		holders, err := d.customers.Holders(ctx, d.options.Key, value, 2)
		if err != nil {
			return 0, false, err
		}
		for _, h := range holders {
			ids[h.ID] = true
		}
	}
	key := Problem{Column: d.columns.label(d.columns.holding(d.options.Key)), Field: d.options.Key, column: d.columns.holding(d.options.Key) + 1}
	switch {
	case len(refs)+len(ids) > 1:
		key.Reason = KeyAmbiguous
		r.refuse(key)
		return 0, true, nil
	case len(refs)+len(ids) == 0 && !d.options.Create:
		key.Reason = KeyUnknown
		r.refuse(key)
		return 0, true, nil
	}
	for ref = range refs {
		b.Join(ref, r.said, from)
		r.outcome = Joined
		return ref, true, nil
	}
	for id := range ids {
		r.outcome = Joined
		return b.JoinKnown(id, r.said, from), true, nil
	}
	return 0, false, nil
}

// mayCreate refuses rows that name nobody and those that say again what an
// earlier row of the file said.
func (d *decider) mayCreate(ctx context.Context, r *checked) (bool, error) {
	if r.said.Name() == "" || d.columns.kind == customer.Enterprise && r.said.Of("company_name") == "" {
		at := d.columns.holding(d.columns.nameKey)
		if slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Field == d.columns.nameKey }) {
			r.refuseAll() // what is wrong with the name says more
			return false, nil
		}
		r.refuse(Problem{Column: d.columns.label(at), Field: d.columns.nameKey, Reason: NameMissing, column: at + 1})
		return false, nil
	}
	return d.single(ctx, r)
}

// warnOfNumbers reports numbers that somebody has already, in the base or in
// the file. The row is taken: numbers of elsewhere repeat, and others may be
// mistyped on either side.
func (d *decider) warnOfNumbers(r *checked) error {
	for _, field := range numberFields {
		for _, value := range r.said.All(field) {
			k, err := d.customers.SameKey(field, value)
			if err != nil {
				return err
			}
			if at := d.columns.holding(field); d.held[field+" "+k] {
				r.warn(Problem{Column: d.columns.label(at), Field: field, Reason: NumberRepeats, column: at + 1})
			}
			d.held[field+" "+k] = true
		}
	}
	return nil
}
