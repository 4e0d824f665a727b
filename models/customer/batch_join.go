package customer

import (
	"context"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"shuke/models/db"
	"shuke/models/fault"
	stand "shuke/models/standing"
	"shuke/models/vault"
)

// standsNow is what the database knows of a customer whom a batch joins.
type standsNow struct {
	customer Customer
	signed   signature
	facts    []Fact
	keys     map[key]bool
}

// Touched is a customer whom a batch has changed, as it was last changed before.
type Touched struct {
	ID        int64
	UpdatedAt time.Time
}

// Confirmed is a preference that was there and that a batch has confirmed, as it
// was confirmed before.
type Confirmed struct {
	CustomerID, N int64
	At            time.Time // of this confirmation
	Kept          bool      // it had a row of its own
	Before        Preference

	by Provenance
}

// joining are the customers of a batch who exist and of whom something is said,
// or all who exist, in order.
func (b *Batch) joining(all bool) (ids []int64) {
	for _, t := range b.targets {
		if !t.isNew && (all || len(t.sayings) > 0) {
			ids = append(ids, t.id)
		}
	}
	slices.Sort(ids)
	return ids
}

const lockManySQL = "SELECT " + identityColumns + ", signature_latin, signature_other FROM customers WHERE id IN ? ORDER BY id"

// standMany reads what is known of customers in a few statements, however many they
// are; lock keeps it so until the transaction ends.
func standMany(q *gorm.DB, ids []int64, lock string) (map[int64]*standsNow, error) {
	out := make(map[int64]*standsNow, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	padded := db.Padded(ids)
	rows, err := q.Raw(lockManySQL+lock, padded).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		s := &standsNow{keys: map[key]bool{}}
		c, err := scanCustomer(signedRow{rows, &s.signed})
		s.customer = c
		out[c.ID] = s
		return err
	})
	if err != nil {
		return nil, err
	}
	if rows, err = q.Raw("SELECT customer_id, "+factColumns+" FROM facts WHERE customer_id IN ? AND state = 0 ORDER BY customer_id, n", padded).Rows(); err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var id int64
		f, err := scanFact(rows, &id)
		if s := out[id]; s != nil {
			s.facts = append(s.facts, f)
		}
		return err
	})
	return out, err
}

// signedRow scans an identity and the signature behind it.
type signedRow struct {
	row scanner
	to  *signature
}

// Scan fills an identity and the signature.
func (r signedRow) Scan(into ...any) error {
	return r.row.Scan(append(into, &r.to.latin, &r.to.other)...)
}

func (k key) read(row scanner) (id int64, _ key, err error) {
	err = row.Scan(&id, &k.kind, &k.k)
	return id, k, err
}

func standKeys(tx *db.Tx, ids []int64, stands map[int64]*standsNow) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Raw("SELECT customer_id, kind, k FROM customer_keys WHERE customer_id IN ?", db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	return db.Each(rows, func() error {
		id, k, err := key{}.read(rows)
		if s := stands[id]; s != nil {
			s.keys[k] = true
		}
		return err
	})
}

// joined is what a batch does to one customer who exists.
type joinedPlan struct {
	stands  *standsNow
	was     Touched
	changed bool
	plans   []plan
	at      []time.Time // of each plan
	known   []Confirmed
}

// plan works out what is said of a customer, saying by saying.
func (t *target) plan(s *standsNow, from asked, k *vault.Key) (*joinedPlan, error) {
	out := &joinedPlan{stands: s, was: Touched{t.id, s.customer.UpdatedAt}}
	c, inForce := &s.customer, s.facts
	for i := range t.sayings {
		say := &t.sayings[i]
		entries, met, err := merge(t.id, inForce, from.may(t.id, inForce, say.entries), k)
		if err != nil {
			return nil, err
		}
		for _, f := range met {
			out.known = append(out.known, Confirmed{CustomerID: t.id, N: f.N, At: say.from.heard(), by: say.from})
		}
		p, err := apply(t.id, c.Facts, inForce, entries, say.from, k)
		if err != nil {
			return nil, err
		}
		say.did = p.differences()
		if len(p.added)+len(p.ended) == 0 {
			continue
		}
		settle(c, p, say.from.At)
		c.Version++
		inForce, out.changed = p.inForce, true
		out.plans, out.at = append(out.plans, p), append(out.at, say.from.At)
	}
	return out, nil
}

