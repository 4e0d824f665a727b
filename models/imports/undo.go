package imports

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Undone says what an undo took back, over all its runs.
type Undone struct {
	ImportID  int64
	Customers int64 // that the import had made, and that are gone
	Restored  int64 // customers who are as they were
	Facts     int64 // that were taken back
	Stays     int64 // that are gone or as they were
}

// maxUndoReason is how long a reason may be, in characters.
const maxUndoReason = 200

var (
	errNoImport  = fault.New(fault.NotFound, "import.not_found")
	errObstacles = fault.New(fault.Conflict, "import.undo_obstacles")
	errUndoing   = fault.New(fault.Conflict, "import.undoing")
)

// undoing is an import on its way out.
type undoing struct {
	id     int64
	hash   string
	target Target
	begun  bool
	ended  bool
	rows   int64 // up to which it is done
	Undone
}

func (s *Service) loadUndoing(q *gorm.DB, id int64, lock string) (u undoing, err error) {
	var at, ended int64
	err = q.Raw("SELECT id, file_hash, target, undo_at, undone_at, undo_rows, undone_customers, undone_restored, undone_facts, undone_stays FROM imports WHERE id = ?"+lock, id).Row().
		Scan(&u.id, &u.hash, &u.target, &at, &ended, &u.rows, &u.Customers, &u.Restored, &u.Facts, &u.Stays)
	if db.NoRow(err) {
		return u, errNoImport
	}
	u.begun, u.ended, u.ImportID = at != 0, ended != 0, id
	return u, err
}

// Undo takes back everything an import did: customers it made are gone, values
// it ended are in force again, stays are as they were. The record of it stays,
// and its rows. It works in batches, each kept for itself; when it was cut short,
// the same call goes on. The errors are faults: Denied, NotFound, Invalid for
// want of a reason, Conflict when later work stands on it (see Undoable).
func (s *Service) Undo(ctx context.Context, a policies.Actor, id int64, reason string) (Undone, error) {
	if err := s.may(a); err != nil {
		return Undone{}, err
	}
	u, err := s.loadUndoing(s.db.Read(ctx), id, "")
	if err != nil || u.ended {
		return u.Undone, err
	}
	if !u.begun {
		if err := s.beginUndo(ctx, a, id, reason); err != nil {
			return u.Undone, err
		}
	}
	for more := true; more; {
		if more, err = s.undoStays(ctx, a, &u); err != nil {
			return u.Undone, err
		}
	}
	for more := u.target != ToStays; more; {
		if more, err = s.undoRows(ctx, a, &u); err != nil {
			return u.Undone, err
		}
	}
	return u.Undone, s.endUndo(ctx, a, &u)
}

// beginUndo looks for what stands in the way and keeps others from going on with
// the import.
func (s *Service) beginUndo(ctx context.Context, a policies.Actor, id int64, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || utf8.RuneCountInString(reason) > maxUndoReason {
		return fault.Fields{"reason": {Key: "import.undo_reason", Args: map[string]any{"Max": maxUndoReason}}}.Err()
	}
	in, err := s.Undoable(ctx, id)
	if err != nil {
		return err
	}
	if len(in) > 0 {
		return errObstacles
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE imports SET undo_at = ?, undo_by = ?, undo_reason = ? WHERE id = ? AND undo_at = 0", db.Millis(s.clock.Now()), a.StaffID, reason, id)
		if err != nil || n == 0 {
			return err // somebody else has begun: this call goes on with theirs
		}
		e := audit.By(a, "import.undo_begun")
		e.Object, e.Reason = strconv.FormatInt(id, 10), reason
		return s.log.Append(tx, e)
	})
}

// undoRows takes the customers of the next rows of the file as they were.
func (s *Service) undoRows(ctx context.Context, a policies.Actor, u *undoing) (more bool, err error) {
	from := u.rows
	ids, last, err := s.touchedBy(ctx, u.id, from)
	if err != nil || last == from {
		return false, err
	}
	owners := make([]string, len(ids))
	for i, id := range ids {
		owners[i] = vault.Customer(id)
	}
	keys, err := s.vault.Existing(ctx, owners...)
	if err != nil {
		return false, err
	}
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return false, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		now, err := s.loadUndoing(tx.DB, u.id, tx.Dialect.ForUpdate())
		if err != nil {
			return err
		}
		if now.rows != from {
			return errUndoing
		}
		b, err := s.judge(tx.DB, tx.Dialect.ForUpdate(), cat, u.id, ids)
		if err != nil {
			return err
		}
		if len(b.in) > 0 {
			return errObstacles // somebody worked with them since the undo began
		}
		back, err := b.back.Write(tx, keys, b.before.updated)
		if err != nil {
			return err
		}
		if err := b.before.restore(tx, back.Gone); err != nil {
			return err
		}
		now.rows, now.Facts = last, now.Facts+int64(back.Facts)
		now.Customers, now.Restored = now.Customers+int64(len(back.Gone)), now.Restored+int64(len(back.Restored))
		if _, err := tx.Run("UPDATE imports SET undo_rows = ?, undone_customers = ?, undone_restored = ?, undone_facts = ? WHERE id = ?", now.rows, now.Customers, now.Restored, now.Facts, u.id); err != nil {
			return err
		}
		*u = now
		if len(back.Gone)+len(back.Restored) == 0 {
			return nil
		}
		e := audit.By(a, "import.undone")
		e.Object = u.hash
		e.Details = []audit.Detail{{Name: "import", Value: strconv.FormatInt(u.id, 10)}, {Name: "facts", Value: strconv.Itoa(back.Facts)}}
		e.Details = append(append(e.Details, spanDetails("removed", back.Gone)...), spanDetails("restored", back.Restored)...)
		return s.log.Append(tx, e)
	})
	return err == nil, err
}

