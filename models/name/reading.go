package name

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPerson is how many characters a Chinese person's name without a dot has
// at most; what is longer is a firm and gets no reading.
const maxPerson = 8

// Reading returns the romanisation shown beside a Chinese name, with tones, by
// the Basic Rules of Hanyu Pinyin Orthography (GB/T 16159-2012): "Zhāng Mùyán",
// "Ōuyáng Nànà", "Luó Shì'ān". It is empty for names that are not Chinese.
func Reading(full string) string {
	c := collector{tables: loadTables()}
	ls := foldLetters(nil, clip(full))
	c.letters[fromName] = ls
	c.parts[fromName] = partsOf(nil, ls, full)
	dotted := false
	for i, p := range c.parts[fromName] {
		if p.script != scriptHan || i > 0 && p.lead < gapBlank {
			return ""
		}
		dotted = dotted || i > 0 && p.lead == gapDot
	}
	c.findRuns(fromName)
	if len(c.runs) != 1 || c.japanese(ls) {
		return ""
	}
	run := &c.runs[0]
	n := len(run.syllables)
	if n == 0 || n > maxPerson && !dotted {
		return ""
	}
	if n > 4 && !dotted && run.surname == 1 && len(c.parts[fromName]) == 1 {
		run.surname = 0 // 买买提艾力: no surname that we know
	}
	return run.write(dotted)
}

// Shown returns the romanisation to show beside a name: what staff entered
// when they did, else its pinyin.
func Shown(full, entered string) string {
	if entered = strings.TrimSpace(entered); entered != "" {
		return entered
	}
	return Reading(full)
}

// write puts the syllables together: words with capitals, an apostrophe before
// a syllable that begins with a vowel.
func (r *syllableRun) write(dotted bool) string {
	var b strings.Builder
	for i, s := range r.syllables {
		begins := i == 0 || s.word || i == r.surname && !dotted
		first, size := utf8.DecodeRuneInString(s.sound.shown)
		switch {
		case begins && i > 0 && dotted:
			b.WriteString("·")
		case begins && i > 0:
			b.WriteByte(' ')
		case !begins && strings.IndexByte("aeo", s.sound.spells[0][0]) >= 0:
			b.WriteByte('\'')
		}
		if begins {
			first = unicode.ToUpper(first)
		}
		b.WriteRune(first)
		b.WriteString(s.sound.shown[size:])
	}
	return b.String()
}

// japanese tells whether a name in Han characters alone is a Japanese one: by
// a form written only in Japan, or by its surname.
func (c *collector) japanese(ls []letter) bool {
	var rs []rune
	for _, l := range ls {
		if c.tables.japan[l.orig] || l.r == '々' || l.r == '辻' || l.r == '畑' {
			return true
		}
		if scriptOf(l.r) == scriptHan {
			rs = append(rs, l.r)
		}
	}
	for _, n := range [...]int{3, 2} {
		if len(rs) > n {
			sure, known := c.tables.japanese[string(rs[:n])]
			if known && len(rs) <= n+3 && (sure || len(rs) > n+1) {
				return true
			}
		}
	}
	return false
}
