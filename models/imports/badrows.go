package imports

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/tabular"
	"shuke/models/vault"
	"shuke/policies"
)

// BadRow is a row of which something was wrong, as it came.
type BadRow struct {
	Line     int
	Cells    []string // nil when nobody can read it any more: its customer was erased, or a month has passed
	Problems []Problem
}

// storedImport is what is kept of how a file was read.
type storedImport struct {
	hash, format, delimiter string
	shape                   shape
}

func (s *Service) stored(ctx context.Context, id int64) (in storedImport, err error) {
	var sealed []byte
	err = s.db.Read(ctx).Raw("SELECT file_hash, format, delimiter, shape FROM imports WHERE id = ?", id).Row().Scan(&in.hash, &in.format, &in.delimiter, &sealed)
	if db.NoRow(err) {
		return in, errNoImport
	}
	if err != nil {
		return in, err
	}
	in.shape, err = s.openShape(ctx, id, sealed)
	return in, err
}

// Headings are the headings of the file of an import, none when it had none.
func (s *Service) Headings(ctx context.Context, id int64) ([]string, error) {
	in, err := s.stored(ctx, id)
	return in.shape.Headings, err
}

// BadRows hands over every row of which something was wrong, refused or taken, in
// the order of the file; it holds a batch of them at a time. That the actor saw
// them is recorded first, and counted for the customers whose rows they are.
func (s *Service) BadRows(ctx context.Context, a policies.Actor, id int64, each func(BadRow) error) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.stored(ctx, id)
	if err != nil {
		return err
	}
	c := &columns{headings: in.shape.Headings}
	for from := int64(0); ; {
		rows, err := s.sealedRows(ctx, id, from)
		if err != nil {
			return err
		}
		if from > 0 && len(rows) == 0 {
			return nil
		}
		keys, err := s.showRows(ctx, a, id, in.hash, rows)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			out := BadRow{Line: r.line, Problems: c.stored(r.line, r.problems)}
			if key, there := keys[r.owner(id)]; there && r.sealed != nil {
				text, err := key.Open(r.sealed, original(id, r.n))
				if err != nil {
					return err
				}
				out.Cells = in.cells(text)
			}
			if err := each(out); err != nil {
				return err
			}
		}
		from = rows[len(rows)-1].n
	}
}

// sealedRow is a row as import_rows keeps it.
type sealedRow struct {
	n, customerID int64
	line          int
	problems      []storedProblem
	sealed        []byte
}

func (r sealedRow) owner(importID int64) string {
	if r.customerID != 0 {
		return vault.Customer(r.customerID)
	}
	return vault.Import(importID)
}

// badAtOnce is how many rows are opened at a time; each may have a megabyte.
const badAtOnce = 50

func (s *Service) sealedRows(ctx context.Context, importID, from int64) ([]sealedRow, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT n, line, customer_id, problems, sealed FROM import_rows WHERE import_id = ? AND n > ? AND problems <> '' ORDER BY n LIMIT ?", importID, from, badAtOnce).Rows()
	if err != nil {
		return nil, err
	}
	var out []sealedRow
	err = db.Each(rows, func() error {
		var r sealedRow
		var text string
		if err := rows.Scan(&r.n, &r.line, &r.customerID, &text, &r.sealed); err != nil {
			return err
		}
		err := json.Unmarshal([]byte(text), &r.problems)
		out = append(out, r)
		return err
	})
	return out, err
}

// showRows records that the actor sees the rows, and returns the keys that open
// them.
func (s *Service) showRows(ctx context.Context, a policies.Actor, id int64, hash string, rows []sealedRow) (map[string]vault.Key, error) {
	var customers []int64
	var owners []string
	for _, r := range rows {
		if r.customerID != 0 {
			customers = append(customers, r.customerID)
		}
		owners = append(owners, r.owner(id))
	}
	customers = slices.Compact(slices.Sorted(slices.Values(customers)))
	e := audit.By(a, "import.rows_read")
	e.Object = hash
	e.Details = []audit.Detail{{Name: "import", Value: strconv.FormatInt(id, 10)}, {Name: "rows", Value: strconv.Itoa(len(rows))}}
	if err := s.saw(ctx, a, e, customers); err != nil {
		return nil, err
	}
	return s.vault.Existing(ctx, slices.Compact(slices.Sorted(slices.Values(owners)))...)
}

// saw records what was shown of customers, durably, before it is. The ledger
// counts members of staff; nobody is one at the command line.
func (s *Service) saw(ctx context.Context, a policies.Actor, e audit.Event, customers []int64) error {
	if a.Via == policies.Command {
		return s.gate.Record(ctx, e)
	}
	return s.gate.Show(ctx, a, e, disclosure.Imported, max(MostPreviewed, badAtOnce), customers...)
}

// stored turns problems as they are kept into those of a report.
func (c *columns) stored(line int, list []storedProblem) []Problem {
	out := make([]Problem, len(list))
	for i, p := range list {
		out[i] = Problem{Line: line, Column: c.label(p.Column - 1), Field: p.Field, Reason: p.Reason, Refused: !p.Taken, column: p.Column}
	}
	return out
}

// asRead is what a sheet's cell was read of, which is kept behind its text.
var asRead = regexp.MustCompile(`(?s) \{[^{}]*\}$`)

// cells takes the text of a row apart as it was in the file.
func (in storedImport) cells(text string) []string {
	if tabular.Kind(in.format) == tabular.VCard {
		return cardCells(text)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, false
	if d, _ := utf8.DecodeRuneInString(in.delimiter); in.delimiter != "" {
		r.Comma = d
	}
	cells, err := r.Read()
	if err != nil {
		return []string{text}
	}
	for i := range cells {
		if tabular.Kind(in.format) == tabular.XLSX {
			cells[i] = asRead.ReplaceAllString(cells[i], "")
		}
	}
	return cells
}

// cardCells reads a card once more.
func cardCells(text string) []string {
	t, err := tabular.OpenTable(strings.NewReader(text), tabular.Options{})
	if err != nil {
		return []string{text}
	}
	row, err := t.Next()
	if err = errors.Join(err, t.Close()); err != nil || row.Fault != "" {
		return []string{text}
	}
	return row.Cells
}