func spanDetails(name string, ids []int64) (out []audit.Detail) {
	for i, text := range spans(ids) {
		out = append(out, audit.Detail{Name: fmt.Sprintf("%s.%02d", name, i+1), Value: text})
	}
	return out
}

// touchedBy are the customers of the rows behind from whom the import made or
// added to, and the last of these rows; from itself when there are no more.
func (s *Service) touchedBy(ctx context.Context, importID, from int64) (ids []int64, last int64, err error) {
	rows, err := s.db.Read(ctx).Raw("SELECT n, outcome, customer_id FROM import_rows WHERE import_id = ? AND n > ? ORDER BY n LIMIT ?", importID, from, s.batchRows).Rows()
	if err != nil {
		return nil, from, err
	}
	last = from
	err = db.Each(rows, func() error {
		var outcome Outcome
		var id int64
		err := rows.Scan(&last, &outcome, &id)
		if id != 0 && (outcome == Created || outcome == Joined) {
			ids = append(ids, id)
		}
		return err
	})
	return slices.Compact(slices.Sorted(slices.Values(ids))), last, err
}

// endUndo destroys the keys of the customers who are gone, and lets the file be
// imported again. Their rows stay, and open no more: what is said of somebody
// whom nobody can look up any more is not kept readable.
func (s *Service) endUndo(ctx context.Context, a policies.Actor, u *undoing) error {
	if u.target == ToCustomers {
		for from := int64(0); ; {
			var rows []struct{ N, CustomerID int64 }
			if err := s.db.Read(ctx).Raw("SELECT n, customer_id FROM import_rows WHERE import_id = ? AND n > ? AND outcome = ? ORDER BY n LIMIT ?", u.id, from, Created, s.batchRows).Scan(&rows).Error; err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			owners := make([]string, len(rows))
			for i, r := range rows {
				owners[i], from = vault.Customer(r.CustomerID), r.N
			}
			if err := s.vault.Destroy(ctx, owners...); err != nil {
				return err
			}
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE imports SET undone_at = ?, options_hash = ? WHERE id = ? AND undone_at = 0", db.Millis(s.clock.Now()), "undone "+strconv.FormatInt(u.id, 10), u.id)
		if err != nil || n == 0 {
			return err
		}
		e := audit.By(a, "import.undo_ended")
		e.Object = strconv.FormatInt(u.id, 10)
		for _, d := range []struct {
			name string
			n    int64
		}{{"customers", u.Customers}, {"restored", u.Restored}, {"facts", u.Facts}, {"stays", u.Stays}} {
			e.Details = append(e.Details, audit.Detail{Name: d.name, Value: strconv.FormatInt(d.n, 10)})
		}
		return s.log.Append(tx, e)
	})
}

// batchOut is what the import did to some customers, and what stands on it.
type batchOut struct {
	made   map[int64]bool // customers whom the import made
	back   *customer.TakeBack
	before befores
	in     []Obstacle
}

// judge reads what the import did to customers, and what stands in its way.
func (s *Service) judge(q *gorm.DB, lock string, cat *customer.Catalogue, importID int64, ids []int64) (b batchOut, err error) {
	if b.made, err = madeBy(q, importID, ids); err != nil {
		return b, err
	}
	if b.back, err = s.customers.NewTakeBack(q, lock, cat, importID, ids, b.made); err != nil {
		return b, err
	}
	if b.before, err = readBefore(q, importID, ids); err != nil {
		return b, err
	}
	b.in, err = s.obstacles(q, importID, ids, b)
	return b, err
}

// madeBy are those of the customers whom the import made.
func madeBy(q *gorm.DB, importID int64, ids []int64) (map[int64]bool, error) {
	made := map[int64]bool{}
	if len(ids) == 0 {
		return made, nil
	}
	var list []int64
	err := q.Raw("SELECT r.customer_id FROM import_rows r JOIN imports i ON i.id = r.import_id WHERE r.customer_id IN ? AND r.import_id = ? AND r.outcome = ? AND i.target = ?",
		db.Padded(ids), importID, Created, ToCustomers).Scan(&list).Error
	for _, id := range list {
		made[id] = true
	}
	return made, err
}
