package tabular

import (
	"errors"
	"io"
	"slices"
	"strings"

	"shuke/models/workbook"
)

const (
	// maxGap is how many empty rows between two others are given, each as a
	// row; a longer gap is where the sheet goes on after its end, and of it
	// none are.
	maxGap = 100
	// maxGiven bounds the text of all cells in bytes: one long text can stand in
	// a million cells and take no room in the file.
	maxGiven = 1 << 30
	// maxStoreys is how many rows headings can take.
	maxStoreys = 3
)

// book gives the rows of a sheet.
type book struct {
	rows   *workbook.Rows
	merges merges
	format Format
	width  int        // cells a row may have
	line   int        // the row given last
	ahead  []sheetRow // read and not yet given, the headings first
	left   int        // bytes of text that may still be given
}

// sheetRow is a row of the sheet in which anything stands, merged cells filled in.
type sheetRow struct {
	workbook.Row
	footer bool // judged before filling: a total under a merged region is one
}

func openBook(r io.ReaderAt, size int64, o Options) (*book, error) {
	file, err := workbook.Open(r, size)
	if err != nil {
		return nil, refuseBook(err)
	}
	at, err := file.Choose(o.Sheet)
	if err != nil {
		return nil, refuseBook(err)
	}
	b := &book{left: maxGiven, format: Format{Kind: XLSX, Sheet: file.Sheets[at].Name, Date1904: file.Date1904}}
	for _, s := range file.Sheets {
		b.format.Sheets = append(b.format.Sheets, Sheet{Name: s.Name, Hidden: s.Hidden})
	}
	if b.rows, err = file.Rows(at); err != nil {
		return nil, refuseBook(err)
	}
	b.merges = newMerges(b.rows.Merges)
	if err := b.begin(o.NoHeader); err != nil {
		_ = b.rows.Close()
		return nil, err
	}
	return b, nil
}

// refuseBook makes a refusal of workbook one of ours.
func refuseBook(err error) error {
	var e *workbook.Error
	if errors.As(err, &e) {
		return &Error{Reason: Reason(e.Reason), cause: err}
	}
	return err
}

// begin finds the headings among the first rows.
func (b *book) begin(noHeader bool) error {
	var records []sampled
	widest := 0
	for len(b.ahead) < sampleRecords {
		row, err := b.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		texts := row.texts()
		widest = max(widest, len(texts))
		b.ahead = append(b.ahead, row)
		records = append(records, sampled{cells: texts, line: row.Number, fault: len(texts) > MaxColumns})
	}
	if len(records) == 0 {
		return refuse(EmptyFile)
	}
	if noHeader {
		b.width, b.line = min(widest, MaxColumns), b.ahead[0].Number-1
		return nil
	}
	at := headerAmong(records)
	if at < 0 {
		return refuse(NoHeader)
	}
	b.takeHeadings(records[at:])
	if len(b.ahead) == 0 {
		return refuse(NoRows)
	}
	return nil
}

// takeHeadings reads the headings from the first of the records and those below
// into which a merged heading reaches.
func (b *book) takeHeadings(records []sampled) {
	header := records[0]
	bottom := b.merges.reach(header.line, maxStoreys)
	headings := slices.Clone(header.cells)
	below := 1
	for ; below < len(records) && records[below].line <= bottom && !looksLikeData(records[below].cells); below++ {
		for i, text := range records[below].cells {
			for len(headings) <= i {
				headings = append(headings, "")
			}
			if text != "" {
				headings[i] = text
			}
		}
	}
	b.line = records[below-1].line
	b.ahead = slices.DeleteFunc(b.ahead, func(r sheetRow) bool { return r.Number <= b.line })
	b.width = len(headings)
	b.format.Headings, b.format.HeaderLine = headings, header.line
	for i, h := range headings {
		if b.rows.HiddenColumn(i + 1) {
			b.format.HiddenColumns = append(b.format.HiddenColumns, h)
		}
	}
}

