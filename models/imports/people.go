package imports

import (
	"context"
	"maps"
	"slices"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/tabular"
)

// people makes and joins customers.
type people struct {
	kept customer.Keeping // what the customers of a chunk said of it
}

func (*people) vocabulary() *vocabulary { return nil }

func (*people) enough(c *columns, o Options) error { return c.enough(o) }

func (*people) read(c *checker, b *customer.Batch, row tabular.Row, out *checked) {
	c.settle(b, c.facts(b, row, out), out)
}

func (p *people) begin(ctx context.Context, d *decider, rows []checked) error {
	var err error
	if p.kept, err = d.customers.Keeping(ctx, slices.Sorted(maps.Keys(d.who))); err != nil {
		return err
	}
	return d.numbers(ctx, rows)
}

// place joins the row to the one customer who has its key, or makes one.
func (p *people) place(ctx context.Context, d *decider, b *customer.Batch, r *checked, from customer.Provenance) error {
	if d.options.Key != "" {
		met, err := d.meet(r)
		switch {
		case err != nil:
			return err
		case len(met) > 1:
			r.refuse(d.keyProblem(KeyAmbiguous))
			return nil
		case len(met) == 0 && !d.options.Create:
			r.refuse(d.keyProblem(KeyUnknown))
			return nil
		case len(met) == 1 && p.kept.Forgets(met[0].id):
			r.refuse(d.keyProblem(ConsentWithdrawn))
			return nil
		case len(met) == 1:
			p.warnOfWithheld(d, r, met[0].id)
			r.outcome = Joined
			d.say(b, met[0], r, r.said, from)
			return d.took(met[0], r)
		}
	}
	if ok, err := p.mayCreate(ctx, d, r); err != nil || !ok {
		return err
	}
	if err := p.warnOfNumbers(d, r); err != nil {
		return err
	}
	r.outcome = Created
	r.ref, r.placed = b.Add(d.columns.kind, r.said, from), true
	return d.took(whom{fresh: r.ref}, r)
}

// mayCreate refuses rows that name nobody and those that say again what an
// earlier row of the file said.
func (*people) mayCreate(ctx context.Context, d *decider, r *checked) (bool, error) {
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
func (*people) warnOfNumbers(d *decider, r *checked) error {
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

// warnOfWithheld names the cells that are left out because the customer no longer
// lets us keep such things. The rest of the row is taken.
func (p *people) warnOfWithheld(d *decider, r *checked, customerID int64) {
	for _, field := range p.kept.Withheld(customerID, r.said) {
		at := d.columns.holding(field)
		r.warn(Problem{Column: d.columns.label(at), Field: field, Reason: ConsentWithdrawn, column: at + 1})
	}
}

func (*people) aside(*side) {}

func (*people) number(context.Context) error { return nil }

func (*people) write(*db.Tx, *writer, []checked) error { return nil }