// joinAll adds what a batch says of customers who exist: what is read does not
// grow with their number. It returns their public ids where anything was new.
func (b *Batch) joinAll(ctx context.Context, tx *db.Tx, keys map[string]vault.Key) ([]string, error) {
	b.touched, b.confirmed = nil, nil
	ids := b.joining(false)
	if len(ids) == 0 {
		return nil, nil
	}
	stands, err := standMany(tx.DB, ids, tx.Dialect.ForUpdate())
	if err != nil {
		return nil, err
	}
	from, err := b.ask(tx.DB, ids)
	if err != nil {
		return nil, err
	}
	var all []*joinedPlan
	var changed []int64
	for _, t := range b.targets {
		if t.isNew || len(t.sayings) == 0 {
			continue
		}
		s := stands[t.id]
		if s == nil {
			return nil, errNotFound
		}
		if from.refuses(t) {
			return nil, fault.New(fault.Conflict, "error.stale")
		}
		k := keys[vault.Customer(t.id)]
		j, err := t.plan(s, from, &k)
		if err != nil {
			return nil, err
		}
		b.confirmed = append(b.confirmed, j.known...)
		if j.changed {
			all, changed = append(all, j), append(changed, t.id)
			b.touched = append(b.touched, j.was)
		}
	}
	if b.confirmed, err = b.service.confirmAll(tx, b.confirmed, stands, b.cat); err != nil {
		return nil, err
	}
	if err := standKeys(tx, changed, stands); err != nil {
		return nil, err
	}
	if err := b.service.writeJoined(tx, all); err != nil {
		return nil, err
	}
	if len(changed) > 0 { // what a file says may be the first that is heard of them
		if err := stand.Refresh(tx, b.service.clock.Now(), changed...); err != nil {
			return nil, err
		}
	}
	var public []string
	for _, j := range all {
		public = append(public, j.stands.customer.PublicID)
	}
	return public, ctx.Err()
}

