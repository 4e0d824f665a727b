package demo

import (
	"context"
	"strconv"

	"shuke/models/db"
)

// House says what stands in a database.
type House int

// The states of a house.
const (
	Empty      House = iota
	Filled           // with invented data, by Fill
	HalfFilled       // Fill was cut short or is at work
	Real             // somebody works here
)

// Look tells what stands in a database.
func Look(ctx context.Context, d *db.DB) (House, error) {
	m, marked, err := readMark(ctx, d)
	switch {
	case err != nil:
		return Empty, err
	case marked && m.finished:
		return Filled, nil
	case marked:
		return HalfFilled, nil
	}
	for _, query := range []string{"SELECT id FROM staff LIMIT 1", "SELECT id FROM branches LIMIT 1", "SELECT id FROM customers LIMIT 1"} {
		var ids []int64
		if err := d.Read(ctx).Raw(query).Scan(&ids).Error; err != nil {
			return Empty, err
		}
		if len(ids) > 0 {
			return Real, nil
		}
	}
	return Empty, nil
}

// mark is what Fill leaves in the database about itself.
type mark struct {
	seed     uint64
	finished bool
}

func readMark(ctx context.Context, d *db.DB) (m mark, found bool, err error) {
	var seed string
	var finished int64
	err = d.Read(ctx).Raw("SELECT seed, finished_at FROM demo_fill WHERE id = 1").Row().Scan(&seed, &finished)
	if db.NoRow(err) {
		return mark{}, false, nil
	}
	if err != nil {
		return mark{}, false, err
	}
	m.finished = finished > 0
	m.seed, err = strconv.ParseUint(seed, 10, 64)
	return m, true, err
}

// begin marks the house, in the transaction that brings the first people.
func (f *filling) begin(tx *db.Tx) error {
	_, err := tx.Run("INSERT INTO demo_fill (id, seed, customers, started_at) VALUES (1, ?, ?, ?)",
		strconv.FormatUint(f.o.Seed, 10), f.o.Customers, db.Millis(f.Clock.Now()))
	return err
}
