package imports

import (
	"context"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/tabular"
)

// Target is what the rows of a file become.
type Target string

// The targets. The zero value is ToCustomers.
const (
	ToCustomers   Target = "customers"   // people and firms, and facts about them
	ToPreferences Target = "preferences" // what customers said they want or never want
	ToStays       Target = "stays"       // visits
)

// Targets lists them all.
var Targets = []Target{ToCustomers, ToPreferences, ToStays}

// Mode says what a row does to a customer it meets.
type Mode string

// The modes. The zero value is Add.
const (
	Add    Mode = "add"    // adds what is new, and yields to better sources
	Update Mode = "update" // replaces what differs, as an edit would
)

// work is what a target does with the rows of a file. read runs ahead, beside
// the writer; the rest runs in the writer, in the order of the file, and in a
// preview all but write.
type work interface {
	// vocabulary is what its columns can be besides the key; nil for those that
	// take all fields of customers.
	vocabulary() *vocabulary
	// enough refuses columns of which no row could become anything.
	enough(c *columns, o Options) error
	// read takes the cells of a row apart and says what is wrong with them.
	read(c *checker, b *customer.Batch, row tabular.Row, out *checked)
	// begin reads what the rows of a chunk need to know, in few statements, once
	// the decider has met their customers.
	begin(ctx context.Context, d *decider, rows []checked) error
	// place decides on a row that has not been refused, and puts it into the batch.
	place(ctx context.Context, d *decider, b *customer.Batch, r *checked, from customer.Provenance) error
	// aside keeps what a chunk would have left behind, for a preview.
	aside(to *side)
	// number takes the ids that write will need.
	number(ctx context.Context) error
	// write stores what is not in the batch, in its transaction.
	write(tx *db.Tx, w *writer, rows []checked) error
}

// workOf is the work of a target.
func (s *Service) workOf(ctx context.Context, cat *customer.Catalogue, o Options) (work, error) {
	if o.Target == ToCustomers {
		return &people{}, nil
	}
	houses, err := s.branches(ctx)
	if err != nil {
		return nil, err
	}
	if o.Target == ToPreferences {
		return &wishes{cat: cat, houses: houses}, nil
	}
	return &visits{stays: s.stays, houses: houses, now: s.clock.Now()}, nil
}

// house is a branch as rows name it.
type house struct {
	id     int64
	code   string
	zh, en string
}

// branches are the branches of the business.
func (s *Service) branches(ctx context.Context) ([]house, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT id, code, name_zh, name_en FROM branches ORDER BY id").Rows()
	if err != nil {
		return nil, err
	}
	var out []house
	err = db.Each(rows, func() error {
		var h house
		err := rows.Scan(&h.id, &h.code, &h.zh, &h.en)
		out = append(out, h)
		return err
	})
	return out, err
}

// houseNamed finds a branch by its code or either name.
func houseNamed(houses []house, text string) (int64, bool) {
	for _, h := range houses {
		if tabular.Same(h.code, text) || h.zh == text || tabular.Same(h.en, text) {
			return h.id, true
		}
	}
	return 0, false
}
