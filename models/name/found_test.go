package name

import (
	"strings"
	"testing"
)

// person is a name with queries, separated by bars, that must find it, and
// queries that must not.
type person struct{ full, reading, finds, misses string }

// finds tells whether every word of a query that can be part of a name
// explains the person, as the look-up narrows by each.
func (p person) found(query string) bool {
	matched := false
	for _, w := range Split(query) {
		kind, prefix, ok := Term(w)
		if !ok {
			continue
		}
		if _, _, _, ok := Match(kind, prefix, p.full, p.reading, Shown(p.full, p.reading)); !ok {
			return false
		}
		matched = true
	}
	return matched
}

// checkPeople runs the queries, by keys as the database scans them and by Match.
func checkPeople(t *testing.T, people []person) {
	t.Helper()
	for _, p := range people {
		for q := range strings.SplitSeq(p.finds, "|") {
			if !p.found(q) {
				t.Errorf("%s (%s): %q does not find it; keys %v", p.full, p.reading, q, KeysOf(p.full, p.reading))
			}
		}
		for q := range strings.SplitSeq(p.misses, "|") {
			if q != "" && p.found(q) {
				t.Errorf("%s (%s): %q finds it and should not", p.full, p.reading, q)
			}
		}
	}
}

func TestAtLeast150HardNames(t *testing.T) {
	n := 0
	for _, list := range [][]person{commonNames, surnameReadings, compoundSurnames, givenReadings, minorityNames, rareCharacters,
		traditionalNames, japaneseNames, koreanNames, vietnameseNames, westernNames, arabicNames, cyrillicNames, otherNames} {
		n += len(list)
	}
	if n < 150 {
		t.Errorf("%d hard names, want at least 150", n)
	}
}

func TestChineseNamesByAnyPartPinyinAndInitials(t *testing.T) { checkPeople(t, commonNames) }
func TestSurnamesInEveryReading(t *testing.T)                 { checkPeople(t, surnameReadings) }
func TestCompoundSurnames(t *testing.T)                       { checkPeople(t, compoundSurnames) }
func TestHeteronymsInGivenNames(t *testing.T)                 { checkPeople(t, givenReadings) }
func TestMinorityNamesWithMiddleDot(t *testing.T)             { checkPeople(t, minorityNames) }
func TestRareCharactersSurvive(t *testing.T)                  { checkPeople(t, rareCharacters) }
func TestTraditionalFindsSimplifiedBothWays(t *testing.T)     { checkPeople(t, traditionalNames) }
func TestJapaneseNames(t *testing.T)                          { checkPeople(t, japaneseNames) }
func TestKoreanNames(t *testing.T)                            { checkPeople(t, koreanNames) }
func TestVietnameseNamesWithoutMarks(t *testing.T)            { checkPeople(t, vietnameseNames) }
func TestWesternNamesInAnyOrder(t *testing.T)                 { checkPeople(t, westernNames) }
func TestArabicNamesJoinedAndApart(t *testing.T)              { checkPeople(t, arabicNames) }
func TestCyrillicAndGreekNamesRomanised(t *testing.T)         { checkPeople(t, cyrillicNames) }
func TestMixedAndOtherNames(t *testing.T)                     { checkPeople(t, otherNames) }
