package tabular

import (
	"slices"

	"shuke/models/workbook"
)

// merges fill in what a cell merged downwards holds for each row it covers.
// What is merged sideways covers other columns, which say other things.
type merges struct {
	tall []workbook.Merge // those of several rows, by their first
	next int              // the first not yet reached
	open map[int]covering // by column
}

type covering struct {
	to   int
	cell workbook.Cell
}

func newMerges(all []workbook.Merge) merges {
	m := merges{open: map[int]covering{}}
	for _, one := range all {
		if one.ToRow > one.FromRow && one.FromColumn <= MaxColumns {
			m.tall = append(m.tall, one)
		}
	}
	slices.SortStableFunc(m.tall, func(a, b workbook.Merge) int { return a.FromRow - b.FromRow })
	return m
}

// reach is the last row into which merges from the row, or from above through
// it, go down, if that is within so many rows.
func (m *merges) reach(row, most int) int {
	bottom := row
	for _, one := range m.tall {
		if one.FromRow > row {
			break
		}
		if one.ToRow < row+most {
			bottom = max(bottom, one.ToRow)
		}
	}
	return bottom
}

// pass takes note of a row that is not given.
func (m *merges) pass(r workbook.Row) {
	for column, c := range m.open {
		if c.to < r.Number {
			delete(m.open, column)
		}
	}
	for ; m.next < len(m.tall) && m.tall[m.next].FromRow <= r.Number; m.next++ {
		one := m.tall[m.next]
		at := slices.IndexFunc(r.Cells, func(c workbook.Cell) bool { return c.Column == one.FromColumn })
		if one.FromRow == r.Number && at >= 0 {
			m.open[one.FromColumn] = covering{one.ToRow, r.Cells[at]}
		}
	}
}

// fill returns the row's cells with those that merges lay over it. A footer
// keeps its own.
func (m *merges) fill(r workbook.Row, footer bool) []workbook.Cell {
	m.pass(r)
	if footer || len(m.open) == 0 {
		return r.Cells
	}
	cells := r.Cells
	for column, c := range m.open {
		if !slices.ContainsFunc(r.Cells, func(own workbook.Cell) bool { return own.Column == column }) {
			filled := c.cell
			filled.Column = column
			cells = append(cells, filled)
		}
	}
	slices.SortFunc(cells, func(a, b workbook.Cell) int { return a.Column - b.Column })
	return cells
}
