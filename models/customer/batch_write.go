package customer

import (
	"slices"
	"time"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/email"
	stand "shuke/models/standing"
	"shuke/models/vault"
)

// insert writes the rows of new customers, many a statement.
func (r rows) insert(tx *db.Tx, now time.Time) error {
	if err := r.touched.hold(tx); err != nil {
		return err
	}
	if err := r.insertCustomers(tx); err != nil {
		return err
	}
	var args []any
	for i, c := range r.customers {
		for _, f := range r.facts[i] {
			args = append(args, factArgs(c.ID, f)...)
		}
	}
	if err := tx.InsertAll("INSERT INTO facts (customer_id, "+factColumns+") VALUES ", factWidth, args); err != nil {
		return err
	}
	fresh := make([]stand.New, len(r.customers))
	for i, c := range r.customers {
		fresh[i] = newStanding(c.ID, r.facts[i])
	}
	if err := stand.Added(tx, now, fresh...); err != nil {
		return err
	}
	args = args[:0]
	for i, c := range r.customers {
		args = append(args, preferencesArgs(c.ID, r.facts[i])...)
	}
	if err := tx.InsertAll(insertPreferencesSQL, preferenceWidth, args); err != nil {
		return err
	}
	args = args[:0]
	for _, k := range r.ownedKeys() {
		args = append(args, k.args(k.customerID, k.signed)...)
	}
	return tx.InsertAll("INSERT INTO customer_keys ("+keyColumns+") VALUES ", keyWidth, args)
}

// ownedKeys are the keys of all customers in the order of their table: neighbours
// lie on one page, which is then found once.
func (r rows) ownedKeys() []ownedKey {
	var out []ownedKey
	for i, c := range r.customers {
		for _, k := range r.keys[i] {
			out = append(out, ownedKey{k, c.ID, r.signed[i]})
		}
	}
	slices.SortFunc(out, compareOwned)
	return out
}

func (r rows) insertCustomers(tx *db.Tx) error {
	args := make([]any, 0, customerWidth*len(r.customers))
	for i, c := range r.customers {
		args = append(args, customerArgs(c, r.by[i], r.signed[i])...)
	}
	return tx.InsertAll("INSERT INTO customers ("+customerColumns+") VALUES ", customerWidth, args)
}

// merge fits values of a file to what is known: a telephone that is known is
// not added again, a new one takes a free place, and so with whole records
// such as documents. It also returns the facts of notes that are known.
func merge(customerID int64, inForce []Fact, entries []entry, k *vault.Key) (out []entry, again []Fact, err error) {
	plain := func(f Fact) (string, error) {
		if f.Sealed == nil || k == nil {
			return f.Value, nil
		}
		return k.Open(f.Sealed, f.row(customerID))
	}
	known := map[string]map[string]bool{} // values by field
	next := map[string]int{}              // free item by field or record
	for _, f := range inForce {
		value, err := plain(f)
		if err != nil {
			return nil, nil, err
		}
		if known[f.Field] == nil {
			known[f.Field] = map[string]bool{}
		}
		known[f.Field][value] = true
		next[f.Field] = max(next[f.Field], f.Item+1)
	}
	recordKnown, recordItem := records(entries, known, next)
	for _, e := range entries {
		switch {
		case !e.field.Repeats():
		case e.field.Record() == "":
			if knows(known[e.field.Key], e) {
				i := slices.IndexFunc(inForce, func(f Fact) bool { return e.note && f.Field == e.field.Key && !f.None && f.Value == e.value })
				if i >= 0 {
					again = append(again, inForce[i])
				}
				continue
			}
			e.item = next[e.field.Key]
			next[e.field.Key]++
		default:
			r := recordRef{e.field.Record(), e.item}
			if recordKnown[r] {
				continue
			}
			e.item = recordItem[r]
		}
		out = append(out, e)
	}
	return out, again, nil
}

// knows reports whether the value of an entry is among those known; capitals
// make no other address of email.
func knows(values map[string]bool, e entry) bool {
	if e.field.Type != catalogue.Email {
		return values[e.value]
	}
	for v := range values {
		if email.Key(v) == email.Key(e.value) {
			return true
		}
	}
	return false
}

// newStanding is what decides the standing of a customer who is being added: the
// channels of the first facts.
func newStanding(id int64, facts []Fact) stand.New {
	out := stand.New{CustomerID: id}
	for _, f := range facts {
		if c := string(f.Channel); !slices.Contains(out.Channels, c) {
			out.Channels = append(out.Channels, c)
		}
	}
	return out
}

type recordRef struct {
	record string
	item   int
}

// records decides for each record of the entries whether all of it is known,
// and else which item it becomes.
func records(entries []entry, known map[string]map[string]bool, next map[string]int) (map[recordRef]bool, map[recordRef]int) {
	all, items, free := map[recordRef]bool{}, map[recordRef]int{}, map[string]int{}
	for _, e := range entries {
		if r := e.field.Record(); r != "" {
			free[r] = max(free[r], next[e.field.Key])
		}
	}
	for _, e := range entries {
		r := recordRef{e.field.Record(), e.item}
		if r.record == "" {
			continue
		}
		if _, seen := all[r]; !seen {
			all[r], items[r] = true, free[r.record]
			free[r.record]++
		}
		all[r] = all[r] && known[e.field.Key][e.value]
	}
	return all, items
}

// Append records an event in the transaction of a batch.
func (s *Service) Append(tx *db.Tx, e audit.Event) error { return s.log.Append(tx, e) }
