package customer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"shuke/models/db"
	"shuke/models/document"
	"shuke/models/name"
	"shuke/models/phone"
	"shuke/models/plate"
	"shuke/models/vault"
)

// keyRange is one scan of the look-up keys: those of a kind that begin with a
// prefix, or that equal it.
type keyRange struct {
	kind  keyKind
	from  string
	whole bool
}

// upTo is the end of the range, exclusive: the prefix followed by the greatest
// character there is. A whole key is followed by the first visible sign: MySQL
// pads with blanks when it compares, so anything below a blank would end the
// range before it begins.
func (r keyRange) upTo() string {
	if r.whole {
		return r.from + "!"
	}
	return r.from + string(utf8.MaxRune)
}

// term is one word of a query: everything it may mean.
type term struct {
	typed  string
	at     int // place in the query
	ranges []keyRange
	alone  bool // may search by itself
	rarity int  // how few customers it likely meets; the rarest drives
	// What a match is explained by.
	nameKind   name.TermKind
	namePrefix string
	digits     string
	number     string // E.164, when only the very number counts and not its digits
	email      string
	plate      string
	member     string
	document   string // blind index
}

// Shortest parts that are searched: digits of a number alone and beside another
// term, letters of an address or a mixed number.
const (
	digitsAlone  = 4
	digitsBeside = 2
	mixedAlone   = 4
	// digitsOfEmail is from how many digits on they may begin an address, as the
	// numbers of QQ do; fewer are the tail of a telephone.
	digitsOfEmail = 5
)

// parse reads a query into terms; words that mean nothing searchable, such as
// wildcards and single letters, are left out.
func parse(query string, v *vault.Vault) ([]term, error) {
	var out []term
	words := name.Split(query)
	if isCard(query) { // an identity card's number read out in groups is one word
		words = []string{document.Normalize(query)}
	}
	for _, word := range words {
		t, err := parseWord(word, v)
		if err != nil {
			return nil, err
		}
		if len(t.ranges) > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}

func isCard(query string) bool {
	kind, ok := document.Guess(query)
	return ok && (kind == document.IDCard || kind == document.ForeignResidence) && cardShape.MatchString(document.Normalize(query))
}

func parseWord(word string, v *vault.Vault) (term, error) {
	t := term{typed: word}
	if digits, ok := phone.Digits(word); ok && len(digits) >= digitsBeside {
		t.digits, t.alone, t.rarity = digits, len(digits) >= digitsAlone, 10*len(digits)
		t.add(keyPhone, digits, false)
	}
	normal := strings.ToLower(document.Normalize(word))
	mixed := len(normal) >= mixedAlone && strings.ContainsAny(normal, "0123456789")
	if mixed {
		t.member = normal
		t.add(keyMember, normal, false)
		t.alone, t.rarity = true, max(t.rarity, 10*len(normal))
		if p := strings.ToUpper(normal); len(p) >= mixedAlone {
			t.plate = p
			t.add(keyPlate, p, false)
		}
	}
	if p, err := plate.Parse(word); err == nil && strings.IndexFunc(p, func(r rune) bool { return r > 127 }) >= 0 {
		t.plate = p
		t.add(keyPlate, p, false)
		t.alone, t.rarity = true, max(t.rarity, 80)
	}
	if p := plateBeginning(word); p != "" && t.plate == "" {
		t.plate = p
		t.add(keyPlate, p, false)
		t.alone, t.rarity = true, max(t.rarity, 10*len(p))
	}
	if at := strings.IndexByte(word, '@'); at >= 2 || (at == 1 && len(word) >= mixedAlone) || (at < 0 && len(word) >= mixedAlone && isASCII(word) && (t.digits == "" || len(t.digits) >= digitsOfEmail)) {
		t.email = strings.ToLower(word)
		t.add(keyEmail, t.email, false)
		t.alone, t.rarity = true, max(t.rarity, 4*len(word))
	}
	if _, ok := document.Guess(word); ok && v != nil {
		k, err := documentKey(v, word)
		if err != nil {
			return t, err
		}
		t.document = k.k
		t.add(keyDocument, k.k, true)
	}
	if kind, prefix, ok := name.Term(word); ok {
		t.nameKind, t.namePrefix = kind, prefix
		person, employer := keyAlpha, keyOrgAlpha
		weight := 3
		if kind == name.KindChars {
			person, employer, weight = keyChars, keyOrgChars, 12
		}
		t.add(person, prefix, false)
		t.add(employer, prefix, false)
		t.alone, t.rarity = true, max(t.rarity, weight*utf8.RuneCountInString(prefix))
	}
	return t, nil
}

// plateBeginning reads the first part of a mainland plate: the character of the
// province and at least three of what follows.
func plateBeginning(word string) string {
	folded := strings.ToUpper(document.Normalize(word))
	province, size := utf8.DecodeRuneInString(folded)
	rest := folded[size:]
	if !unicode.Is(unicode.Han, province) || len(rest) < 3 || !isASCII(rest) || !strings.ContainsAny(rest, "0123456789") {
		return ""
	}
	return folded
}

func (t *term) add(kind keyKind, from string, whole bool) {
	t.ranges = append(t.ranges, keyRange{kind, from, whole})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 126 || r < 33 }) < 0
}

