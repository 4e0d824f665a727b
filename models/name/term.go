package name

import "unicode/utf8"

// TermKind is the kind of one typed word that can be part of a name.
type TermKind int

// The kinds of terms: characters (Han, kana, Hangul and the like) and
// everything romanised (Latin words, pinyin, initials).
const (
	KindChars TermKind = iota
	KindAlpha
)

// Term prepares one typed word for searching: its kind, and the prefix to scan
// the keys of that kind for. ok is false for what cannot be part of a name or
// would find everybody: nothing, wildcards, punctuation, a single Latin letter,
// digits alone (they belong to phones) and addresses with an @.
func Term(typed string) (kind TermKind, prefix string, ok bool) {
	var buf [48]letter
	typed = clip(typed)
	ls := foldLetters(buf[:0], typed)
	kind = KindAlpha
	letters := false
	for _, l := range ls {
		switch s := scriptOf(l.r); {
		case l.r == '@':
			return 0, "", false
		case s == scriptAlpha:
			letters = letters || l.r > '9'
		case s != scriptNone && s != scriptMark:
			kind, letters = KindChars, true
		}
	}
	if !letters {
		return 0, "", false
	}
	carrying := ls[:0]
	for _, l := range ls {
		if scriptOf(l.r) != scriptNone {
			carrying = append(carrying, l)
		}
	}
	var d draft
	if kind == KindAlpha {
		spellWord(&d, carrying, 0, stylePlain)
	} else {
		for _, l := range carrying {
			d.add(string(l.r), 0)
		}
	}
	prefix = string(d.text[:cut(d.text)])
	if prefix == "" || kind == KindAlpha && utf8.RuneCountInString(prefix) < 2 {
		return 0, "", false
	}
	return kind, prefix, true
}
