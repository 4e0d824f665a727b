package phone

import "strings"

const (
	china     = "CN"
	chinaCode = "86"
)

// domestic reads a number as dialled within mainland China, or with 86, 852,
// 853 or 886 in front without a plus, as address books there have it. Other
// country codes without a plus are not guessed.
func domestic(d string) (string, error) {
	if e164, ok := withoutPlus(d); ok {
		return e164, nil
	}
	switch {
	case strings.HasPrefix(d, "0"):
		return mainland(d[1:])
	case len(d) == 11 && d[0] == '1', isServiceNumber(d):
		return mainland(d)
	case len(d) == 11 && isMainland(d):
		// A landline whose 0 a spreadsheet ate; nothing else has this shape.
		return "+" + chinaCode + d, nil
	case len(d) == 10 && d[0] != '1' && isMainland(d):
		// The same with ten digits, which a North American number has too.
		return "", refuse(Ambiguous)
	}
	return "", refuse(mainlandReason(d))
}

// withoutPlus reads 86…, 852…, 853… and 886… where the rest is a whole number.
// No number dialled within China begins with these and is as long.
func withoutPlus(d string) (string, bool) {
	if rest, ok := strings.CutPrefix(d, chinaCode); ok && len(d) >= 12 {
		if e164, err := mainland(strings.TrimPrefix(rest, "0")); err == nil {
			return e164, true
		}
	}
	for _, code := range []string{"852", "853", "886"} {
		if strings.HasPrefix(d, code) && len(d) >= 11 {
			if e164, err := international(d); err == nil {
				return e164, true
			}
		}
	}
	return "", false
}

// mainland checks national significant digits: no trunk 0, no country code.
func mainland(nsn string) (string, error) {
	if isMainland(nsn) {
		return "+" + chinaCode + nsn, nil
	}
	return "", refuse(mainlandReason(nsn))
}

func isMainland(nsn string) bool {
	return len(nsn) >= 9 && nsn[0] != '0' && valid(chinaCode, nsn)
}

// mainlandReason says what is wrong with national digits that are no number.
// Mobiles have 11 digits, landlines 7 or 8 behind their area code.
func mainlandReason(nsn string) Reason {
	switch n := len(nsn); {
	case n == 3 && (nsn[:2] == "11" || nsn[:2] == "12"), n == 5 && (nsn[0] == '1' || nsn[0] == '9'), n == 6 && strings.HasPrefix(nsn, "12"):
		return ShortCode
	case (n == 7 || n == 8) && nsn[0] >= '2' && nsn[0] <= '8':
		return AreaCodeMissing
	case n < 10, n == 10 && nsn[0] == '1':
		return TooShort
	case n > 11:
		return TooLong
	}
	return Invalid
}

// isServiceNumber recognises 400 and 800 numbers, dialled without a 0.
func isServiceNumber(d string) bool {
	return len(d) == 10 && (strings.HasPrefix(d, "400") || strings.HasPrefix(d, "800"))
}

// isMobile recognises mainland mobiles by their national digits.
func isMobile(nsn string) bool {
	return len(nsn) == 11 && nsn[0] == '1' && nsn[1] >= '3'
}

// areaCode cuts a mainland landline into area code without 0 and local number.
func areaCode(nsn string) (area, local string) {
	n := 3
	if strings.HasPrefix(nsn, "10") || strings.HasPrefix(nsn, "2") {
		n = 2
	}
	if len(nsn) <= n {
		return "", nsn
	}
	return nsn[:n], nsn[n:]
}
