package customer

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"shuke/models/db"
	stand "shuke/models/standing"
	"shuke/models/vault"
	"shuke/models/webhook"
)

// TakeBack is what an import did to some customers, on its way out. It is read
// and judged before anything is written: later work must not stand on it.
type TakeBack struct {
	service  *Service
	cat      *Catalogue
	importID int64
	made     map[int64]bool // customers who are there for the import alone
	stands   map[int64]*standsNow
	past     map[int64][]Fact // ended and outranked
	ids      []int64
}

// Later says what stands on what an import did to a customer: edit, note or
// import, and how often.
type Later struct {
	CustomerID int64
	Reason     string
	Count      int
}

// What later work is.
const (
	LaterEdit   = "edit"
	LaterNote   = "note"
	LaterImport = "import"
)

// NewTakeBack reads all facts of the customers; with a transaction they stay as
// they are until it ends. made are those whom the import made.
func (s *Service) NewTakeBack(q *gorm.DB, lock string, cat *Catalogue, importID int64, ids []int64, made map[int64]bool) (*TakeBack, error) {
	t := &TakeBack{service: s, cat: cat, importID: importID, made: made, ids: ids, past: map[int64][]Fact{}}
	var err error
	if t.stands, err = standMany(q, ids, lock); err != nil || len(ids) == 0 {
		return t, err
	}
	rows, err := q.Raw("SELECT customer_id, "+factColumns+" FROM facts WHERE customer_id IN ? AND state IN (1, 2) ORDER BY customer_id, n", db.Padded(ids)).Rows()
	if err != nil {
		return nil, err
	}
	return t, db.Each(rows, func() error {
		var id int64
		f, err := scanFact(rows, &id)
		t.past[id] = append(t.past[id], f)
		return err
	})
}

// PublicID is how a customer of these is called outside, "" when it is gone.
func (t *TakeBack) PublicID(id int64) string {
	if s := t.stands[id]; s != nil {
		return s.customer.PublicID
	}
	return ""
}

// Facts are the numbers of the facts that the import brought a customer, with
// their fields and places.
func (t *TakeBack) Facts(id int64) map[int64]Value {
	out := map[int64]Value{}
	if s := t.stands[id]; s != nil {
		for _, f := range slices.Concat(s.facts, t.past[id]) {
			if f.ImportID == t.importID {
				out[f.N] = Value{Field: f.Field, Item: f.Item}
			}
		}
	}
	return out
}

// Later lists the facts that came later and stand on the import's: on a customer
// it made every one, else those in the place of one of its own.
func (t *TakeBack) Later() []Later {
	var out []Later
	for _, id := range t.ids {
		s := t.stands[id]
		if s == nil {
			continue
		}
		byReason := map[string]int{}
		all := slices.Concat(s.facts, t.past[id])
		mine, byN := map[int64]bool{}, map[int64]Fact{}
		for _, f := range all {
			mine[f.N], byN[f.N] = f.ImportID == t.importID, f
		}
		for _, f := range all {
			switch {
			case mine[f.N] && f.State == Superseded && !mine[f.EndedBy]:
				if next, ended := byN[f.EndedBy]; ended {
					byReason[t.reason(next)]++
				} else { // taken out, and nothing in its place
					byReason[t.reason(Fact{Field: f.Field})]++
				}
			case mine[f.N]:
			case t.made[id] && !mine[f.N] && !t.replaces(f, all, mine):
				byReason[t.reason(f)]++
			case f.State == Outranked && mine[f.EndedBy] && !t.made[id]:
				byReason[t.reason(f)]++
			}
		}
		for _, reason := range []string{LaterEdit, LaterNote, LaterImport} {
			if n := byReason[reason]; n > 0 {
				out = append(out, Later{id, reason, n})
			}
		}
	}
	return out
}

// replaces reports whether a fact is counted already, as the one that ended one
// of the import's.
func (t *TakeBack) replaces(f Fact, all []Fact, mine map[int64]bool) bool {
	return slices.ContainsFunc(all, func(o Fact) bool { return mine[o.N] && o.State == Superseded && o.EndedBy == f.N })
}

func (t *TakeBack) reason(f Fact) string {
	field, _ := t.cat.Field(f.Field)
	switch {
	case f.ImportID != 0:
		return LaterImport
	case field.Preference():
		return LaterNote
	}
	return LaterEdit
}

// TakenBack says what was taken back.
type TakenBack struct {
	Gone     []int64 // customers who are no more
	Restored []int64 // whose facts are as they were
	Facts    int
}

// Write takes it all back within the transaction that it was read in: the
// customers whom the import made, every fact it brought, and the facts that these
// had ended are in force again. at is when each customer was last changed before.
func (t *TakeBack) Write(tx *db.Tx, keys map[string]vault.Key, at map[int64]time.Time) (out TakenBack, err error) {
	var plans []*joinedPlan
	var told []string
	for _, id := range t.ids {
		s := t.stands[id]
		if s == nil {
			continue // an earlier batch took it out
		}
		mine := len(t.Facts(id))
		out.Facts += mine
		if t.made[id] {
			out.Gone = append(out.Gone, id)
			continue
		}
		if mine == 0 {
			continue
		}
		p, err := t.plan(id, keys)
		if err != nil {
			return out, err
		}
		identify(&s.customer, p.inForce)
		s.customer.Version++ // a form from meanwhile must not fit what comes next
		if when, known := at[id]; known {
			s.customer.UpdatedAt = when
		}
		out.Restored = append(out.Restored, id)
		plans = append(plans, &joinedPlan{stands: s, plans: []plan{p}})
		told = append(told, s.customer.PublicID)
	}
	if err := t.drop(tx, out); err != nil {
		return out, err
	}
	if err := standKeys(tx, out.Restored, t.stands); err != nil {
		return out, err
	}
	if err := t.restore(tx, plans); err != nil {
		return out, err
	}
	if len(out.Restored) > 0 {
		if err := stand.Refresh(tx, t.service.clock.Now(), out.Restored...); err != nil {
			return out, err
		}
	}
	return out, webhook.EmitAll(tx, webhook.CustomerChanged, told, t.service.clock.Now())
}

