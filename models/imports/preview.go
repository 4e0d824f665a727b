package imports

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
)

// Preview is what a run of the same options would do, found out without writing
// anything.
type Preview struct {
	Report
	Columns []PreviewColumn
	Rows    []PreviewRow // the first rows of the file, of those a run would still take
}

// PreviewColumn is a column of the file and what it is taken for.
type PreviewColumn struct {
	Heading string
	Field   string // what it can be mapped to, "" for a column that is left out
	Guessed bool   // nobody said so
	Why     string // heading, values, map or remembered; "" for a column that is left out
	Samples []string
}

// PreviewRow is a row and what would become of it.
type PreviewRow struct {
	Line     int
	Outcome  Outcome
	PublicID string // of the customer it meets
	Name     string
	Changes  []PreviewChange
	Problems []Problem
}

// PreviewChange is a value that would be another: Was is "" where nothing is
// known. Values that are masked on pages are masked here.
type PreviewChange struct{ Field, Was, Is string }

// MostPreviewed is how many rows a preview shows at most.
const MostPreviewed = 200

// Preview reads the whole file, decides on every row as Run would, and shows
// for the first rows what would change. Nothing is written but the record that
// the actor saw the customers whom these rows meet. The errors are those of Run;
// where a column is missing, what the others are taken for comes with it.
func (s *Service) Preview(ctx context.Context, o Options, rows int) (Preview, error) {
	p, err := s.prepare(ctx, o)
	if err != nil && p != nil {
		return Preview{Columns: p.preview()}, err
	}
	if err != nil {
		return Preview{}, err
	}
	b, found, err := find(s.db.Read(ctx), p.seen.hash, p.hash)
	if err != nil {
		return Preview{}, err
	}
	if b.undoing {
		return Preview{}, fault.New(fault.Conflict, "import.undoing")
	}
	w := p.writer(s, b, found)
	out := Preview{Columns: p.preview()}
	if found {
		if w.report.Problems, err = s.problems(ctx, b.id, p.columns); err != nil {
			return Preview{}, err
		}
	}
	if !b.finished {
		if out.Rows, err = w.preview(ctx, p, min(rows, MostPreviewed)); err != nil {
			return Preview{}, err
		}
	}
	out.Report = w.report
	return out, nil
}

// preview goes through the rows as run does, and keeps on the side what run would
// find in the database.
func (w *writer) preview(ctx context.Context, p *prepared, shown int) (out []PreviewRow, err error) {
	table, err := openTable(ctx, w.options)
	if err != nil {
		return nil, err
	}
	defer table.Close()
	w.decider.seen = newSeen(w.begun.done.rows > 0)
	if w.decider.side, err = newSide(); err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, w.decider.side.close()) }()
	c := p.checker(w.Service, table)
	c.batchRows = max(c.batchRows, shown) // what is shown stands in one chunk
	within, stop := context.WithCancel(ctx)
	chunks := make(chan chunk, 1)
	go c.run(within, w.begun.done.rows, chunks)
	defer func() { // the file must not be closed under the checker
		stop()
		for range chunks {
		}
	}()
	for next := range chunks {
		if next.err != nil {
			return nil, next.err
		}
		if err := w.decide(ctx, next); err != nil {
			return nil, err
		}
		if out == nil && shown > 0 {
			if out, err = w.show(ctx, next, shown); err != nil {
				return nil, err
			}
		}
		w.decider.aside(next.rows)
		w.took(next.rows)
		if w.options.Progress != nil {
			w.options.Progress(w.report)
		}
		if next.last {
			return out, nil
		}
	}
	return nil, ctx.Err()
}

// aside keeps what the chunk would have left behind.
func (d *decider) aside(rows []checked) {
	id := func(w whom) int64 {
		if w.id != 0 {
			return w.id
		}
		return -rows[0].n - int64(w.fresh) // nobody else's: a row makes one customer at most
	}
	for k, list := range d.refs {
		for _, w := range list {
			d.side.put("key "+k, id(w))
		}
	}
	for m := range d.marks {
		d.side.put("mark "+m, 1)
	}
	for n := range d.held {
		d.side.put("number "+n, 1)
	}
	d.work.aside(d.side)
}

// show tells of the first rows what would change, once it is recorded that the
// customers among them were seen.
func (w *writer) show(ctx context.Context, c chunk, shown int) ([]PreviewRow, error) {
	if err := c.batch.Trial(ctx); err != nil {
		return nil, err
	}
	rows := c.rows[:min(shown, len(c.rows))]
	var ids []int64
	for i := range rows {
		if r := &rows[i]; r.placed && r.outcome != Refused && c.batch.Who(r.ref).ID != 0 {
			ids = append(ids, c.batch.Who(r.ref).ID)
		}
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if err := w.met(ctx, ids); err != nil {
		return nil, err
	}
	out := make([]PreviewRow, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		row := PreviewRow{Line: r.line, Outcome: r.outcome, Problems: r.problems}
		if r.placed && r.outcome != Refused {
			who := c.batch.Who(r.ref)
			row.PublicID, row.Name = who.PublicID, who.Name
			if r.outcome == Created && r.visit == nil {
				row.Name = r.said.Name()
			}
			if r.saying >= 0 {
				for _, d := range c.batch.Did(r.ref, r.saying) {
					was, is := d.Shown()
					if r.wish != nil && w.decider.work.(*wishes).cat.Read(r.wish.note.Words).Sensitive {
						is = customer.Sealed
					}
					row.Changes = append(row.Changes, PreviewChange{Field: d.Field.Key, Was: was, Is: is})
				}
			}
		}
		if r.visit != nil {
			row.Changes = append(row.Changes, r.visit.did...)
			row.Name = cmp.Or(row.Name, r.visit.texts["guest_name"])
		}
		out = append(out, row)
	}
	return out, nil
}

// met records which customers a preview shows, durably, before it does.
func (w *writer) met(ctx context.Context, ids []int64) error {
	e := audit.By(w.options.Actor, "import.previewed")
	e.Object = w.file
	e.Details = []audit.Detail{{Name: "customers", Value: strconv.Itoa(len(ids))}}
	return w.saw(ctx, w.options.Actor, e, ids)
}

// preview describes the columns.
func (p *prepared) preview() []PreviewColumn {
	region, _ := p.o.place()
	headings := p.seen.format.Headings
	out := make([]PreviewColumn, max(len(headings), len(p.seen.samples)))
	for i := range out {
		c := &out[i]
		if i < len(headings) {
			c.Heading = headings[i]
		}
		if i < len(p.columns.taken) {
			t := p.columns.taken[i]
			c.Field, c.Why = t.field, t.why
			c.Guessed = t.why == byHeading || t.why == ByValues
		}
		if i < len(p.seen.samples) {
			for _, cell := range p.seen.samples[i][:min(3, len(p.seen.samples[i]))] {
				c.Samples = append(c.Samples, p.sample(c.Field, cell, region))
			}
		}
	}
	return out
}

// sample is a cell as everybody may see it who may import.
func (p *prepared) sample(field, cell, region string) string {
	f, known := p.cat.Field(meaningOf(field))
	switch {
	case known && f.Sealed():
		return customer.Sealed
	case field == "words" && p.cat.Read(cell).Sensitive:
		return customer.Sealed
	case known && (f.Type == catalogue.Phone || f.Type == catalogue.Email) && masked(cell, region) == cell:
		return customer.Sealed // no number at all, and yet it may be one that somebody mistyped
	}
	return masked(cell, region)
}
