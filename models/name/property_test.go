package name

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// everybody returns all people of the tables.
func everybody() []person {
	var all []person
	for _, list := range [][]person{commonNames, surnameReadings, compoundSurnames, givenReadings, minorityNames, rareCharacters,
		traditionalNames, japaneseNames, koreanNames, vietnameseNames, westernNames, arabicNames, cyrillicNames, otherNames} {
		all = append(all, list...)
	}
	return all
}

// randomPeople puts names together from pieces that are awkward beside each
// other; the same people each time.
func randomPeople(n int) []person {
	pieces := []string{"王", "曾", "单", "欧", "阳", "吕", "乐", "茜", "娜", "安", "長", "𠮷", "々", "〇", "㛃", "桜", "o'", "O", "Mc", "van ", "al-", "ü", "ß", "Å", "ō", "é", "e\u0301",
		"Smith", "mueller", "3", "360", " ", " ", "·", "・", "-", "’", "(", "）", "さ", "とう", "ッ", "ン", "ー", "キャ", "ﾐ", "김", "수", "정", "Юл", "щ", "ё", "Ωυ", "ού", "สมชาย", "ี", "محمد", "ुम", "😀", "\u200b", "\xff", "，", "İ", "ﬁ", "㈱", "①", "Đ", "nb", "oh", "tch"}
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func(most int) string {
		var b strings.Builder
		for range rnd.IntN(most) {
			b.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		return b.String()
	}
	people := make([]person, n)
	for i := range people {
		people[i].full = text(9)
		if rnd.IntN(3) == 0 {
			people[i].reading = text(6)
		}
		if rnd.IntN(50) == 0 {
			people[i].full = text(150)
		}
	}
	return people
}

func TestWhateverIsFoundIsExplainedAndMarked(t *testing.T) {
	for _, p := range append(everybody(), randomPeople(400)...) {
		keys := KeysOf(p.full, p.reading)
		checkLimits(t, p, keys)
		for _, k := range append(append([]string(nil), keys.Alpha...), keys.Chars...) {
			for i := range k {
				checkPrefix(t, p, keys, k[:i])
			}
			checkPrefix(t, p, keys, k)
		}
	}
}

func checkLimits(t *testing.T, p person, keys Keys) {
	t.Helper()
	if len(keys.Alpha) > maxAlpha || len(keys.Chars) > maxChars {
		t.Errorf("%q: %d and %d keys", p.full, len(keys.Alpha), len(keys.Chars))
	}
	for _, list := range [][]string{keys.Alpha, keys.Chars} {
		seen := map[string]bool{}
		for _, k := range list {
			if seen[k] || k == "" || !utf8.ValidString(k) || utf8.RuneCountInString(k) > maxKeyRunes || Fold(k) != k {
				t.Errorf("%q (%q): bad key %q, twice: %v", p.full, p.reading, k, seen[k])
			}
			seen[k] = true
		}
	}
}

// checkPrefix types the beginning of a key: it must be explained.
func checkPrefix(t *testing.T, p person, keys Keys, typed string) {
	t.Helper()
	kind, prefix, ok := Term(typed)
	if !ok {
		return
	}
	shown := Shown(p.full, p.reading)
	how, inName, inReading, ok := Match(kind, prefix, p.full, p.reading, shown)
	if !ok {
		t.Errorf("%q (%q): %q is found but not explained; keys %q", p.full, p.reading, typed, keys)
		return
	}
	sameReading := p.reading == shown
	if len(inName)+len(inReading) == 0 && (sameReading || p.reading == "") {
		t.Errorf("%q (%q): %q by way %d marks nothing in %q", p.full, p.reading, typed, how, shown)
	}
	checkSpans(t, p.full, inName)
	checkSpans(t, shown, inReading)
}

func checkSpans(t *testing.T, s string, spans []Span) {
	t.Helper()
	at, valid := -1, utf8.ValidString(s) // in broken text any byte may be a boundary
	for _, m := range spans {
		if m.From <= at || m.To <= m.From || m.To > len(s) || valid && !utf8.ValidString(s[m.From:m.To]) {
			t.Errorf("%q: bad spans %v", s, spans)
		}
		at = m.To
	}
}

func TestOnlyWhatAKeyBeginsWithMatches(t *testing.T) {
	people := append(everybody(), randomPeople(100)...)
	terms := []string{"wang", "wx", "lee", "小", "san", "zh", "明", "さ", "김", "ob", "m", "mu", "al", "ju", "sa", "shi", "kim", "xx", "ha", "oh"}
	for _, p := range people {
		keys := KeysOf(p.full, p.reading)
		for _, typed := range terms {
			kind, prefix, ok := Term(typed)
			if !ok {
				continue
			}
			list := keys.Alpha
			if kind == KindChars {
				list = keys.Chars
			}
			begun := false
			for _, k := range list {
				begun = begun || strings.HasPrefix(k, prefix)
			}
			if _, _, _, ok := Match(kind, prefix, p.full, p.reading, Shown(p.full, p.reading)); ok != begun {
				t.Errorf("%q (%q): %q matches %v, a key begins with it %v", p.full, p.reading, typed, ok, begun)
			}
		}
	}
}

func FuzzNothingPanics(f *testing.F) {
	for _, p := range everybody() {
		f.Add(p.full, p.reading, p.finds)
	}
	f.Fuzz(func(t *testing.T, full, reading, query string) {
		keys := KeysOf(full, reading)
		checkLimits(t, person{full: full, reading: reading}, keys)
		shown := Shown(full, reading)
		for _, w := range Split(query) {
			if kind, prefix, ok := Term(w); ok {
				_, inName, inReading, _ := Match(kind, prefix, full, reading, shown)
				checkSpans(t, full, inName)
				checkSpans(t, shown, inReading)
			}
		}
	})
}
