package workbook

import (
	"errors"
	"io"
	"slices"
	"strconv"
)

// Row is a row of a sheet in which anything stands.
type Row struct {
	Number int // from 1
	Hidden bool
	Cells  []Cell // those that hold something, in order
}

// Rows gives the rows of a sheet from the first to the last.
type Rows struct {
	Merges []Merge // all of the sheet's, known before the first row

	book   *Book
	part   io.Closer
	m      *markup
	within string // the list of the sheet that is being read
	seen   bool   // its cells have begun
	number int    // of the last row
	hidden []span // columns
	merges []Merge
	strict bool // compare the merges met with those announced
}

// span is a run of columns.
type span struct{ from, to int }

// Rows begins to read a sheet, by its place in Sheets.
func (b *Book) Rows(sheet int) (*Rows, error) {
	merges, err := b.mergesOf(sheet)
	if err != nil {
		return nil, err
	}
	r, err := b.open(sheet)
	if err != nil {
		return nil, err
	}
	r.Merges, r.strict = merges, true
	return r, nil
}

func (b *Book) open(sheet int) (*Rows, error) {
	part, err := b.pack.open(b.Sheets[sheet].part, maxSheet)
	if err != nil {
		return nil, err
	}
	return &Rows{book: b, part: part, m: newMarkup(part)}, nil
}

// Close ends the reading.
func (r *Rows) Close() error { return r.part.Close() }

// HiddenColumn reports whether a column, from 1, was hidden. It is right once
// the first row was read.
func (r *Rows) HiddenColumn(column int) bool {
	return slices.ContainsFunc(r.hidden, func(s span) bool { return s.from <= column && column <= s.to })
}

// Next returns the next row that holds anything, io.EOF after the last.
func (r *Rows) Next() (Row, error) {
	for {
		row, err := r.next()
		if ended(err) && r.strict && !slices.Equal(r.Merges, r.merges) {
			return row, refuse(Damaged) // something in the file looked like what it was not
		}
		if err != nil || len(row.Cells) > 0 {
			return row, err
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) }

// next returns the next row, empty ones too.
func (r *Rows) next() (Row, error) {
	for {
		e, err := r.m.element()
		if err != nil {
			return Row{}, err
		}
		switch {
		case e.end:
			if e.depth == 2 {
				r.within = ""
			}
		case e.depth == 1 && e.name != "worksheet":
			return Row{}, refuse(Damaged)
		case e.depth == 2:
			r.within = e.name
			if e.name == "sheetData" && r.seen {
				return Row{}, refuse(Damaged)
			}
			r.seen = r.seen || e.name == "sheetData"
		case e.depth != 3:
		case r.within == "sheetData" && e.name == "row":
			return r.row(e)
		case r.within == "cols" && e.name == "col" && e.truth("hidden"):
			from, _ := strconv.Atoi(e.attr("min"))
			to, _ := strconv.Atoi(e.attr("max"))
			if r.hidden = append(r.hidden, span{from, to}); len(r.hidden) > MaxColumns {
				return Row{}, refuse(BeyondSheet)
			}
		case r.within == "mergeCells" && e.name == "mergeCell":
			if r.merges, err = addMerge(r.merges, e.attr("ref")); err != nil {
				return Row{}, err
			}
		}
	}
}

// row reads the row that has just begun.
func (r *Rows) row(e element) (Row, error) {
	number := r.number + 1
	if said := e.attr("r"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n <= r.number {
			return Row{}, refuse(Damaged)
		}
		number = n
	}
	if number > MaxRows {
		return Row{}, refuse(BeyondSheet)
	}
	r.number = number
	row := Row{Number: number, Hidden: e.truth("hidden") || e.attr("ht") == "0"}
	column, size, ordered := 0, 0, true
	for {
		in, err := r.m.element()
		if err != nil {
			return Row{}, cutShort(err)
		}
		switch {
		case in.end && in.depth == e.depth:
			return row, row.order(ordered)
		case in.end:
			continue
		case in.name != "c":
			err = r.m.skip()
		default:
			at := column + 1
			if ref := in.attr("r"); ref != "" {
				if at, err = columnOf(ref, number); err != nil {
					return Row{}, err
				}
			}
			if at > MaxColumns {
				return Row{}, refuse(BeyondSheet)
			}
			ordered, column = ordered && at > column, at
			var c Cell
			if c, err = r.cell(in); c.holds() {
				c.Column = at
				row.Cells = append(row.Cells, c)
				size += len(c.Text) + len(c.Raw)
			}
		}
		if err != nil {
			return Row{}, err
		}
		switch {
		case len(row.Cells) > MaxColumns:
			return Row{}, refuse(BeyondSheet)
		case size > maxRow:
			return Row{}, refuse(TooHeavy)
		}
	}
}

// order puts cells that came in disorder in order; two in one place are damage.
func (row *Row) order(already bool) error {
	if already {
		return nil
	}
	slices.SortFunc(row.Cells, func(a, b Cell) int { return a.Column - b.Column })
	for i := 1; i < len(row.Cells); i++ {
		if row.Cells[i].Column == row.Cells[i-1].Column {
			return refuse(Damaged)
		}
	}
	return nil
}

// columnOf reads the column of a reference such as AB12, which must be of the row.
func columnOf(ref string, row int) (int, error) {
	column, n, ok := reference(ref)
	switch {
	case !ok || n != row && n <= MaxRows:
		return 0, refuse(Damaged)
	case n > MaxRows || column > MaxColumns:
		return 0, refuse(BeyondSheet)
	}
	return column, nil
}

// reference reads AB12. Columns and rows are kept small enough to compare.
func reference(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 8 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return column, row, err == nil && i > 0 && row > 0 && ref[i] != '+'
}
