package name

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxWords     = 6  // words of a query that are looked at
	maxWordRunes = 64 // characters of a word that are looked at
	phoneDigits  = 8  // with fewer, groups of digits are terms of their own
	localDigits  = 10 // a number without a country code is whole when it has so many
	worldDigits  = 17 // E.164 with 00 before it
)

// Split splits a query into words, at most six of at most 64 characters, at
// blanks and commas of all kinds. The groups of one phone number stay together
// ("138 1234 5678", "+86 138…", "(0571) 8800-1234"); two short groups ("138
// 1234") are two words, as start and end of a number. Characters and four or
// more digits written together ("王8800") are two words. Words without a letter
// or digit are left out.
func Split(query string) []string {
	tokens := strings.FieldsFunc(query, func(r rune) bool {
		u, special := unify(r)
		return special && (u == ' ' || u == 0 && r != '\u00AD') || strings.ContainsRune(",;，、；｡。", r)
	})
	var words []string
	for i := 0; i < len(tokens); {
		n := phoneGroups(tokens[i:])
		word := strings.Join(tokens[i:i+n], " ")
		i += n
		if head, tail := charsAndDigits(word); tail != "" {
			words = addWord(addWord(words, head), tail)
			continue
		}
		words = addWord(words, word)
	}
	return words
}

func addWord(words []string, w string) []string {
	if len(words) >= maxWords || strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r > 0xDFFF && r < 0xF900 }) < 0 {
		return words
	}
	if utf8.RuneCountInString(w) > maxWordRunes {
		w = string([]rune(w)[:maxWordRunes])
	}
	return append(words, w)
}

// phoneGroups returns how many of the first tokens make one phone number, 1
// when they make none.
func phoneGroups(tokens []string) int {
	digits, best, world := 0, 1, false
	for i, tok := range tokens {
		n, phone := phoneToken(tok)
		if i == 0 {
			first := strings.TrimLeft(Fold(tok), "(")
			world = strings.HasPrefix(first, "+") || strings.HasPrefix(first, "00") || first == "86"
		}
		whole := localDigits
		if world {
			whole = worldDigits - 2
		}
		if !phone || i > 0 && n > 0 && digits >= whole || digits+n > worldDigits {
			break
		}
		digits += n
		if digits >= phoneDigits || world && digits > 0 {
			best = i + 1
		}
	}
	return best
}

// phoneToken counts the digits of a token that has nothing but digits and
// phone punctuation.
func phoneToken(tok string) (digits int, phone bool) {
	for _, r := range Fold(tok) {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-()./ ", r):
			return 0, false
		}
	}
	return digits, true
}

// charsAndDigits splits a word that is characters with at least four digits
// after or before them. tail is empty for all other words.
func charsAndDigits(word string) (head, tail string) {
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }
	at := -1
	var before rune
	for i, r := range word {
		digit := isDigit(r)
		if !digit && scriptOf(r) != scriptHan {
			return "", ""
		}
		if i > 0 && digit != isDigit(before) {
			if at >= 0 {
				return "", ""
			}
			at = i
		}
		before = r
	}
	if at < 0 {
		return "", ""
	}
	digits := word[at:]
	if isDigit([]rune(word)[0]) {
		digits = word[:at]
	}
	if utf8.RuneCountInString(digits) < 4 {
		return "", ""
	}
	return word[:at], word[at:]
}
