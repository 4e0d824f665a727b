package imports

import (
	"context"
	"slices"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
	"shuke/models/vault"
)

// Run imports a file. The report is right also when an error comes back: it
// says how far the import has come, and the same call goes on from there. The
// errors are faults: Invalid for options or a file that cannot be taken (then
// nothing was written), Conflict when another run of the same import is at
// work or the file changed meanwhile, Denied.
func (s *Service) Run(ctx context.Context, o Options) (Report, error) {
	p, err := s.prepare(ctx, o)
	if err != nil {
		return Report{}, err
	}
	b, found, err := s.begin(ctx, p.o, p.seen, p.hash, p.shape())
	if err != nil {
		return Report{}, err
	}
	w := p.writer(s, b, found)
	if b.undoing {
		return w.report, fault.New(fault.Conflict, "import.undoing")
	}
	if found {
		if w.report.Problems, err = s.problems(ctx, b.id, p.columns); err != nil || b.finished {
			return w.report, err
		}
	}
	table, err := openTable(ctx, p.o)
	if err != nil {
		return w.report, err
	}
	defer table.Close()
	return w.run(ctx, p.checker(s, table))
}

// prepared is an import of which everything is known but the rows.
type prepared struct {
	o       Options
	seen    survey
	cat     *customer.Catalogue
	columns *columns
	work    work
	hash    string   // of the options
	maps    []string // what people said of the columns, now or the last time
}

// prepare looks at the whole file and fits its columns, and writes nothing. With
// an error about a column that is missing comes what is known of the others.
func (s *Service) prepare(ctx context.Context, o Options) (*prepared, error) {
	if err := s.check(&o); err != nil {
		return nil, err
	}
	seen, err := look(ctx, o)
	if err != nil {
		return nil, err
	}
	o.NoHeader = o.NoHeader && seen.format.Kind != tabular.VCard // cards name what they say
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return nil, err
	}
	p := &prepared{o: o, seen: seen, cat: cat}
	if p.work, err = s.workOf(ctx, cat, o); err != nil {
		return nil, err
	}
	h := hints{width: len(seen.samples), words: p.work.vocabulary(), enough: func(c *columns) error { return p.work.enough(c, o) }}
	if h.remembered, err = s.remembered(ctx, o, seen.format.Headings); err != nil {
		return nil, err
	}
	if h.cells, err = s.guessed(ctx, o, seen, cat, h.words); err != nil {
		return nil, err
	}
	if p.columns, err = columnsOf(cat, seen.format, o, h); err != nil {
		if p.columns == nil {
			p = nil
		}
		return p, err
	}
	p.maps = slices.Clone(o.Maps)
	for _, arg := range h.remembered {
		if at := tabular.ColumnOf(arg, seen.format.Headings, o.NoHeader); at >= 0 && p.columns.taken[at].why == byMemory {
			p.maps = append(p.maps, arg)
		}
	}
	p.hash, err = o.hash()
	return p, err
}

func (p *prepared) shape() shape { return shape{p.o.Target, p.seen.format.Headings, p.maps} }

func (p *prepared) writer(s *Service, b begun, found bool) *writer {
	return &writer{Service: s, options: p.o, columns: p.columns, begun: b, file: p.seen.hash, report: newReport(b, found, p.seen, p.columns),
		decider: decider{db: s.db, customers: s.customers, columns: p.columns, options: p.o, importID: b.id, work: p.work}}
}

func (p *prepared) checker(s *Service, t *table) *checker {
	_, zone := p.o.place()
	return &checker{customers: s.customers, cat: p.cat, columns: p.columns, options: p.o, work: p.work, today: calendar.Today(s.clock.Now(), zone),
		table: t, hash: p.seen.hash, batchRows: s.batchRows}
}

func newReport(b begun, found bool, seen survey, c *columns) Report {
	r := Report{ImportID: b.id, Kind: seen.format.Kind, Sheet: seen.format.Sheet, Encoding: seen.format.Encoding, BOM: seen.format.BOM, Hidden: seen.format.HiddenColumns, Gzip: seen.format.Gzip,
		Delimiter: delimiterOf(seen.format), Total: seen.rows, Unmapped: slices.Concat(c.unmapped, seen.format.Ignored), Already: b.finished, Resumed: found && !b.finished && b.done.rows > 0}
	for at, t := range c.taken {
		if t.why == ByValues {
			r.ByValues = append(r.ByValues, c.label(at))
		}
	}
	for _, s := range seen.format.Sheets {
		if s.Name != r.Sheet {
			r.Sheets = append(r.Sheets, s.Name)
		}
	}
	r.come(b.done)
	return r
}

// come sets how far the import has come.
func (r *Report) come(p progress) {
	r.Rows, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned = p.rows, p.created, p.joined, p.refused, p.skipped, p.warned
}

// writer puts chunks into the database, one transaction each.
type writer struct {
	*Service
	options Options
	columns *columns
	begun   begun
	file    string
	report  Report
	key     vault.Key // the import's own, for rows that are nobody's
	decider decider
}

// run lets the checker work ahead of the writer by one chunk.
func (w *writer) run(ctx context.Context, c *checker) (Report, error) {
	owner := vault.Import(w.begun.id)
	keys, err := w.vault.Keys(ctx, owner)
	if err != nil {
		return w.report, err
	}
	w.key = keys[owner]
	w.decider.seen = newSeen(w.begun.done.rows > 0)
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
			return w.report, next.err
		}
		if err := w.write(ctx, next); err != nil {
			return w.report, err
		}
		if w.options.Progress != nil {
			w.options.Progress(w.report)
		}
		if next.last {
			return w.report, nil
		}
	}
	return w.report, ctx.Err()
}
