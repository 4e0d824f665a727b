package document

import (
	"strings"
	"time"
)

const (
	oldIDLength = 15
	idLength    = 18
)

// checkIDCard checks a resident ID number: 18 signs with check digit (GB 11643)
// or the 15 digits issued before 1999, which have none.
func checkIDCard(s string) error {
	if !idSigns(s) {
		return refuse(Invalid)
	}
	switch len(s) {
	case oldIDLength:
		if !allDigits(s) || !knownRegion(s) || !isDay("19"+s[6:12]) {
			return refuse(Invalid)
		}
		return nil
	case idLength:
		return checkID18(s)
	}
	return refuse(Length)
}

func checkID18(s string) error {
	switch {
	case !allDigits(s[:17]):
		return refuse(Invalid)
	case idCheckSign(s[:17]) != s[17] && strings.HasSuffix(s, "000"):
		return refuse(PrecisionLost) // a float keeps fifteen digits
	case idCheckSign(s[:17]) != s[17]:
		return refuse(Checksum)
	case !knownRegion(s), !isDay(s[6:14]):
		return refuse(Invalid)
	}
	return nil
}

// idSigns reports whether there are only digits, and X at most at the end.
func idSigns(s string) bool {
	return s != "" && allDigits(s[:len(s)-1]) && (s[len(s)-1] == 'X' || allDigits(s[len(s)-1:]))
}

// idCheckSign is the check sign of seventeen digits, ISO 7064 MOD 11-2.
func idCheckSign(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum = (sum + int(digits[i]-'0')) * 2 % 11
	}
	return "10X98765432"[sum]
}

// knownRegion reports whether a number begins with the code of a province (GB/T
// 2260), with that of residents from Hong Kong, Macau or Taiwan (81 to 83), or
// with the 9 of a foreigner with permanent residence before a province.
func knownRegion(s string) bool {
	if s[0] == '9' {
		return isProvince(s[1:3])
	}
	return isProvince(s[:2]) || s[:2] == "81" || s[:2] == "82" || s[:2] == "83"
}

func isProvince(code string) bool {
	switch code {
	case "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
		"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71":
		return true
	}
	return false
}

// isDay reports whether yyyymmdd is a day on which a holder can have been born.
func isDay(digits string) bool {
	t, err := time.Parse("20060102", digits)
	return err == nil && t.Year() >= 1850 && t.Year() < 2100
}

// lengthen makes the 18 signs of a valid 15-digit number: the century and the
// check sign are put in.
func lengthen(s string) string {
	seventeen := s[:6] + "19" + s[6:]
	return seventeen + string(idCheckSign(seventeen))
}

// BirthAndSex returns the birth as 1985-03-12 and the sex, male or female, that
// a valid ID number says; ok is false for anything else.
func BirthAndSex(idCard string) (birth string, sex string, ok bool) {
	s := clean(idCard)
	if checkIDCard(s) != nil {
		return "", "", false
	}
	if len(s) == oldIDLength {
		s = lengthen(s)
	}
	sex = "female"
	if (s[16]-'0')%2 == 1 {
		sex = "male"
	}
	return s[6:10] + "-" + s[10:12] + "-" + s[12:14], sex, true
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