// read is the next row of the sheet with anything to be seen in it.
func (b *book) read() (sheetRow, error) {
	for {
		r, err := b.rows.Next()
		if err != nil {
			return sheetRow{}, refuseBook(err)
		}
		row := sheetRow{Row: r}
		texts := row.texts()
		if filledCells(texts) == 0 && !slices.ContainsFunc(r.Cells, func(c workbook.Cell) bool { return c.Fault != "" }) {
			b.merges.pass(r)
			continue
		}
		row.footer = Footer(texts)
		row.Cells = b.merges.fill(r, row.footer)
		for _, c := range row.Cells {
			b.left -= len(c.Text)
		}
		if b.left < 0 {
			return sheetRow{}, refuse(TooHeavy)
		}
		return row, nil
	}
}

// texts are the cells as the headings are looked for in them, without those
// that follow the last.
func (r sheetRow) texts() []string {
	var out []string
	for _, c := range r.Cells {
		text, _ := clean(c.Text)
		if text == "" || c.Column > MaxColumns+1 {
			continue
		}
		for len(out) < c.Column {
			out = append(out, "")
		}
		out[c.Column-1] = text
	}
	return out
}

// Format returns what is known of the workbook.
func (b *book) Format() Format {
	f := b.format
	f.Headings, f.Sheets, f.HiddenColumns = slices.Clone(f.Headings), slices.Clone(f.Sheets), slices.Clone(f.HiddenColumns)
	return f
}

// Close ends the reading.
func (b *book) Close() error { return b.rows.Close() }

// Next returns the next row, empty ones between others too.
func (b *book) Next() (Row, error) {
	if len(b.ahead) == 0 {
		row, err := b.read()
		if err != nil {
			return Row{}, err
		}
		b.ahead = append(b.ahead, row)
	}
	next := b.ahead[0]
	if gap := next.Number - b.line - 1; gap > 0 && gap <= maxGap {
		b.line++
		return Row{Line: b.line, Cells: make([]string, b.width)}, nil
	}
	b.ahead = b.ahead[1:]
	b.line = next.Number
	return b.row(next), nil
}

// row makes a Row of a row of the sheet.
func (b *book) row(r sheetRow) Row {
	out := Row{Line: r.Number, Cells: make([]string, b.width)}
	size, used := 0, 0
	for _, c := range r.Cells {
		text, fault := clean(c.Text)
		if c.Fault != "" {
			fault = Reason(c.Fault)
		}
		if text == "" && fault == "" {
			continue
		}
		size += len(c.Text) + len(c.Raw)
		used = c.Column
		if c.Column > MaxColumns {
			break
		}
		for len(out.Cells) < c.Column {
			out.Cells = append(out.Cells, "")
		}
		out.Cells[c.Column-1] = text
		switch {
		case fault != "":
			out.Bad = append(out.Bad, Bad{Column: c.Column, Reason: fault})
		case c.Note != "":
			out.Doubts = append(out.Doubts, Bad{Column: c.Column, Reason: Reason(c.Note)})
		}
	}
	if size > MaxRecord {
		return Row{Line: r.Number, Fault: TooLong}
	}
	out.Raw = rawRow(r.Cells)
	b.judge(&out, r, used)
	return out
}

// judge sets the row's fault. A total or a footer has none: it is no record.
func (b *book) judge(row *Row, r sheetRow, used int) {
	switch {
	case r.footer:
		row.Bad, row.Doubts = nil, nil
		return
	case used > b.width:
		row.Fault = ColumnsMismatch
	case r.Hidden:
		row.Fault = HiddenRow
	case len(row.Bad) > 0:
		row.Fault = row.Bad[0].Reason
		return
	}
	if row.Fault != "" {
		row.Bad, row.Doubts = nil, nil
	}
}

// rawRow writes the cells down as a record of CSV, what stood in the file behind
// what was read of it: 1990-03-05 {32937}.
func rawRow(cells []workbook.Cell) string {
	var out strings.Builder
	column := 1
	for _, c := range cells {
		for ; column < c.Column; column++ {
			out.WriteByte(',')
		}
		text := c.Text
		if c.Raw != "" {
			text += " {" + c.Raw + "}"
		}
		if strings.ContainsAny(text, ",\"\r\n") {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		out.WriteString(strings.ToValidUTF8(text, "\uFFFD"))
	}
	return out.String()
}
