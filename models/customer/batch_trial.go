package customer

import (
	"context"

	"shuke/models/vault"
)

// Difference is what a saying does at one place: what was in force there, and
// what is then. Values are in the clear: Shown is for pages.
type Difference struct {
	Field   Field
	Item    int
	Was, Is string
}

// Shown are both values as pages may show them to everybody: of masked fields
// what Field.Hint leaves, of sealed ones nothing but that they are there.
func (d Difference) Shown() (was, is string) {
	return d.Field.Shown(d.Was), d.Field.Shown(d.Is)
}

// Sealed stands for a value that nobody sees without a reason.
const Sealed = "••••"

// Shown is a value as pages may show it without anybody giving a reason.
func (f Field) Shown(value string) string {
	switch {
	case value == "":
		return ""
	case f.Sealed(), f.Birthday():
		return Sealed
	case f.Masked():
		return f.Hint(value)
	}
	return value
}

// differences lists what the plan changes of what is in force, in its order.
func (p plan) differences() []Difference {
	was := map[int64]string{}
	for _, e := range p.ended {
		was[e.by] = p.previous[e.fact.N]
	}
	var out []Difference
	for _, f := range p.added {
		if f.State == InForce {
			out = append(out, Difference{p.fields[f.Field], f.Item, was[f.N], p.plain[f.N]})
		}
	}
	return out
}

// Trial works out what Write would do, and writes nothing: afterwards Did tells.
func (b *Batch) Trial(ctx context.Context) error {
	ids := b.joining(true)
	stands, err := standMany(b.service.db.Read(ctx), ids, "")
	if err != nil {
		return err
	}
	from, err := b.ask(b.service.db.Read(ctx), ids)
	if err != nil {
		return err
	}
	owners := make([]string, len(ids))
	for i, id := range ids {
		owners[i] = vault.Customer(id)
	}
	keys, err := b.service.vault.Existing(ctx, owners...)
	if err != nil {
		return err
	}
	for _, t := range b.targets {
		owner := vault.Customer(t.id)
		k, known := keys[owner]
		if !known {
			if k, err = b.service.vault.Unkept(owner); err != nil {
				return err
			}
		}
		if t.isNew {
			c := Customer{Kind: t.kind}
			_, _, err = b.facts(t, &c, k, touching())
			t.now = c
		} else if s := stands[t.id]; s == nil {
			err = errNotFound
		} else {
			t.now = s.customer
			_, err = t.plan(s, from, &k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Last is the number of the latest saying about a customer of the batch.
func (b *Batch) Last(ref Ref) int { return len(b.targets[ref].sayings) - 1 }

// Did tells after Trial or Write what a saying did.
func (b *Batch) Did(ref Ref, saying int) []Difference {
	return b.targets[ref].sayings[saying].did
}

// Who is the identity of a customer of the batch as it was before; of a new one
// it has no public id. It is known after Trial.
func (b *Batch) Who(ref Ref) Customer { return b.targets[ref].now }
