package stay

import (
	"context"
	"slices"

	"shuke/models/db"
	"shuke/models/standing"
)

// Sources lists where stays come from, in the order in which one number is
// looked for: a property system knows best.
var Sources = []string{ByLink, ByAPI, ByImport, ByHand}

// refsAtOnce is how many numbers one statement asks for.
const refsAtOnce = 100

// ByRefs finds the stays of a branch that have the numbers, of whatever source;
// of two with one number that of the source which comes first.
func (s *Store) ByRefs(ctx context.Context, branchID int64, refs []string) (map[string]Stay, error) {
	out := map[string]Stay{}
	for chunk := range slices.Chunk(refs, refsAtOnce) {
		asked := slices.Clone(chunk)
		for len(asked) < refsAtOnce { // one form of statement, prepared once
			asked = append(asked, chunk[0])
		}
		found, err := s.list(ctx, "SELECT "+columns+" FROM stays WHERE branch_id = ? AND source IN ? AND ref IN ?", branchID, Sources, asked)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if known, is := out[f.Ref]; !is || slices.Index(Sources, f.Source) < slices.Index(Sources, known.Source) {
				out[f.Ref] = f
			}
		}
	}
	return out, nil
}

// Many reads stays by id.
func (s *Store) Many(ctx context.Context, ids []int64) (map[int64]Stay, error) {
	out := map[int64]Stay{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := s.list(ctx, "SELECT "+columns+" FROM stays WHERE id IN ?", db.Padded(ids))
	for _, f := range found {
		out[f.ID] = f
	}
	return out, err
}

// LockMany reads stays for change, by id.
func LockMany(tx *db.Tx, ids []int64) (map[int64]Stay, error) {
	out := map[int64]Stay{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := tx.Raw("SELECT "+columns+" FROM stays WHERE id IN ? ORDER BY id"+tx.Dialect.ForUpdate(), db.Padded(ids)).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		one, err := Scan(rows)
		out[one.ID] = one
		return err
	})
	return out, err
}

// InsertMany adds stays that have their ids. The totals of their customers are
// for RefreshMany.
func (s *Store) InsertMany(tx *db.Tx, list []*Stay) error {
	args := make([]any, 0, width*len(list))
	for _, in := range list {
		s.complete(in)
		in.Version, in.CreatedAt = 1, in.UpdatedAt
		args = append(args, in.args()...)
	}
	return tx.InsertAll("INSERT INTO stays ("+columns+") VALUES ", width, args)
}

// Put writes a stay as it now is, if nobody else changed it since it was read.
// The totals of its customers are for RefreshMany.
func (s *Store) Put(tx *db.Tx, in *Stay) error {
	s.complete(in)
	return s.put(tx, in)
}

// Restore writes a stay as it was, but for its version, which goes on.
func (s *Store) Restore(tx *db.Tx, in *Stay) error { return s.put(tx, in) }

// RemoveMany takes stays out, with what was made ready for them.
func (s *Store) RemoveMany(tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.Run("DELETE FROM preparations WHERE stay_id IN ?", db.Padded(ids)); err != nil {
		return err
	}
	_, err := tx.Run("DELETE FROM stays WHERE id IN ?", db.Padded(ids))
	return err
}

// RefreshMany reckons the totals of customers anew from the stays themselves, in
// a few statements, and what they are to the house with them. Whoever has no stay
// any more has no totals. Levels of members follow at the next sweep.
func (s *Store) RefreshMany(tx *db.Tx, customers []int64) error {
	customers = slices.Compact(slices.Sorted(slices.Values(customers)))
	customers = slices.DeleteFunc(customers, func(id int64) bool { return id == 0 })
	if len(customers) == 0 {
		return nil
	}
	// The rows are taken first, in the order of ids: whoever changes another stay
	// of these customers at the same time waits here, and then reads both.
	for chunk := range slices.Chunk(customers, tx.Dialect.RowsPerInsert(4)) {
		var args []any
		for _, id := range chunk {
			args = append(args, id, 0, 0, 0)
		}
		if _, err := tx.Run("INSERT INTO stay_totals (customer_id, stays, nights, spend) VALUES "+db.Rows(len(chunk), 4)+tx.Dialect.Upsert("customer_id", "stays = stay_totals.stays"), args...); err != nil {
			return err
		}
	}
	rows, err := tx.Raw("SELECT customer_id, status, arrive_on, branch_id, room, nights, rate FROM stays WHERE customer_id IN ? ORDER BY customer_id, arrive_on, id", db.Padded(customers)).Rows()
	if err != nil {
		return err
	}
	var all []Totals
	err = db.Each(rows, func() error {
		var one Stay
		if err := rows.Scan(&one.CustomerID, &one.Status, &one.ArriveOn, &one.BranchID, &one.Room, &one.Nights, &one.Rate); err != nil {
			return err
		}
		if n := len(all); n == 0 || all[n-1].CustomerID != one.CustomerID {
			all = append(all, Totals{CustomerID: one.CustomerID})
		}
		all[len(all)-1].add(one)
		return nil
	})
	if err != nil {
		return err
	}
	if err := writeTotals(tx, all, customers); err != nil {
		return err
	}
	return standing.Refresh(tx, s.clock.Now(), customers...)
}

const totalsWidth = 11

// writeTotals writes totals many a statement, and removes those of customers who
// have none.
func writeTotals(tx *db.Tx, all []Totals, customers []int64) error {
	none := slices.Clone(customers)
	for chunk := range slices.Chunk(all, tx.Dialect.RowsPerInsert(totalsWidth)) {
		var args []any
		for _, t := range chunk {
			args = append(args, t.CustomerID, t.Stays, t.Nights, t.Spend, t.FirstOn, t.LastOn, t.LastBranchID, t.LastRoom, t.LastNights, t.NextOn, t.NextBranchID)
			none = slices.DeleteFunc(none, func(id int64) bool { return id == t.CustomerID })
		}
		_, err := tx.Run("INSERT INTO stay_totals (customer_id, stays, nights, spend, first_on, last_on, last_branch_id, last_room, last_nights, next_on, next_branch_id) VALUES "+db.Rows(len(chunk), totalsWidth)+
			tx.Dialect.Upsert("customer_id", "stays = new.stays", "nights = new.nights", "spend = new.spend", "first_on = new.first_on", "last_on = new.last_on", "last_branch_id = new.last_branch_id",
				"last_room = new.last_room", "last_nights = new.last_nights", "next_on = new.next_on", "next_branch_id = new.next_branch_id"), args...)
		if err != nil {
			return err
		}
	}
	if len(none) == 0 {
		return nil
	}
	_, err := tx.Run("DELETE FROM stay_totals WHERE customer_id IN ?", db.Padded(none))
	return err
}
