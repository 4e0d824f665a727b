package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is one folded character with the bytes of the text it came from.
type letter struct {
	r        rune
	from, to int
}

// fold returns the characters as words are compared: one width, lower case,
// simplified, Latin letters without marks, one kind of each punctuation mark.
// It works character by character, so that every word is found again in the
// text as it was typed.
func (l *lexicon) fold(text string) []letter {
	out := make([]letter, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if one, ok := l.foldOne(r); ok {
			out = append(out, letter{one, i, i + size})
		} else {
			for _, f := range l.foldRune(r) {
				out = append(out, letter{f, i, i + size})
			}
		}
		i += size
	}
	l.mend(out)
	return out
}

// foldOne folds what nearly every character is: ASCII or Han.
func (l *lexicon) foldOne(r rune) (rune, bool) {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A', true
	case r < ' ' || r == 0x7F:
		return ' ', true
	case r < utf8.RuneSelf:
		return r, true
	case r >= 0x3400 && r <= 0x9FFF:
		if simple, ok := l.simple[r]; ok {
			return simple, true
		}
		return r, true
	}
	return 0, false
}

// foldRune folds the rest, which may become several characters or none.
func (l *lexicon) foldRune(r rune) string {
	if s, ok := marks[r]; ok {
		return s
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Cf), r == utf8.RuneError:
		return ""
	case unicode.IsSpace(r):
		return " "
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if s, ok := marks[c]; ok {
			b.WriteString(s)
		} else if one, ok := l.foldOne(unicode.ToLower(c)); ok {
			b.WriteRune(one)
		} else if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// marks maps punctuation of all widths onto one of each.
var marks = map[rune]string{
	'，': ",", '。': ".", '．': ".", '；': ";", '：': ":", '！': "!", '？': "?", '、': "、", '､': "、", '｡': ".", '…': ";", '・': "、", '·': "、", '•': ";",
	'‘': "'", '’': "'", '´': "'", '`': "'", '＇': "'", '“': "\"", '”': "\"", '「': "\"", '」': "\"", '『': "\"", '』': "\"", '《': "\"", '》': "\"", '【': ";", '】': ";",
	'（': "(", '）': ")", '–': "-", '—': ";", '―': ";", '‐': "-", '‑': "-", '−': "-", '～': "~", '〜': "~", '→': ";", '／': "/",
	'ø': "o", 'ł': "l", 'đ': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", '㎡': "平米", '℃': "度",
}

// mend replaces typing errors by the words that were meant. Error and word
// have the same length, so that every letter keeps its place in the text.
func (l *lexicon) mend(text []letter) {
	for i := range text {
		for _, t := range l.typos[text[i].r] {
			if t.matches(text[i:]) {
				for j, r := range t.right {
					text[i+j].r = r
				}
				break
			}
		}
	}
}

// typo is a usual error with what was meant.
type typo struct{ wrong, right []rune }

func (t typo) matches(text []letter) bool {
	if len(text) < len(t.wrong) {
		return false
	}
	for i, r := range t.wrong {
		if text[i].r != r {
			return false
		}
	}
	return true
}
