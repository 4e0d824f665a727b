package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/imports"
	"shuke/models/tabular"
)

// What a heading of a source was read as the last time is offered the next. A
// mapping is kept by headings, since columns move between two files.

// Remembered reports whether a column is read as it was the last time.
const Remembered = "remembered"

func folded(heading string) string {
	return strings.ToLower(strings.Join(strings.Fields(heading), " "))
}

func (s *Service) recall(ctx context.Context, in Intake) (map[string]string, error) {
	var text string
	err := s.DB.Read(ctx).Raw("SELECT maps FROM intake_maps WHERE target = ? AND source = ?", string(in.Target), in.Source).Row().Scan(&text)
	if db.NoRow(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	return out, json.Unmarshal([]byte(text), &out)
}

// remembered sets the maps of a new intake to what its headings were read as in
// the last file of that source.
func (s *Service) remembered(ctx context.Context, in *Intake) error {
	if in.NoHeader {
		return nil
	}
	known, err := s.recall(ctx, *in)
	if err != nil || len(known) == 0 {
		return err
	}
	for i, c := range s.columns(ctx, *in) {
		if field, ok := known[folded(c.Heading)]; ok && folded(c.Heading) != "" {
			in.Maps = append(in.Maps, fmt.Sprintf("%d=%s", i+1, field))
		}
	}
	return nil
}

// IsRemembered tells the columns, by number from 1, whose map is that of the last
// file of the source.
func (s *Service) IsRemembered(ctx context.Context, in Intake) (map[int]bool, error) {
	known, err := s.recall(ctx, in)
	out := map[int]bool{}
	for i, c := range in.Report.Columns {
		field, ok := known[folded(c.Heading)]
		out[i+1] = ok && in.MapOf(i+1) == field
	}
	return out, err
}

// remember keeps what the headings of this file are read as.
func (s *Service) remember(tx *db.Tx, in Intake) error {
	if in.NoHeader || len(in.Maps) == 0 {
		return nil
	}
	known, size := map[string]string{}, 0
	for i, c := range in.Report.Columns {
		heading, field := folded(c.Heading), in.MapOf(i+1)
		if field == "" || heading == "" {
			continue
		}
		// What does not fit is asked again with the next file.
		written, err := json.Marshal(map[string]string{heading: field})
		if err != nil {
			return err
		}
		if size+len(written) > mostMaps {
			continue
		}
		known[heading], size = field, size+len(written)
	}
	text, err := json.Marshal(known)
	if err != nil {
		return err
	}
	_, err = tx.Run("INSERT INTO intake_maps (target, source, maps, saved_at, saved_by) VALUES (?,?,?,?,?)"+
		tx.Dialect.Upsert("target, source", "maps = new.maps", "saved_at = new.saved_at", "saved_by = new.saved_by"),
		string(in.Target), in.Source, string(text), db.Millis(s.Clock.Now()), in.ChangedBy)
	return err
}

// MapOf is what somebody said of a column, by number from 1: a field, "-" for
// none, "" when nobody said anything.
func (set Settings) MapOf(column int) string {
	for _, m := range set.Maps {
		if at, field, ok := strings.Cut(m, "="); ok && at == fmt.Sprint(column) {
			return field
		}
	}
	return ""
}

// shown is a cell of which nobody knows yet what it is: one that could be a number
// of somebody is masked.
func shown(cell string) string {
	digits := 0
	for _, r := range width.Fold.String(cell) {
		if r == '@' {
			return customer.Sealed
		}
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits > mostDigits {
		return customer.Sealed
	}
	return cell
}

// mostDigits are as many as a year has; a telephone's or a document's has more.
const mostDigits = 4

// samples is how many rows are looked at for what a column holds.
const samples = 3

// columns reads the headings and a few cells of a file, for a mapping table of a
// file that cannot be taken as it is mapped. Of a file that cannot be read at all
// there are none.
func (s *Service) columns(ctx context.Context, in Intake) []imports.PreviewColumn {
	file, err := s.open(ctx, in)
	if err != nil {
		return nil
	}
	defer file.Close()
	table, err := tabular.Apart(ctx, file, tabular.Options{NoHeader: in.NoHeader, Sheet: in.Sheet})
	if err != nil {
		return nil
	}
	defer table.Close()
	var out []imports.PreviewColumn
	headings := table.Format().Headings
	guesses := tabular.Guess(headings)
	for i, h := range headings {
		c := imports.PreviewColumn{Heading: h, Guessed: true}
		if i < len(guesses) && !in.NoHeader {
			c.Field = guesses[i].Field
		}
		out = append(out, c)
	}
	for range samples {
		row, err := table.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.Errors.Warn("intake: a file for its headings", "intake", in.ID, "error", "unreadable")
			}
			break
		}
		for i, cell := range row.Cells {
			for len(out) <= i && in.NoHeader {
				out = append(out, imports.PreviewColumn{})
			}
			if i < len(out) && strings.TrimSpace(cell) != "" {
				out[i].Samples = append(out[i].Samples, shown(cell))
			}
		}
	}
	for i := range out {
		if said := in.MapOf(i + 1); said != "" {
			out[i].Field, out[i].Guessed = strings.TrimPrefix(said, "-"), false
		}
	}
	return out
}
