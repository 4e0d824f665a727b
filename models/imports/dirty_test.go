package imports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shuke/models/fault"
)

// dirty is a file as people send them, made here, with what must become of each
// row: "map[…]" what is known of the customer, "-" and reasons a refusal, "."
// an empty row, a total or a footer. Behind "~" stands what was taken and named.
type dirty struct {
	what   string
	file   string // name, which says nothing of the content
	data   []byte
	spoil  func(*Options)
	refuse string         // key of the file's refusal, in place of rows
	rows   map[int]string // by line or row of the sheet
	left   []string       // columns, properties and sheets left out
	never  []string       // what must not be in any fact
	hidden []string       // columns that were hidden
}

func TestEachCellOfADirtyFileIsReadRightOrNamed(t *testing.T) {
	all := slices.Concat(dirtyTexts(), dirtySheets(), dirtyCards())
	if len(all) < 25 {
		t.Errorf("only %d files", len(all))
	}
	s := openShop(t)
	for _, d := range all {
		t.Run(d.what, func(t *testing.T) { d.check(t, s) })
	}
}

func (d dirty) check(t *testing.T, s *shop) {
	path := filepath.Join(t.TempDir(), d.file)
	if err := os.WriteFile(path, d.data, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options(path)
	if d.spoil != nil {
		d.spoil(&o)
	}
	before := s.count(t, "SELECT COUNT(*) FROM customers")
	r, err := s.imports.Run(context.Background(), o)
	if d.refuse != "" {
		f, is := err.(*fault.Error)
		if !is || f.Kind != fault.Invalid || f.Text.Key != d.refuse || s.count(t, "SELECT COUNT(*) FROM customers") != before {
			t.Errorf("refused with %v, want %s", err, d.refuse)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	got := s.became(t, r)
	for line, want := range d.rows {
		if got[line] != want {
			t.Errorf("line %d\ngot  %s\nwant %s", line, got[line], want)
		}
	}
	for line, is := range got {
		if _, expected := d.rows[line]; !expected {
			t.Errorf("line %d is not expected: %s", line, is)
		}
		for _, word := range d.never {
			if strings.Contains(is, word) {
				t.Errorf("line %d holds %s", line, word)
			}
		}
	}
	if left := slices.Concat(r.Unmapped, r.Sheets); !slices.Equal(left, d.left) {
		t.Errorf("left out: %q, want %q", left, d.left)
	}
	if !slices.Equal(r.Hidden, d.hidden) {
		t.Errorf("hidden columns: %q", r.Hidden)
	}
}

// became says of each line what came of it.
func (s *shop) became(t *testing.T, r Report) map[int]string {
	t.Helper()
	rows, err := s.Main.Read(context.Background()).Raw("SELECT line, outcome, customer_id FROM import_rows WHERE import_id = ? ORDER BY n", r.ImportID).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	type one struct {
		line    int
		outcome Outcome
		id      int64
	}
	var all []one
	for rows.Next() {
		var o one
		if err := rows.Scan(&o.line, &o.outcome, &o.id); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	out := map[int]string{}
	for _, o := range all {
		named := ""
		for _, p := range r.Problems {
			if p.Line == o.line {
				named += " " + strings.TrimSpace(p.Field+" "+string(p.Reason))
			}
		}
		switch {
		case o.outcome == Refused:
			out[o.line] = "-" + named
		case o.outcome == Skipped:
			out[o.line] = "." + named
		case named != "":
			out[o.line] = fmt.Sprint(s.known(t, o.id)) + " ~" + named
		default:
			out[o.line] = fmt.Sprint(s.known(t, o.id))
		}
	}
	return out
}
