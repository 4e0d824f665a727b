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
	typed = clip(typed)
	all := foldLetters(nil, typed)
	letters := false
	for _, l := range all {
		if l.r == '@' {
			return 0, "", false
		}
		letters = letters || l.r > '9' && scriptOf(l.r) != scriptNone
	}
	if !letters {
		return 0, "", false
	}
	kind = KindAlpha
	var ls []letter
	for _, p := range partsOf(nil, all, typed) {
		ls = append(ls, all[p.from:p.to]...)
		if p.script != scriptAlpha {
			kind = KindChars
		}
	}
	var d draft
	if kind == KindAlpha {
		spellWord(&d, ls, 0, stylePlain)
	} else {
		for _, l := range ls {
			d.addRune(l.r, 0)
		}
	}
	prefix = string(d.text[:cut(d.text)])
	if prefix == "" || kind == KindAlpha && utf8.RuneCountInString(prefix) < 2 {
		return 0, "", false
	}
	return kind, prefix, true
}
