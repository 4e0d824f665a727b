package imports

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// Outcome is what becomes of a row, as import_rows keeps it.
type Outcome int

// The outcomes.
const (
	Created Outcome = 1 // it made a customer or a stay
	Joined  Outcome = 2 // it was added to one
	Refused Outcome = 3
	Skipped Outcome = 4 // it says nothing, or was taken before
)

// String is the outcome as reports name it.
func (o Outcome) String() string {
	return [...]string{"", "created", "joined", "refused", "skipped"}[o]
}

// checked is a row whose cells were read and checked.
type checked struct {
	n        int64 // number of the row in the file, from 1
	line     int
	raw      string
	outcome  Outcome // refused or skipped; 0 while the writer has to decide
	said     customer.Checked
	wish     *wish  // of a row that says what somebody wants
	visit    *visit // of one that tells of a stay
	problems []Problem

	placed     bool // it stands in the batch, as this saying of this customer
	ref        customer.Ref
	saying     int
	customerID int64 // set by the writer
	sealed     []byte
}

func (r *checked) refuse(p Problem) {
	p.Line = r.line
	r.problems = append(r.problems, p)
	r.refuseAll()
}

// refuseAll refuses the row for what is reported of it.
func (r *checked) refuseAll() {
	r.outcome = Refused
	for i := range r.problems {
		r.problems[i].Refused = true
	}
}

func (r *checked) warn(p Problem) {
	p.Line = r.line
	r.problems = append(r.problems, p)
}

// chunk is what one transaction takes in.
type chunk struct {
	batch *customer.Batch
	rows  []checked
	last  bool
	err   error
}

// checker reads and checks rows ahead of the writer: telephones and dates cost
// as much as writing them does.
type checker struct {
	customers *customer.Service
	cat       *customer.Catalogue
	columns   *columns
	options   Options
	work      work
	today     calendar.Date
	table     *table
	hash      string // what the file's bytes must still come to
	batchRows int
	read      int64
}

// run sends chunks in the order of the file until its end, an error or the end
// of the context. Rows that an earlier run has done are stepped over.
func (c *checker) run(ctx context.Context, done int64, to chan<- chunk) {
	defer close(to)
	for c.read < done {
		if _, err := c.table.row(); err != nil {
			c.send(ctx, to, chunk{err: c.changed(err)})
			return
		}
		c.read++
	}
	for {
		next := c.chunk(ctx)
		if !c.send(ctx, to, next) || next.err != nil || next.last {
			return
		}
	}
}

func (c *checker) send(ctx context.Context, to chan<- chunk, next chunk) bool {
	select {
	case to <- next:
		return true
	case <-ctx.Done():
		return false
	}
}

// chunkBytes bounds a chunk of hostile rows, a megabyte each, so that neither
// memory nor a server's limit for one statement is reached.
const chunkBytes = 4 << 20

// chunk checks the rows of one transaction.
func (c *checker) chunk(ctx context.Context) chunk {
	region, _ := c.options.place()
	out := chunk{batch: c.customers.NewBatch(c.cat, region, c.today)}
	for size := 0; len(out.rows) < c.batchRows && size < chunkBytes; {
		row, err := c.table.row()
		if errors.Is(err, io.EOF) {
			out.last, out.err = true, c.unchanged()
			return out
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			out.err = err
			return out
		}
		c.read++
		size += len(row.Raw)
		out.rows = append(out.rows, c.check(out.batch, row))
	}
	return out
}

var errFileChanged = fault.New(fault.Conflict, "import.file_changed")

// unchanged compares the file as it was imported with the one looked at.
func (c *checker) unchanged() error {
	if sum, err := c.table.hash(); err != nil || sum != c.hash {
		return errors.Join(err, errFileChanged)
	}
	return nil
}

func (c *checker) changed(err error) error {
	if errors.Is(err, io.EOF) {
		return errFileChanged
	}
	return err
}

