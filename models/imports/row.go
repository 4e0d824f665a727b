package imports

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/tabular"
)

// said is what one row of a file says, before it is checked.
type said struct {
	columns  *columns
	today    calendar.Date
	line     int
	values   []customer.Value
	from     map[string]int // index of the cell, by slot of the value
	next     map[string]int // free item, by field
	problems []Problem
}

// read takes the cells of a row apart. Cells that the reader found bad are
// reported where they stand in a column that is imported.
func (c *columns) read(row tabular.Row, today calendar.Date) *said {
	s := &said{columns: c, today: today, line: row.Line, from: map[string]int{}, next: map[string]int{}}
	for _, bad := range row.Bad {
		if i := slices.IndexFunc(c.list, func(x column) bool { return x.at == bad.Column-1 }); i >= 0 {
			s.wrong(c.list[i].at, c.list[i].field.Key, cellReason(c.list[i].field, bad.Reason))
		}
	}
	s.name(row.Cells)
	s.birth(row.Cells)
	s.address(row.Cells)
	s.documents(row.Cells)
	for _, x := range c.list {
		text := x.cell(row.Cells)
		switch {
		case text == "":
		case x.use == asSex:
			s.sex(x, text)
		case x.use == asValue:
			s.value(x, text)
		}
	}
	return s
}

// inOrder sorts what is wrong as the columns stand.
func (s *said) inOrder() {
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return cmp.Compare(a.column, b.column) })
}

// cell is the text of a row's cell in the column, "" when it says nothing.
func (x column) cell(cells []string) string {
	if x.at >= len(cells) || tabular.Empty(cells[x.at]) {
		return ""
	}
	return cells[x.at]
}

func (s *said) wrong(at int, field string, r Reason) {
	s.problems = append(s.problems, Problem{Line: s.line, Column: s.columns.label(at), Field: field, Reason: r, Refused: true, column: at + 1})
}

// say adds a value in the next free place of its field.
func (s *said) say(at int, f customer.Field, text string) {
	v := customer.Value{Field: f.Key, Item: s.next[f.Key], Text: text}
	s.next[f.Key]++
	s.values, s.from[v.Slot()] = append(s.values, v), at
}

var fraction = regexp.MustCompile(`^\d{7,}\.\d+$`)

// value takes a cell whose field tells how to read it.
func (s *said) value(x column, text string) {
	switch x.field.Type {
	case catalogue.Email:
		for _, part := range several(text) {
			s.say(x.at, x.field, part)
		}
	case catalogue.Phone:
		if s.columns.sheet && fraction.MatchString(text) {
			s.wrong(x.at, x.field.Key, PhoneInvalid) // a number that was reckoned with, and no extension
			return
		}
		for line := range strings.SplitSeq(lines(text), "\n") {
			if !tabular.Empty(line) {
				s.say(x.at, x.field, line)
			}
		}
	case catalogue.LongText:
		s.say(x.at, x.field, lines(text))
	case catalogue.Choice, catalogue.Language:
		s.say(x.at, x.field, option(x.field, oneLine(text)))
	default:
		s.say(x.at, x.field, oneLine(text))
	}
}

// several divides a cell that holds more than one address of email.
func several(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";,；，、|/ \t\r\n\u3000", r) })
	if len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !strings.ContainsAny(p, "@＠") }) {
		return parts
	}
	return []string{oneLine(text)}
}

// lines gives a cell the line ends and blanks that values have.
func lines(text string) string {
	if !strings.ContainsAny(text, "\r\t") {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
}

func oneLine(text string) string {
	if !strings.ContainsAny(text, "\r\n\t") {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// name puts a name together and refuses what a spreadsheet would run.
func (s *said) name(cells []string) {
	var whole, family, given []string
	at := map[use]int{}
	for _, x := range s.columns.list {
		text := oneLine(x.cell(cells))
		if text == "" || x.use != asName && x.use != asFamily && x.use != asGiven {
			continue
		}
		if beginsAsFormula(text) {
			s.wrong(x.at, x.field.Key, Formula)
			continue
		}
		text = width.Fold.String(text)
		switch {
		case x.field.Key != s.columns.nameKey && x.use == asName:
			s.say(x.at, x.field, text) // who to ask for in a company
		case x.use == asName:
			whole = append(whole, text)
		case x.use == asFamily:
			family = append(family, text)
		default:
			given = append(given, text)
		}
		if _, first := at[x.use]; !first {
			at[x.use] = x.at
		}
	}
	switch {
	case len(whole) > 0:
		s.sayName(at[asName], asName, whole[0])
	case len(family)+len(given) > 0:
		u := asFamily
		if len(family) == 0 {
			u = asGiven
		}
		s.sayName(at[u], u, joinName(strings.Join(family, " "), strings.Join(given, " ")))
	}
}

func (s *said) sayName(at int, u use, text string) {
	i := slices.IndexFunc(s.columns.list, func(x column) bool { return x.at == at && x.use == u })
	s.say(at, s.columns.list[i].field, text)
}

// beginsAsFormula reports whether a spreadsheet takes the text for a formula.
func beginsAsFormula(text string) bool {
	first := strings.TrimSpace(width.Fold.String(text))
	return strings.HasPrefix(first, "=") || strings.HasPrefix(first, "@") || tabular.Formula(text)
}

// address joins the parts of each address in their order.
func (s *said) address(cells []string) {
	parts := map[string][]string{}
	var order []column
	for _, x := range s.columns.list {
		if x.use != asAddress {
			continue
		}
		text := lines(x.cell(cells))
		if text == "" {
			continue
		}
		if len(parts[x.field.Key]) == 0 {
			order = append(order, x)
		}
		parts[x.field.Key] = append(parts[x.field.Key], text)
	}
	for _, x := range order {
		s.say(x.at, x.field, joinAddress(parts[x.field.Key]))
	}
}

// documents takes the numbers with their kinds: from the heading, from a column
// of kinds, else from the number itself.
func (s *said) documents(cells []string) {
	kindSaid, kindAt := "", -1
	for _, x := range s.columns.list {
		if x.use != asDocumentKind {
			continue
		}
		if text := oneLine(x.cell(cells)); text != "" && kindAt < 0 {
			var known bool
			if kindSaid, known = documentKind(x.field, text); !known {
				s.wrong(x.at, x.field.Key, ChoiceUnknown)
			}
			kindAt = x.at
		}
	}
	for _, x := range s.columns.list {
		text := oneLine(x.cell(cells))
		if x.use != asDocument || text == "" {
			continue
		}
		item, kind := s.next[x.field.Key], kindOfDocument(x.kind, kindSaid, text)
		s.say(x.at, x.field, text)
		v := customer.Value{Field: "document_kind", Item: item, Text: kind}
		s.values, s.from[v.Slot()] = append(s.values, v), x.at
		if x.kind == "" && kindSaid != "" {
			s.from[v.Slot()] = kindAt
		}
	}
}
