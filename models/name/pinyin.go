package name

import (
	"slices"
	"strings"
)

// sound is how one character is read.
type sound struct {
	shown  string   // with tone mark, of the usual reading
	spells []string // without tones, the usual reading first; ü as v, u and yu
}

// toneless maps vowels with tone marks to plain ones; ü becomes v.
var toneless = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e", "ê̄", "e", "ế", "e", "ê̌", "e", "ề", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "m̀", "m", "\u0300", "", "\u0304", "", "\u030c", "",
)

// newSound builds a sound from readings with tone marks, the usual one first.
func newSound(readings ...string) *sound {
	s := &sound{shown: readings[0]}
	for _, r := range readings {
		s.add(toneless.Replace(r))
	}
	return s
}

// add appends a spelling, and for ü all three ways in which it is typed.
func (s *sound) add(spell string) {
	ways := []string{spell}
	if v := strings.IndexByte(spell, 'v'); v >= 0 {
		ways = append(ways, spell[:v]+"u"+spell[v+1:], spell[:v]+"yu"+spell[v+1:])
	}
	for _, w := range ways {
		if !slices.Contains(s.spells, w) {
			s.spells = append(s.spells, w)
		}
	}
}

// with returns a sound that is read as s first and as any of the others too.
func (s *sound) with(other *sound) *sound {
	if other == nil {
		return s
	}
	both := &sound{shown: s.shown, spells: append([]string(nil), s.spells...)}
	for _, w := range other.spells {
		if !slices.Contains(both.spells, w) {
			both.spells = append(both.spells, w)
		}
	}
	return both
}

// loadSounds takes from the dictionary the first, usual reading of a character
// (the others there are mostly of classical texts) and from our table the
// readings of those that have several today.
func (t *tables) loadSounds(dict map[int]string) {
	t.sounds = make(map[rune]*sound, len(dict))
	known := make(map[string]*sound, 2000)
	for r, readings := range dict {
		first := usualReading(readings)
		if known[first] == nil {
			known[first] = newSound(first)
		}
		t.sounds[rune(r)] = known[first]
	}
	for line := range strings.SplitSeq(heteronyms, ";") {
		f := strings.Fields(line)
		t.sounds[[]rune(f[0])[0]] = newSound(f[1:]...)
	}
}

// usualReading returns the first reading of a list, with the tone it has when
// it is not a suffix (子, 么) where the list puts the toneless one first.
func usualReading(readings string) string {
	first, rest, _ := strings.Cut(readings, ",")
	if toneless.Replace(first) != first {
		return first
	}
	for r := range strings.SplitSeq(rest, ",") {
		if toneless.Replace(r) == first {
			return r
		}
	}
	return first
}

// soundOf returns how a character is read, nil when nobody knows. A traditional
// form is asked first: 乾 is qián though its simplified form is read gān.
func (t *tables) soundOf(l letter) *sound {
	if !t.japan[l.orig] {
		if s := t.sounds[l.orig]; s != nil && (l.orig == l.r || t.sounds[l.r] == nil || !sharesSpelling(s, t.sounds[l.r])) {
			return s
		}
	}
	return t.sounds[l.r]
}

// sharesSpelling tells whether the simplified character, which may have
// several readings today, is also read as the traditional one is.
func sharesSpelling(trad, simp *sound) bool {
	return slices.Contains(simp.spells, trad.spells[0])
}