// check reads one row. What is wrong with it is reported; whether it is refused
// for that depends on the options, and whether it needs a name on the writer.
func (c *checker) check(b *customer.Batch, row tabular.Row) checked {
	out := checked{n: c.read, line: row.Line, raw: row.Raw}
	switch {
	case row.Fault != "" && len(row.Bad) == 0:
		out.refuse(Problem{Reason: Reason(row.Fault)})
		return out
	case row.Fault == "" && (row.Blank() || tabular.Footer(row.Cells)):
		out.outcome = Skipped
		return out
	}
	c.work.read(c, b, row, &out)
	if out.outcome == 0 {
		c.doubt(&out, row.Doubts)
	}
	return out
}

// facts reads the cells that say something of the customer.
func (c *checker) facts(b *customer.Batch, row tabular.Row, out *checked) *said {
	s := c.columns.read(row, c.today)
	entries, bad := b.Check(c.columns.kind, s.values, false)
	if len(bad) > 0 && s.mend(bad) {
		entries, bad = b.Check(c.columns.kind, s.values, false)
	}
	for _, v := range s.values { // in the order of the cells
		if m, wrong := bad[v.Slot()]; wrong {
			s.wrong(s.from[v.Slot()], v.Field, reasonOf(v.Field, m))
			delete(bad, v.Slot())
		}
	}
	out.said = entries
	c.settle(b, s, out)
	return s
}

// settle decides whether what is wrong with the cells refuses the row.
func (c *checker) settle(b *customer.Batch, s *said, out *checked) {
	s.inOrder()
	if len(s.problems) > 0 && c.options.KeepGood {
		out.said = c.good(b, s)
	} else if len(s.problems) > 0 {
		out.outcome = Refused
	}
	out.problems = s.problems
}

// doubt reports what is taken of a row and should be looked at all the same.
func (c *checker) doubt(out *checked, doubts []tabular.Bad) {
	for _, d := range doubts {
		if d.Column == 0 {
			out.warn(Problem{Reason: Reason(d.Reason)})
		}
		if i := slices.IndexFunc(c.columns.list, func(x column) bool { return x.at == d.Column-1 }); i >= 0 {
			x := c.columns.list[i]
			out.warn(Problem{Column: x.heading, Field: x.field.Key, Reason: Reason(d.Reason), column: d.Column})
		}
	}
}

// mend moves what a field cannot hold to where it can stand: a second number in
// the cell of a home telephone is one more telephone, and a word for "none" in
// the place of a number says nothing. It reports whether anything changed.
func (s *said) mend(bad fault.Fields) bool {
	before := len(s.values)
	moved := false
	for i := range s.values {
		v := &s.values[i]
		at, m := s.from[v.Slot()], bad[v.Slot()]
		switch {
		case m.Key == "value.one_only" && (v.Field == "home_phone" || v.Field == "work_phone"):
			v.Field, v.Item = "phone", s.next["phone"]
			s.next["phone"]++
			s.from[v.Slot()], moved = at, true
		case m.Key == noNumber:
			v.Text = ""
		}
	}
	s.values = slices.DeleteFunc(s.values, func(v customer.Value) bool { return v.Text == "" })
	return moved || len(s.values) < before
}

// good is what can be taken of a row with bad cells. Of a cell with several
// telephones those that are whole stay: the cell is reported all the same.
func (c *checker) good(b *customer.Batch, s *said) customer.Checked {
	bad := map[int]bool{}
	for i := range s.problems {
		s.problems[i].Refused = false
		bad[s.problems[i].column-1] = true
	}
	var parts []customer.Value
	for _, v := range s.values {
		if f, _ := c.cat.Field(v.Field); f.Type == catalogue.Phone && f.Repeat == catalogue.RepeatValue && bad[s.from[v.Slot()]] {
			for _, part := range strings.FieldsFunc(v.Text, func(r rune) bool { return strings.ContainsRune(";/,、；，", r) }) {
				parts = append(parts, customer.Value{Field: v.Field, Item: s.next[v.Field], Text: part})
				s.next[v.Field]++
			}
		}
	}
	_, broken := b.Check(c.columns.kind, parts, false)
	s.values = slices.DeleteFunc(s.values, func(v customer.Value) bool { return bad[s.from[v.Slot()]] })
	for _, v := range parts {
		if _, is := broken[v.Slot()]; !is {
			s.values = append(s.values, v)
		}
	}
	entries, _ := b.Check(c.columns.kind, s.values, false)
	return entries
}
