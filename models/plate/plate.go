// Package plate knows the number plates of cars: those of mainland China by
// their forms, those of other places as letters and digits, and the pieces by
// which a clerk looks one up. It must not know customers or look-up tables.
package plate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Reason says why a text is no plate.
type Reason string

// Invalid is the only reason.
const Invalid Reason = "plate_invalid"

// Error refuses a text. It does not repeat it.
type Error struct{ Reason Reason }

// Error gives the reason.
func (e *Error) Error() string { return "plate: " + string(e.Reason) }

// The signs of provinces, autonomous regions and municipalities.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// Forms of mainland plates (GA 36): serials have no I and no O.
var mainland = regexp.MustCompile(`^(?:` +
	`[` + provinces + `][A-HJ-Z][A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳试超使领]` + // ordinary, trailers, driving schools, police, Hong Kong and Macau, on trial, oversize, embassies and consulates of today
	`|[` + provinces + `][A-HJ-NP-Z](?:[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])` + // new energy, small and large
	`|[` + provinces + `][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}应急` + // rescue
	`|使[0-9]{6}|[0-9]{6}使|领[0-9]{6}|[` + provinces + `]领[0-9]{4,6}` + // embassies and consulates, earlier forms
	`|WJ[` + provinces + `]?[0-9]{4,5}[A-Z0-9]?` + // armed police
	`)$`)

// Parse returns a plate in the form to keep: capitals, no separators, sign of
// the province simplified. A plate with a Chinese sign must have a mainland
// form; any other is 2 to 12 letters and digits of whatever script, as foreign
// plates are. The error is an *Error.
func Parse(text string) (string, error) {
	plate := compact(text)
	if mainland.MatchString(plate) || foreign(plate) {
		return plate, nil
	}
	return "", &Error{Reason: Invalid}
}

// compact folds width, case and traditional signs and drops what separates.
func compact(text string) string {
	text = norm.NFKC.String(text)
	if len(text) > 100 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), strings.ContainsRune("·•・‧∙⋅.．_/", r), r == 0x200B, r == 0xFEFF:
			return -1
		}
		if s, ok := simplified(r); ok {
			return s
		}
		return unicode.ToUpper(r)
	}, text)
}

// simplified gives the simplified form of a traditional sign.
func simplified(r rune) (rune, bool) {
	traditional, simple := []rune("滬遼雲魯蘇贛晉陝閩貴粵寧瓊學領掛試應"), []rune("沪辽云鲁苏赣晋陕闽贵粤宁琼学领挂试应")
	for i, t := range traditional {
		if r == t {
			return simple[i], true
		}
	}
	return 0, false
}

// foreign accepts letters and digits. Chinese signs are for mainland plates,
// but beside Kana they are a Japanese office's (品川300あ1234).
func foreign(plate string) bool {
	n := utf8.RuneCountInString(plate)
	if n < 2 || n > 12 {
		return false
	}
	han, kana := false, false
	for _, r := range plate {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
		han = han || unicode.Is(unicode.Han, r)
		kana = kana || unicode.In(r, unicode.Hiragana, unicode.Katakana)
	}
	return !han || kana
}

// Keys returns the texts whose beginnings find a plate that Parse returned:
// the whole, the whole without the sign of the province, and every ending of
// four signs or more, also of the plate without a Chinese sign at its end
// (粤Z1234港 is asked for as 1234). No text occurs twice.
func Keys(plate string) []string {
	signs := []rune(plate)
	if len(signs) == 0 {
		return nil
	}
	keys := []string{plate}
	seen := map[string]bool{plate: true}
	add := func(part []rune) {
		if key := string(part); len(part) > 0 && !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	if strings.ContainsRune(provinces, signs[0]) {
		add(signs[1:])
	}
	addEndings(signs, add)
	for len(signs) > 0 && unicode.Is(unicode.Han, signs[len(signs)-1]) {
		signs = signs[:len(signs)-1]
	}
	addEndings(signs, add)
	return keys
}

const shortestEnding = 4

func addEndings(signs []rune, add func([]rune)) {
	for from := 0; len(signs)-from >= shortestEnding; from++ {
		add(signs[from:])
	}
}
