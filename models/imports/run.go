package imports

import (
	"context"
	"slices"

	"shuke/models/calendar"
	"shuke/models/tabular"
	"shuke/models/vault"
)

// Run imports a file. The report is right also when an error comes back: it
// says how far the import has come, and the same call goes on from there. The
// errors are faults: Invalid for options or a file that cannot be taken (then
// nothing was written), Conflict when another run of the same import is at
// work or the file changed meanwhile, Denied.
func (s *Service) Run(ctx context.Context, o Options) (Report, error) {
	if err := s.check(&o); err != nil {
		return Report{}, err
	}
	seen, err := look(ctx, o)
	if err != nil {
		return Report{}, err
	}
	o.NoHeader = o.NoHeader && seen.format.Kind != tabular.VCard // cards name what they say
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return Report{}, err
	}
	columns, err := columnsOf(cat, seen.format, o)
	if err != nil {
		return Report{}, err
	}
	options, err := o.hash()
	if err != nil {
		return Report{}, err
	}
	b, found, err := s.begin(ctx, o, seen.hash, options)
	if err != nil {
		return Report{}, err
	}
	w := &writer{Service: s, options: o, columns: columns, begun: b, file: seen.hash, report: newReport(b, found, seen, columns)}
	if found {
		if w.report.Problems, err = s.problems(ctx, b.id, columns); err != nil || b.finished {
			return w.report, err
		}
	}
	table, err := openTable(ctx, o)
	if err != nil {
		return w.report, err
	}
	defer table.Close()
	_, zone := o.place()
	return w.run(ctx, &checker{customers: s.customers, cat: cat, columns: columns, options: o, today: calendar.Today(s.clock.Now(), zone),
		table: table, hash: seen.hash, batchRows: s.batchRows})
}

func newReport(b begun, found bool, seen survey, c *columns) Report {
	r := Report{ImportID: b.id, Kind: seen.format.Kind, Sheet: seen.format.Sheet, Encoding: seen.format.Encoding, BOM: seen.format.BOM, Hidden: seen.format.HiddenColumns, Gzip: seen.format.Gzip,
		Total: seen.rows, Unmapped: slices.Concat(c.unmapped, seen.format.Ignored), Already: b.finished, Resumed: found && !b.finished && b.done.rows > 0}
	if seen.format.Delimiter != 0 {
		r.Delimiter = string(seen.format.Delimiter)
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
	w.decider = decider{db: w.db, customers: w.customers, columns: w.columns, options: w.options, importID: w.begun.id,
		seen: newSeen(w.begun.done.rows > 0)}
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