// writeJoined writes the plans of many customers: new rows many a statement,
// and a statement for each value that ends and each identity.
func (s *Service) writeJoined(tx *db.Tx, all []*joinedPlan) error {
	touched := touching()
	for _, j := range all {
		for _, p := range j.plans {
			touched.with(p)
		}
	}
	if err := touched.hold(tx); err != nil {
		return err
	}
	var facts, preferences []any
	for _, j := range all {
		id := j.stands.customer.ID
		rows, ended := j.rows()
		for _, e := range ended {
			n, err := tx.Run("UPDATE facts SET state = 1, ended_at = ?, ended_by = ? WHERE customer_id = ? AND state = 0 AND n = ?", db.Millis(e.at), e.by, id, e.n)
			if err != nil {
				return err
			}
			if n != 1 {
				return fault.New(fault.Conflict, "error.stale")
			}
		}
		for _, f := range rows {
			facts = append(facts, factArgs(id, f)...)
		}
		preferences = append(preferences, preferencesArgs(id, rows)...)
	}
	if err := tx.InsertAll("INSERT INTO facts (customer_id, "+factColumns+") VALUES ", factWidth, facts); err != nil {
		return err
	}
	if err := tx.InsertAll(insertPreferencesSQL, preferenceWidth, preferences); err != nil {
		return err
	}
	if err := s.writeIdentities(tx, all); err != nil {
		return err
	}
	for _, j := range all {
		for _, p := range j.plans {
			if err := s.tell(tx, j.stands.customer.ID, p.changes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeIdentities brings identity rows, look-up keys and signatures in step with
// the plans.
func (s *Service) writeIdentities(tx *db.Tx, all []*joinedPlan) error {
	var keys []any
	signed := map[int64]signature{}
	for _, j := range all {
		c, own := j.stands.customer, j.stands.keys
		came, gone, err := s.keysMoved(j.plans)
		if err != nil {
			return err
		}
		now, stale := keysAfter(own, sortedKeys(slices.Concat(keysOf(c), came)), gone)
		for _, k := range stale {
			if _, err := tx.Run("DELETE FROM customer_keys WHERE kind = ? AND k = ? AND customer_id = ?", k.kind, k.k, c.ID); err != nil {
				return err
			}
		}
		sign := signatureOf(now)
		for _, k := range now {
			if !own[k] || sign != j.stands.signed {
				keys = append(keys, k.args(c.ID, sign)...)
			}
		}
		if sign != j.stands.signed {
			signed[c.ID] = sign
		}
		args := append(identityArgs(c), c.Version, c.Facts, db.Millis(c.UpdatedAt), sign.latin, sign.other, c.ID)
		if _, err := tx.Run("UPDATE customers SET "+identitySet+", version = ?, facts = ?, updated_at = ?, signature_latin = ?, signature_other = ? WHERE id = ?", args...); err != nil {
			return err
		}
	}
	if err := signKeys(tx, keys); err != nil {
		return err
	}
	return signAllRecents(tx, signed)
}

// keysMoved are the keys of sealed values that came and went, over all plans.
func (s *Service) keysMoved(plans []plan) (came, gone []key, err error) {
	for _, p := range plans {
		newer, older, err := s.documentKeys(p)
		if err != nil {
			return nil, nil, err
		}
		came = slices.DeleteFunc(came, func(k key) bool { return slices.Contains(older, k) })
		gone = slices.DeleteFunc(gone, func(k key) bool { return slices.Contains(newer, k) })
		came, gone = append(came, newer...), append(gone, older...)
	}
	return came, gone, nil
}

type endedFact struct {
	n, by int64
	at    time.Time
}

// rows are the facts that the plans add, as they stand after the last of them,
// and those of before that end.
func (j *joinedPlan) rows() (added []Fact, ended []endedFact) {
	at := map[int64]int{}
	for i, p := range j.plans {
		for _, e := range p.ended {
			if mine, here := at[e.fact.N]; here { // came and went within the batch
				added[mine].State, added[mine].EndedAt, added[mine].EndedBy = Superseded, j.at[i], e.by
				continue
			}
			ended = append(ended, endedFact{e.fact.N, e.by, j.at[i]})
		}
		for _, f := range p.added {
			at[f.N] = len(added)
			added = append(added, f)
		}
	}
	return added, ended
}

// keysAfter is what replaceKeys leaves: the keys from now on, and those that go.
func keysAfter(have map[key]bool, want, gone []key) (now, stale []key) {
	wanted, remove := map[key]bool{}, map[key]bool{}
	for _, k := range want {
		wanted[k] = true
	}
	for _, k := range gone {
		remove[k] = !wanted[k]
	}
	now = slices.Clone(want)
	for k := range have {
		switch {
		case wanted[k]:
		case (k.kind == keyDocument || k.kind == keyOwn) && !remove[k]:
			now = append(now, k)
		default:
			stale = append(stale, k)
		}
	}
	return sortedKeys(now), sortedKeys(stale)
}

// signKeys inserts keys, or brings their signatures in step.
func signKeys(tx *db.Tx, args []any) error {
	most := tx.Dialect.RowsPerInsert(keyWidth)
	for len(args) > 0 {
		n := min(len(args)/keyWidth, most)
		if _, err := tx.Run("INSERT INTO customer_keys ("+keyColumns+") VALUES "+db.Rows(n, keyWidth)+
			tx.Dialect.Upsert("kind, k, customer_id", "signature_latin = new.signature_latin", "signature_other = new.signature_other"), args[:n*keyWidth]...); err != nil {
			return err
		}
		args = args[n*keyWidth:]
	}
	return nil
}

// signAllRecents brings the lists of lately seen customers in step: few of those
// of a file are on one.
func signAllRecents(tx *db.Tx, signed map[int64]signature) error {
	if len(signed) == 0 {
		return nil
	}
	var listed []int64
	err := tx.Raw("SELECT DISTINCT customer_id FROM recents WHERE branch_id IN (SELECT id FROM branches) AND customer_id IN ?", db.Padded(slices.Sorted(maps.Keys(signed)))).Scan(&listed).Error
	if err != nil {
		return err
	}
	for _, id := range listed {
		if err := signRecents(tx, id, signed[id]); err != nil {
			return err
		}
	}
	return nil
}

// confirmAll makes preferences fresh that were said again, and notes how they
// were confirmed before. One that was heard of later already stays as it is.
func (s *Service) confirmAll(tx *db.Tx, list []Confirmed, stands map[int64]*standsNow, cat *Catalogue) ([]Confirmed, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, c := range list {
		ids = append(ids, c.CustomerID)
	}
	type place struct{ customerID, n int64 }
	kept := map[place]Preference{}
	rows, err := tx.Raw("SELECT customer_id, "+preferenceColumns+" FROM preferences WHERE customer_id IN ?", db.Padded(ids)).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var id int64
		p, err := scanPreference(rows, &id)
		kept[place{id, p.N}] = p
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Confirmed
	var args []any
	for _, c := range list {
		at := slices.IndexFunc(stands[c.CustomerID].facts, func(f Fact) bool { return f.N == c.N })
		if at < 0 {
			continue // it came with this batch
		}
		fact := stands[c.CustomerID].facts[at]
		p, is := kept[place{c.CustomerID, c.N}]
		if !is {
			f, _ := cat.Field(fact.Field)
			p = cat.ReadPreference(f, fact.Value)
			p.N = fact.N
		}
		if !c.At.After(p.Fresh(fact)) {
			continue
		}
		if c.Kept, c.Before = is, p; slices.ContainsFunc(out, func(o Confirmed) bool { return o.CustomerID == c.CustomerID && o.N == c.N }) {
			continue
		}
		p.ConfirmedAt, p.ConfirmedBy, p.ConfirmedBranch = c.At, c.by.StaffID, c.by.BranchID
		out, args = append(out, c), append(args, preferenceArgs(c.CustomerID, p)...)
	}
	for _, row := range slices.Collect(slices.Chunk(args, preferenceWidth)) {
		if _, err := tx.Run(insertPreferencesSQL+db.Rows(1, preferenceWidth)+tx.Dialect.Upsert("customer_id, n",
			"confirmed_at = new.confirmed_at", "confirmed_by = new.confirmed_by", "confirmed_branch = new.confirmed_branch"), row...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Touched are the customers whom Write has changed, each as it was last changed
// before; for what runs in its transaction.
func (b *Batch) Touched() []Touched { return b.touched }

// Confirmed are the preferences that Write has confirmed.
func (b *Batch) Confirmed() []Confirmed { return b.confirmed }
