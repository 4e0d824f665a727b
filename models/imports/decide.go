package imports

import (
	"context"
	"slices"

	"shuke/models/customer"
	"shuke/models/db"
)

// decider says of each row whom it is about. It looks at the rows of the present
// chunk in order and at what earlier ones left: in the database, or on the side
// where nothing is written.
type decider struct {
	db        *db.DB
	customers *customer.Service
	columns   *columns
	options   Options
	importID  int64
	seen      *seen
	side      *side // of a preview
	work      work

	met   map[string][]customer.Holder // by key, in the database
	who   map[int64]customer.Holder    // those of them, by id
	refs  map[string][]whom            // by key, of rows before
	marks map[string]bool              // of the chunk
	held  map[string]bool              // numbers that somebody has, by field and number
}

// whom is the customer a row is about: one who exists by id, one whom the chunk
// makes by its place in the batch. Whom earlier chunks of a preview would have
// made have ids below zero.
type whom struct {
	id    int64
	fresh customer.Ref
}

// numberFields are those whose values are said to be one person's.
var numberFields = []string{"document_no", "licence_no", "member_no"}

// sharing are the fields whose values are found by the key of the first.
var sharing = map[string][]string{
	"phone":       {"phone", "home_phone", "work_phone"},
	"document_no": {"document_no", "licence_no"},
	"licence_no":  {"document_no", "licence_no"},
}

// foundBy are the fields whose values lead to a customer by the key field.
func foundBy(key string) []string {
	if list := sharing[key]; list != nil {
		return list
	}
	return []string{key}
}

// begin reads, in few statements, what the rows of a chunk need to know.
func (d *decider) begin(ctx context.Context, rows []checked) error {
	d.refs, d.marks, d.held = map[string][]whom{}, map[string]bool{}, map[string]bool{}
	d.met, d.who = map[string][]customer.Holder{}, map[int64]customer.Holder{}
	if err := d.meetAll(ctx, rows); err != nil {
		return err
	}
	return d.work.begin(ctx, d, rows)
}

// meetAll finds the customers in the database who have the keys of the rows.
func (d *decider) meetAll(ctx context.Context, rows []checked) error {
	if d.options.Key == "" {
		return nil
	}
	var values []string
	for i := range rows {
		if rows[i].outcome == 0 {
			values = append(values, rows[i].said.All(d.options.Key)...)
		}
	}
	var err error
	if d.met, err = d.customers.HoldersOf(ctx, d.options.Key, values); err != nil {
		return err
	}
	for _, list := range d.met {
		for _, h := range list {
			d.who[h.ID] = h
		}
	}
	return nil
}

// numbers reads which numbers of the rows somebody has.
func (d *decider) numbers(ctx context.Context, rows []checked) error {
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
		for _, k := range keys {
			if held[k] || d.side.has("number "+field+" "+k) {
				d.held[field+" "+k] = true
			}
		}
	}
	return nil
}

// meet finds the customers who have the key of a row.
func (d *decider) meet(r *checked) ([]whom, error) {
	var out []whom
	add := func(w whom) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for _, value := range r.said.All(d.options.Key) {
		k, err := d.customers.SameKey(d.options.Key, value)
		if err != nil {
			return nil, err
		}
		for _, w := range d.refs[k] {
			add(w)
		}
		for _, h := range d.met[k] {
			add(whom{id: h.ID})
		}
		for _, id := range d.side.get("key " + k) {
			add(whom{id: id})
		}
	}
	return out, nil
}

// keyProblem speaks of the cell of the key.
func (d *decider) keyProblem(why Reason) Problem {
	at := d.columns.holding(d.options.Key)
	return Problem{Column: d.columns.label(at), Field: d.options.Key, Reason: why, column: at + 1}
}

// took notes what a row that was taken leaves of its customer: the values by
// which later rows find it, and its numbers.
func (d *decider) took(w whom, r *checked) error {
	if d.options.Key != "" {
		for _, field := range foundBy(d.options.Key) {
			for _, value := range r.said.All(field) {
				k, err := d.customers.SameKey(d.options.Key, value)
				if err != nil {
					return err
				}
				if !slices.Contains(d.refs[k], w) {
					d.refs[k] = append(d.refs[k], w)
				}
			}
		}
	}
	for _, field := range numberFields {
		for _, value := range r.said.All(field) {
			k, err := d.customers.SameKey(field, value)
			if err != nil {
				return err
			}
			d.held[field+" "+k] = true
		}
	}
	return nil
}

// say puts what a row says of its customer into the batch.
func (d *decider) say(b *customer.Batch, w whom, r *checked, said customer.Checked, from customer.Provenance) {
	switch {
	case w.id > 0:
		r.ref = b.JoinKnown(w.id, said, from)
	case w.id == 0:
		r.ref = b.Join(w.fresh, said, from)
	default: // a preview knows no more of it than that it would be there
		return
	}
	r.placed, r.saying = true, b.Last(r.ref)
}
