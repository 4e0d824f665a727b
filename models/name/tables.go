package name

import (
	"strings"
	"sync"

	"github.com/liuzl/gocc"
	"github.com/mozillazg/go-pinyin"
)

// tables is everything looked up by character, built once and then read only.
type tables struct {
	simple   map[rune]rune
	japan    map[rune]bool // forms written only in Japan
	sounds   map[rune]*sound
	surnames map[rune]*sound
	compound map[[2]rune][2]*sound
	japanese map[string]bool // surnames read as Japanese; true: even with one character after it
	korean   map[string][]string
}

// loadTables builds the tables on first use: about 0.1 s, which a program that
// looks nobody up need not spend.
var loadTables = sync.OnceValue(func() *tables {
	t := &tables{simple: simplified(), japan: map[rune]bool{}}
	for _, r := range t.addForms(japaneseForms) {
		t.japan[r] = true
	}
	t.addForms(otherForms)
	t.simple[oldFontYan] = '䶮'
	for from, to := range t.simple {
		for next, ok := t.simple[to]; ok; next, ok = t.simple[next] {
			t.simple[from], to = next, next
		}
	}
	t.loadSounds(pinyin.PinyinDict)
	t.loadSurnames()
	t.korean = koreanSurnames()
	return t
})

// addForms adds pairs of a form and its simplified character, and returns the
// forms.
func (t *tables) addForms(pairs string) (forms []rune) {
	for pair := range strings.FieldsSeq(pairs) {
		rs := []rune(pair)
		t.simple[rs[0]] = rs[1]
		forms = append(forms, rs[0])
	}
	return forms
}

// simplify returns the simplified form of one character.
func (t *tables) simplify(r rune) rune {
	if to, ok := t.simple[r]; ok {
		return to
	}
	return r
}

// simplified asks the converter about every character on its own: phrases
// would make the part of a name fold otherwise than the whole.
func simplified() map[rune]rune {
	conv, err := gocc.New("t2s")
	if err != nil {
		panic("name: the embedded dictionary cannot be read: " + err.Error())
	}
	m := make(map[rune]rune, 5000)
	for _, block := range [][2]rune{{0x3400, 0x9FFF}, {0x20000, 0x323AF}} {
		var b strings.Builder
		for r := block[0]; r <= block[1]; r++ {
			b.WriteRune(r)
			b.WriteByte('\n')
		}
		out, err := conv.Convert(b.String())
		if err != nil {
			panic("name: the embedded dictionary cannot be used: " + err.Error())
		}
		r := block[0]
		for line := range strings.SplitSeq(out, "\n") {
			if to := []rune(line); len(to) == 1 && to[0] != r {
				m[r] = to[0]
			}
			r++
		}
	}
	return m
}