// Kinds tells what the words of a query were taken for, for the record: kinds
// and never the words.
func (t term) kinds() string {
	var parts []string
	for _, k := range []struct {
		name string
		is   bool
	}{{"digits", t.digits != ""}, {"name", t.namePrefix != ""}, {"email", t.email != ""}, {"plate", t.plate != ""}, {"member", t.member != ""}, {"document", t.document != ""}} {
		if k.is {
			parts = append(parts, k.name)
		}
	}
	return strings.Join(parts, "/")
}

// rowsPerTerm is the most index rows that scans of a term read over all its
// ranges when other terms narrow it, most of them in the likeliest range. Of
// words that often go together the first rows give enough.
const (
	rowsPerTerm = 2000
	rowsAtFirst = 200
)

// limits shares out the rows a scan may read among its ranges, of which the
// term's own come last. Alone, each gives enough to rank; beside others three
// quarters go to the likeliest.
func (t term) limits(ranges []keyRange, narrowed bool, most int) []int {
	out, own := make([]int, len(ranges)), len(ranges)-len(t.ranges)
	left := most
	for i := range out {
		out[i] = ranked + 1
		if narrowed && i >= own {
			out[i] = most / 4 / max(1, len(t.ranges)-1)
		}
		left -= out[i]
	}
	if narrowed {
		out[own+t.likeliest()] += left
	}
	return out
}

// likeliest is the range that most matches come from: people's names for
// words, telephones for digits.
func (t term) likeliest() int {
	for i, r := range t.ranges {
		switch {
		case t.digits != "" && r.kind == keyPhone, t.digits == "" && (r.kind == keyAlpha || r.kind == keyChars):
			return i
		}
	}
	return 0
}

// matchesSQL scans the driving term, each range cut at its limit and in the order
// of the index, so that whole matches come before longer ones. It gives for each
// key read its range and the customer, 0 where another term cannot hold: so that
// the reader can tell a range that was cut off. Limits are those of the ranges.
func matchesSQL(d db.Dialect, driver term, others []term, most int) (query string, args []any, limits []int) {
	ranges := slices.Concat(joined(driver, others), driver.ranges)
	limits = driver.limits(ranges, len(others) > 0, most)
	customer, its := "customer_id", []any(nil)
	if len(others) > 0 {
		customer, its = allMayHoldSQL(others)
		customer = "CASE WHEN " + customer + " THEN customer_id ELSE 0 END"
	}
	var parts []string
	for i, r := range ranges {
		parts = append(parts, d.Member("SELECT "+strconv.Itoa(i)+" AS part, "+customer+" FROM customer_keys WHERE kind = ? AND k >= ? AND k < ? ORDER BY k, customer_id LIMIT ?"))
		args = append(append(args, its...), r.kind, r.from, r.upTo(), limits[i])
	}
	return strings.Join(parts, " UNION ALL "), args, limits
}

// joined are the ranges of two words of a name written as one, in both orders:
// of many who have either word they lead straight to those who have both.
func joined(driver term, others []term) []keyRange {
	if len(others) != 1 || driver.namePrefix == "" || others[0].namePrefix == "" || driver.nameKind != others[0].nameKind {
		return nil
	}
	kind := keyAlpha
	if driver.nameKind == name.KindChars {
		kind = keyChars
	}
	return []keyRange{{kind: kind, from: driver.namePrefix + others[0].namePrefix}, {kind: kind, from: others[0].namePrefix + driver.namePrefix}}
}

// recentSQL looks through the latest customers of a branch for those that may
// meet every term. However common the words are, the small set bounds the work.
func recentSQL(terms []term, branchID, since int64) (string, []any) {
	condition, args := allMayHoldSQL(terms)
	query := "SELECT customer_id FROM (SELECT at, customer_id, signature_latin, signature_other FROM recents WHERE branch_id = ? AND at >= ? ORDER BY at DESC LIMIT ?) AS lately WHERE " + condition + " ORDER BY at DESC LIMIT ?"
	return query, append(append([]any{branchID, since, recentsRead}, args...), firstLook)
}

// recentsRead is how many of a branch's latest customers a common word is
// looked for among.
const recentsRead = 120
