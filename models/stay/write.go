package stay

import (
	"context"

	"shuke/models/db"
	"shuke/models/fault"
)

var (
	errNotFound = fault.New(fault.NotFound, "stay.not_found")
	errStale    = fault.New(fault.Conflict, "error.stale")
)

// Take reserves ids for n stays; call it before the transaction.
func (s *Store) Take(ctx context.Context, n int) (int64, error) { return s.ids.Take(ctx, n) }

// Insert adds a stay within a transaction and brings the totals of its customer
// in step. The stay has its id; what is left out is filled in.
func (s *Store) Insert(tx *db.Tx, in *Stay) error {
	s.complete(in)
	in.Version, in.CreatedAt = 1, in.UpdatedAt
	if _, err := tx.Run("INSERT INTO stays ("+columns+") VALUES "+db.Rows(1, width), in.args()...); err != nil {
		return err
	}
	return s.refresh(tx, in.CustomerID)
}

// complete derives what follows from the rest.
func (s *Store) complete(in *Stay) {
	if in.PublicID == "" {
		in.PublicID = NewID()
	}
	if in.Ref == "" { // none of another system: it is its own
		in.Ref = in.PublicID
	}
	if in.Currency == "" {
		in.Currency = "CNY"
	}
	if in.DepartOn == "" {
		in.DepartOn = in.ArriveOn
	}
	in.Nights = Nights(in.ArriveOn, in.DepartOn)
	in.UpdatedAt = s.clock.Now()
}

// Update writes a stay as it now is, if nobody else changed it since it was
// read, and brings the totals of its customers in step. Was is the customer it
// belonged to before.
func (s *Store) Update(tx *db.Tx, in *Stay, was int64) error {
	if err := s.Put(tx, in); err != nil {
		return err
	}
	if was != in.CustomerID {
		if err := s.refresh(tx, was); err != nil {
			return err
		}
	}
	return s.refresh(tx, in.CustomerID)
}

func (s *Store) put(tx *db.Tx, in *Stay) error {
	n, err := tx.Run(`UPDATE stays SET customer_id = ?, source = ?, ref = ?, status = ?, arrive_on = ?, depart_on = ?, eta = ?, arrived_at = ?, departed_at = ?, room = ?, room_type = ?, facing = ?, floor = ?,
 nights = ?, rate = ?, currency = ?, adults = ?, children = ?, party = ?, guest_name = ?, language = ?, note = ?, version = version + 1, updated_at = ?, linked = ? WHERE id = ? AND version = ?`,
		in.CustomerID, in.Source, in.Ref, in.Status, in.ArriveOn, in.DepartOn, in.ETA, db.Millis(in.ArrivedAt), db.Millis(in.DepartedAt), in.Room, in.RoomType, in.Facing, in.Floor,
		in.Nights, in.Rate, in.Currency, in.Adults, in.Children, in.Party, in.GuestName, in.Language, in.Note, db.Millis(in.UpdatedAt), in.Linked, in.ID, in.Version)
	if err != nil {
		return err
	}
	if n != 1 {
		return errStale
	}
	in.Version++
	return nil
}

// Lock reads a stay for change.
func Lock(tx *db.Tx, publicID string) (Stay, error) {
	if !ValidID(publicID) {
		return Stay{}, errNotFound
	}
	return one(tx, "public_id = ?", publicID)
}

// LockRef reads the stay of a reservation of another system for change; the
// second result says whether there is one.
func LockRef(tx *db.Tx, branchID int64, source, ref string) (Stay, bool, error) {
	out, err := one(tx, "branch_id = ? AND source = ? AND ref = ?", branchID, source, ref)
	if fault.Is(err, fault.NotFound) {
		return Stay{}, false, nil
	}
	return out, err == nil, err
}

func one(tx *db.Tx, where string, args ...any) (Stay, error) {
	out, err := Scan(tx.Raw("SELECT "+columns+" FROM stays WHERE "+where+tx.Dialect.ForUpdate(), args...).Row())
	if db.NoRow(err) {
		return Stay{}, errNotFound
	}
	return out, err
}

// Find reads a stay.
func (s *Store) Find(ctx context.Context, publicID string) (Stay, error) {
	if !ValidID(publicID) {
		return Stay{}, errNotFound
	}
	out, err := Scan(s.db.Read(ctx).Raw("SELECT "+columns+" FROM stays WHERE public_id = ?", publicID).Row())
	if db.NoRow(err) {
		return Stay{}, errNotFound
	}
	return out, err
}

// Of returns the latest stays of a customer, newest first, at most so many.
func (s *Store) Of(ctx context.Context, customerID int64, most int) ([]Stay, error) {
	return s.list(ctx, "SELECT "+columns+" FROM stays WHERE customer_id = ? ORDER BY arrive_on DESC, id DESC LIMIT ?", customerID, most)
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]Stay, error) {
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	var out []Stay
	err = db.Each(rows, func() error {
		one, err := Scan(rows)
		out = append(out, one)
		return err
	})
	return out, err
}

// LockNamed reads, for change, the one stay that is reserved for the day, has no
// number of another system, and whose guest's name is the same; none when there
// are several.
func LockNamed(tx *db.Tx, branchID int64, arriveOn string, same func(string) bool) (Stay, bool, error) {
	rows, err := tx.Raw(`SELECT s.public_id, COALESCE(c.name, s.guest_name), COALESCE(c.reading, '') FROM stays s LEFT JOIN customers c ON c.id = s.customer_id
 WHERE s.branch_id = ? AND s.arrive_on = ? AND s.status = 'reserved' AND s.ref = s.public_id`, branchID, arriveOn).Rows()
	if err != nil {
		return Stay{}, false, err
	}
	var found []string
	err = db.Each(rows, func() error {
		var id, name, reading string
		err := rows.Scan(&id, &name, &reading)
		if same(name) || same(reading) {
			found = append(found, id)
		}
		return err
	})
	if err != nil || len(found) != 1 {
		return Stay{}, false, err
	}
	out, err := Lock(tx, found[0])
	return out, err == nil, err
}

// InHouse returns the stays in house at a branch.
func (s *Store) InHouse(ctx context.Context, branchID int64) ([]Stay, error) {
	return s.list(ctx, "SELECT "+columns+" FROM stays WHERE branch_id = ? AND status = ?", branchID, InHouse)
}
