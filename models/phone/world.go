package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// international reads digits that begin with a country code.
func international(d string) (string, error) {
	code, nsn := splitCode(d)
	if code == "" {
		return "", refuse(Invalid)
	}
	if code == chinaCode {
		return mainland(strings.TrimPrefix(nsn, "0"))
	}
	n, err := phonenumbers.Parse("+"+d, "")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", refuse(lengthReason(len(nsn), phonenumbers.GetRegionCodeForCountryCode(atoi(code))))
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// national reads digits as dialled within a region other than mainland China.
func national(d, region string) (string, error) {
	n, err := phonenumbers.Parse(d, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", refuse(lengthReason(len(d), region))
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// valid reports whether the national digits are a number in use. A number that
// the library reads otherwise (a carrier's prefix cut off) is not.
func valid(code, nsn string) bool {
	n, err := phonenumbers.Parse("+"+code+nsn, "")
	return err == nil && phonenumbers.IsValidNumber(n) && phonenumbers.GetNationalSignificantNumber(n) == nsn
}

// lengthReason compares a count of national digits with the ordinary numbers of
// the region. The library's own "possible lengths" also cover pagers and
// machines, so they rarely say that a number is short.
func lengthReason(digits int, region string) Reason {
	shortest, longest := 0, 0
	for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE} {
		example := phonenumbers.GetExampleNumberForType(region, kind)
		if example == nil {
			continue
		}
		n := len(phonenumbers.GetNationalSignificantNumber(example))
		if shortest == 0 || n < shortest {
			shortest = n
		}
		longest = max(longest, n)
	}
	switch {
	case digits < shortest:
		return TooShort
	case longest > 0 && digits > longest+1: // one more may be a trunk prefix
		return TooLong
	}
	return Invalid
}

// splitCode divides digits into country code and national digits. Country codes
// are a prefix code (ITU-T E.164), so the first that fits is the only one.
func splitCode(d string) (code, nsn string) {
	for n := 1; n <= 3 && n <= len(d); n++ {
		if d[0] != '0' && phonenumbers.GetRegionCodeForCountryCode(atoi(d[:n])) != "ZZ" {
			return d[:n], d[n:]
		}
	}
	return "", d
}

// atoi converts digits already known to be digits.
func atoi(d string) int {
	n, _ := strconv.Atoi(d)
	return n
}