// plan is the way back of one customer: what comes into force again, and what
// ends for good.
func (t *TakeBack) plan(id int64, keys map[string]vault.Key) (plan, error) {
	s := t.stands[id]
	key, have := keys[vault.Customer(id)]
	open := func(f Fact) (string, error) {
		if f.Sealed == nil {
			return f.Value, nil
		}
		if !have {
			return "", vault.ErrDestroyed
		}
		return key.Open(f.Sealed, f.row(id))
	}
	p := plan{plain: map[int64]string{}, previous: map[int64]string{}, fields: map[string]Field{}}
	mine := t.Facts(id)
	back := map[slot]int64{}
	for _, f := range t.past[id] {
		if _, by := mine[f.EndedBy]; !by || f.State != Superseded || f.ImportID == t.importID {
			continue
		}
		value, err := open(f)
		if err != nil {
			return p, err
		}
		field, _ := t.cat.Field(f.Field)
		p.plain[f.N], p.fields[f.Field] = value, field
		f.State, f.EndedAt, f.EndedBy = InForce, time.Time{}, 0
		back[f.slot()] = f.N
		p.added = append(p.added, f)
	}
	for _, f := range s.facts {
		if f.ImportID != t.importID {
			p.inForce = append(p.inForce, f)
			continue
		}
		value, err := open(f)
		if err != nil {
			return p, err
		}
		field, _ := t.cat.Field(f.Field)
		p.previous[f.N], p.fields[f.Field] = value, field
		p.ended = append(p.ended, ending{f, back[f.slot()]})
	}
	p.inForce = append(p.inForce, p.added...)
	slices.SortFunc(p.inForce, func(a, b Fact) int { return int(a.N - b.N) })
	if !have {
		return p, p.readNumbers(id, nil)
	}
	return p, p.readNumbers(id, &key)
}

// drop removes what the import wrote: of customers it made everything.
func (t *TakeBack) drop(tx *db.Tx, out TakenBack) error {
	for _, id := range out.Gone { // those who follow let go of what they keep of them
		if err := t.service.tell(tx, id, t.gone(id)); err != nil {
			return err
		}
	}
	if len(out.Gone) > 0 {
		gone := db.Padded(out.Gone)
		for _, statement := range []string{
			"DELETE FROM customers WHERE id IN ?", "DELETE FROM facts WHERE customer_id IN ?", "DELETE FROM preferences WHERE customer_id IN ?",
			"DELETE FROM customer_keys WHERE customer_id IN ?", "DELETE FROM stay_totals WHERE customer_id IN ?", "DELETE FROM standings WHERE customer_id IN ?",
			"DELETE FROM recents WHERE branch_id IN (SELECT id FROM branches) AND customer_id IN ?",
		} {
			if _, err := tx.Run(statement, gone); err != nil {
				return err
			}
		}
	}
	if len(out.Restored) == 0 {
		return nil
	}
	// What follows must not be read by a database as one row after the other of
	// its own making: preferences go first, while their facts are there.
	restored := db.Padded(out.Restored)
	if _, err := tx.Run(`DELETE FROM preferences WHERE customer_id IN ? AND EXISTS
 (SELECT 1 FROM facts f WHERE f.customer_id = preferences.customer_id AND f.state IN (0, 1, 2) AND f.n = preferences.n AND f.import_id = ?)`, restored, t.importID); err != nil {
		return err
	}
	_, err := tx.Run("DELETE FROM facts WHERE customer_id IN ? AND state IN (0, 1, 2) AND import_id = ?", restored, t.importID)
	return err
}

// gone lists the facts in force of a customer who is no more.
func (t *TakeBack) gone(id int64) []Changed {
	var out []Changed
	for _, f := range t.stands[id].facts {
		out = append(out, Changed{Field: f.Field, Item: f.Item, Gone: true})
	}
	return out
}

// restore puts facts back into force, and brings identities and keys in step.
func (t *TakeBack) restore(tx *db.Tx, plans []*joinedPlan) error {
	for _, j := range plans {
		for _, f := range j.plans[0].added {
			if _, err := tx.Run("UPDATE facts SET state = 0, ended_at = 0, ended_by = 0 WHERE customer_id = ? AND state = 1 AND n = ?", j.stands.customer.ID, f.N); err != nil {
				return err
			}
		}
	}
	if err := t.service.writeIdentities(tx, plans); err != nil {
		return err
	}
	for _, j := range plans {
		if err := t.service.tell(tx, j.stands.customer.ID, j.plans[0].changes()); err != nil {
			return err
		}
	}
	return nil
}

// PutConfirmation makes a preference as confirmed as it was; one that had no row
// of its own has none again.
func PutConfirmation(tx *db.Tx, customerID, n int64, kept bool, at time.Time, by, branch int64) error {
	if !kept {
		_, err := tx.Run("DELETE FROM preferences WHERE customer_id = ? AND n = ?", customerID, n)
		return err
	}
	_, err := tx.Run("UPDATE preferences SET confirmed_at = ?, confirmed_by = ?, confirmed_branch = ? WHERE customer_id = ? AND n = ?", db.Millis(at), by, branch, customerID, n)
	return err
}
