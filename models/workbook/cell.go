package workbook

import (
	"strconv"
	"strings"
)

// Doubt says what is wrong with a cell, or what is to be known of it.
type Doubt string

// What a cell can have. With a fault its text is not known.
const (
	CellError  Doubt = "cell_error"   // #N/A, #VALUE!, or a value that is none
	DigitsLost Doubt = "digits_lost"  // a number of more than fifteen digits
	NoSuchDay  Doubt = "date_invalid" // a date whose number is no day
	NoValue    Doubt = "formula"      // a formula of which nobody kept the result
	Computed   Doubt = "formula_value"
	YearHidden Doubt = "date_year_hidden" // a date shown without its year, taken as shown
)

// Cell is a cell that holds something.
type Cell struct {
	Column int    // from 1
	Text   string // what a person saw, dates as 1990-03-05; "" with a fault
	Raw    string // what stands in the file, where that is something else
	Fault  Doubt
	Note   Doubt // the text is taken, but not without a word
}

func (c Cell) holds() bool { return strings.TrimSpace(c.Text) != "" || c.Fault != "" }

// longestFormula is how much of a formula is kept beside its value.
const longestFormula = 200

// cell reads the cell that has just begun.
func (r *Rows) cell(e element) (Cell, error) {
	var value, inline, formula string
	computed, valued := false, false
	for {
		in, err := r.m.element()
		if err != nil {
			return Cell{}, cutShort(err)
		}
		switch {
		case in.end && in.depth == e.depth:
			c, err := r.value(e, value, inline)
			if computed && err == nil {
				c.compute(formula, valued && (value != "" || e.attr("t") == "str"))
			}
			return c, err
		case in.end:
			continue
		case in.name == "v":
			value, err = r.m.text()
			valued = true
		case in.name == "f":
			formula, err = r.m.text()
			computed = true
		case in.name == "is":
			inline, err = r.m.rich()
		default:
			err = r.m.skip()
		}
		if err != nil {
			return Cell{}, err
		}
	}
}

// compute marks the cell as the result of a formula.
func (c *Cell) compute(formula string, valued bool) {
	if len(formula) > longestFormula {
		formula = strings.ToValidUTF8(formula[:longestFormula], "") + "…"
	}
	c.Raw = "=" + formula
	switch {
	case !valued && c.Fault == "":
		c.Text, c.Fault = "", NoValue
	case c.Fault == "" && c.Text != "":
		c.Note = Computed
	}
}

// value reads what the cell holds by its type.
func (r *Rows) value(e element, value, inline string) (Cell, error) {
	switch e.attr("t") {
	case "inlineStr":
		return Cell{Text: inline}, nil
	case "str":
		return Cell{Text: unescape(value)}, nil
	case "e":
		return Cell{Raw: value, Fault: CellError}, nil
	case "s":
		if value == "" {
			return Cell{}, nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return Cell{}, refuse(Damaged)
		}
		text, ok, err := r.book.shared(i)
		if err == nil && !ok {
			err = refuse(Damaged)
		}
		return Cell{Text: text}, err
	case "b":
		return truth(value), nil
	case "d":
		return Cell{Text: strings.TrimSuffix(strings.Replace(value, "T", " ", 1), " 00:00:00")}, nil
	}
	return r.numeric(e, strings.TrimSpace(value)), nil
}

func truth(value string) Cell {
	switch strings.TrimSpace(value) {
	case "1", "true":
		return Cell{Text: "TRUE"}
	case "0", "false":
		return Cell{Text: "FALSE"}
	case "":
		return Cell{}
	}
	return Cell{Raw: value, Fault: CellError}
}

func (r *Rows) numeric(e element, literal string) Cell {
	if literal == "" {
		return Cell{}
	}
	v, err := strconv.ParseFloat(literal, 64)
	if err != nil || strings.Trim(literal, "0123456789.+-eE") != "" {
		return Cell{Raw: literal, Fault: CellError}
	}
	text, fault, note := r.book.format(e.attr("s")).number(v, r.book.Date1904)
	c := Cell{Text: text, Fault: fault, Note: note}
	if literal != text {
		c.Raw = literal
	}
	return c
}
