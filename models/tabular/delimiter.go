package tabular

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// sampleRecords is how many records are looked at to find the delimiter and
// the headings.
const sampleRecords = 30

// skipEmptyLines steps over lines that hold nothing at all.
func (r *Reader) skipEmptyLines() error {
	for {
		b, final := r.win.bytes()
		to := bytes.IndexFunc(b, func(c rune) bool { return !blank(c) })
		if to >= 0 {
			to = bytes.LastIndexAny(b[:to], "\r\n") + 1
			r.skipLines(b[:to])
			return nil
		}
		if final {
			return refuse(EmptyFile)
		}
		if len(b) == MaxRecord {
			return refuse(NoHeader)
		}
		if last := bytes.LastIndexByte(b, '\n') + 1; last > 0 {
			r.skipLines(b[:last])
		}
		if !r.win.more() {
			if err := r.win.failed(); err != nil {
				return err
			}
		}
	}
}

// skipLines consumes whole lines.
func (r *Reader) skipLines(b []byte) {
	var count scanner
	for i := 0; i < len(b); i++ {
		if lineEnd(b[i]) {
			i += count.lineBreak(b, i, true) - 1
			r.line++
		}
	}
	r.ends |= count.ends
	r.win.pos += len(b)
}

func delimiterAllowed(d rune) bool {
	return d != '"' && d != '\r' && d != '\n' && d != 0xFEFF && d != utf8.RuneError && utf8.ValidRune(d) && (d == '\t' || !unicode.IsControl(d)) && d != ' '
}

// chooseDelimiter takes what the caller says, what a line "sep=;" of Excel's
// says, or the candidate under which the first records look most like a table.
func (r *Reader) chooseDelimiter(given rune) error {
	for {
		if b, _ := r.win.bytes(); len(b) >= windowSize/2 || !r.win.more() {
			break
		}
	}
	if err := r.win.failed(); err != nil {
		return err
	}
	said := r.separatorLine()
	if given == 0 {
		given = said
	}
	if given == 0 {
		best := -1
		for _, d := range [...]rune{',', ';', '\t'} {
			if n := evenness(r.sample(d)); n > best {
				given, best = d, n
			}
		}
	}
	r.format.Delimiter = given
	r.scan.delim = []byte(string(given))
	return nil
}

// separatorLine consumes the line "sep=X" at the beginning and returns X.
func (r *Reader) separatorLine() rune {
	b, _ := r.win.bytes()
	if len(b) < 6 || !bytes.EqualFold(b[:4], []byte("sep=")) {
		return 0
	}
	d, n := utf8.DecodeRune(b[4:])
	if !delimiterAllowed(d) || 4+n >= len(b) || !lineEnd(b[4+n]) {
		return 0
	}
	to := 5 + n
	if b[4+n] == '\r' && to < len(b) && b[to] == '\n' {
		to++
	}
	r.skipLines(b[:to])
	return d
}

// sampled is a record of the beginning, with its place.
type sampled struct {
	cells []string
	line  int
	next  int // bytes from the window's start to behind the record
	fault bool
}

// sample reads the first records with a delimiter and consumes nothing.
func (r *Reader) sample(delimiter rune) []sampled {
	b, final := r.win.bytes()
	look := Reader{line: r.line, scan: scanner{delim: []byte(string(delimiter))}}
	var records []sampled
	for at := 0; at < len(b) && len(records) < sampleRecords; {
		if !look.scan.scan(b[at:], final) {
			if len(records) > 0 || len(b) < windowSize {
				break
			}
			look.scan.scan(b[at:], true)
		}
		row := look.row(b[at:], true)
		at += look.scan.next
		look.line += look.scan.lines
		records = append(records, sampled{cells: row.Cells, line: row.Line, next: at, fault: look.scan.broken || look.scan.wide})
	}
	return records
}

// evenness scores how well a delimiter divides the records: how many have the
// commonest number of cells above one, and how many headings are known.
func evenness(records []sampled) int {
	counts := map[int]int{}
	score, known := 0, 0
	for _, rec := range records {
		n := len(rec.cells)
		if n > 1 && !rec.fault {
			counts[n]++
			score = max(score, counts[n])
		}
		known = max(known, knownHeadings(rec.cells))
	}
	return score*sampleRecords/max(1, len(records)) + 2*known
}

// commonWidth is the commonest number of cells, the larger one of two.
func commonWidth(records []sampled) int {
	counts, best := map[int]int{}, 1
	for _, rec := range records {
		n := len(rec.cells)
		counts[n]++
		if counts[n] > counts[best] || counts[n] == counts[best] && n > best {
			best = n
		}
	}
	return best
}

// readHeader finds the headings among the first records and consumes all up
// to them.
func (r *Reader) readHeader() error {
	records := r.sample(r.format.Delimiter)
	at := headerAmong(records)
	if at < 0 {
		return refuse(NoHeader)
	}
	header := records[at]
	b, _ := r.win.bytes()
	r.skipLines(b[:header.next])
	r.format.Headings, r.format.HeaderLine = header.cells, header.line
	return nil
}
