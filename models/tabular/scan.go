package tabular

import "bytes"

// span is a cell's place in a record. A quoted one excludes its quotes, and
// doubled says that quotes within are written twice.
type span struct {
	from, to int
	doubled  bool
}

// scanner finds the next record in bytes that hold it whole. It follows RFC
// 4180 and tolerates what is unambiguous: blanks around quotes, quotes inside
// a cell. A quoted cell may go over several lines only if it keeps the rules:
// otherwise one stray quote would swallow the rows after it.
type scanner struct {
	delim []byte

	cells  []span
	size   int  // bytes of the record without its line end
	next   int  // bytes of the record with its line end
	lines  int  // physical lines the record takes
	ends   ends // line ends seen in it
	wide   bool // more than MaxColumns cells
	loose  bool // a stray quote was taken as it stands
	broken bool // a quote that nothing closes: the record ends with that line
	ended  bool // a line end closed the record, or the end of the bytes at a true end
}

// scan finds the record at the start of b. final says that nothing follows b.
// It returns false when the record is not whole.
func (s *scanner) scan(b []byte, final bool) bool {
	*s = scanner{delim: s.delim, cells: s.cells[:0]}
	for at := 0; ; {
		cell, to, ok := s.cell(b, at, final)
		if !ok {
			return false
		}
		if len(s.cells) < MaxColumns {
			s.cells = append(s.cells, cell)
		} else {
			s.wide = true
		}
		if to < len(b) && !lineEnd(b[to]) {
			at = to + len(s.delim)
			continue
		}
		return s.finish(b, to, final)
	}
}

// finish takes the line end at b[to], or the end of b.
func (s *scanner) finish(b []byte, to int, final bool) bool {
	s.size, s.next = to, to
	s.lines++
	if to == len(b) {
		return final
	}
	n := s.lineBreak(b, to, final)
	s.next, s.ended = to+n, n > 0
	return n > 0
}

// cell finds the cell at b[at:] and where it ends: at a delimiter, a line end
// or the end of b.
func (s *scanner) cell(b []byte, at int, final bool) (c span, to int, ok bool) {
	open := s.skipBlanks(b, at)
	if open < len(b) && b[open] == '"' {
		c, to, state := s.quoted(b, open, final)
		switch state {
		case closed:
			return c, to, true
		case partial:
			return c, to, false
		}
		return s.unclosed(b, at, open, state, final)
	}
	to = at
	for to < len(b) && !lineEnd(b[to]) && !s.delimAt(b, to) {
		if b[to] == '"' {
			s.loose = true
		}
		to++
	}
	return span{from: at, to: to}, to, final || to+len(s.delim) <= len(b)
}

// unclosed takes a cell whose quote nothing closes: as it stands, when it is
// plain ("大头"王伟), else the rest of its line is the fault.
func (s *scanner) unclosed(b []byte, at, open int, state quoteState, final bool) (c span, to int, ok bool) {
	to = open
	quotes := 0
	for to < len(b) && !lineEnd(b[to]) && (state == hopeless || !s.delimAt(b, to)) {
		if b[to] == '"' {
			quotes++
		}
		to++
	}
	if state == strayed && quotes%2 == 0 {
		s.loose = true
		return span{from: at, to: to}, to, true
	}
	for to < len(b) && !lineEnd(b[to]) {
		to++
	}
	s.broken = true
	return span{from: at, to: to}, to, final || to < len(b)
}

type quoteState uint8

const (
	closed   quoteState = iota // the closing quote stands before a delimiter or a line end
	partial                    // b ends before that can be known
	strayed                    // quotes inside, none closes it on its line
	hopeless                   // goes on over lines and meets a stray quote, or the end
)

// quoted reads the cell whose opening quote stands at b[open].
func (s *scanner) quoted(b []byte, open int, final bool) (c span, to int, state quoteState) {
	c = span{from: open + 1}
	before, lines, stray := s.ends, 0, false
	fail := func() (span, int, quoteState) {
		s.ends = before
		if lines == 0 && stray {
			return c, 0, strayed
		}
		return c, 0, hopeless
	}
	for i := open + 1; i < len(b); {
		switch {
		case lineEnd(b[i]):
			if stray {
				return fail()
			}
			n := s.lineBreak(b, i, final)
			if n == 0 {
				return c, 0, partial
			}
			lines++
			i += n
		case b[i] != '"':
			i++
		case i+1 < len(b) && b[i+1] == '"':
			c.doubled = true
			i += 2
		default:
			to := s.skipBlanks(b, i+1)
			if !final && len(b)-to < len(s.delim) {
				return c, 0, partial
			}
			if to == len(b) || lineEnd(b[to]) || s.delimAt(b, to) {
				c.to = i
				s.lines += lines
				s.loose = s.loose || stray
				return c, to, closed
			}
			if lines > 0 {
				return fail()
			}
			stray, c.doubled = true, true
			i++
		}
	}
	if final {
		return fail()
	}
	return c, 0, partial
}

// lineBreak returns the length of the line end at b[i] and notes its kind; 0
// when a CR is the last byte so far, for an LF may follow.
func (s *scanner) lineBreak(b []byte, i int, final bool) int {
	switch {
	case b[i] == '\n':
		s.ends |= endLF
		return 1
	case i+1 < len(b) && b[i+1] == '\n':
		s.ends |= endCRLF
		return 2
	case i+1 == len(b) && !final:
		return 0
	}
	s.ends |= endCR
	return 1
}

func (s *scanner) skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') && !s.delimAt(b, i) {
		i++
	}
	return i
}

func (s *scanner) delimAt(b []byte, i int) bool {
	return b[i] == s.delim[0] && (len(s.delim) == 1 || bytes.HasPrefix(b[i:], s.delim))
}

func lineEnd(c byte) bool { return c == '\n' || c == '\r' }

// ends is the set of line ends seen.
type ends uint8

const (
	endCR ends = 1 << iota
	endCRLF
	endLF
)

func (e ends) names() []string {
	var names []string
	for i, name := range [...]string{"CR", "CRLF", "LF"} {
		if e&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}
