package document

import "strings"

const (
	oldRegistrationLength = 15
	creditCodeLength      = 18
)

// creditSigns are the signs of a unified social credit code in the order of
// their values; I, O, S, V and Z are not among them (GB 32100-2015).
const creditSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// checkLicence checks a company's unified social credit code, or the 15-digit
// registration number that came before it.
func checkLicence(s string) error {
	switch {
	case strings.Trim(s, creditSigns) != "":
		return refuse(Invalid)
	case len(s) == oldRegistrationLength && !allDigits(s):
		return refuse(Invalid)
	case len(s) == oldRegistrationLength && !registrationChecks(s):
		return refuse(Checksum)
	case len(s) == oldRegistrationLength:
		return nil
	case len(s) != creditCodeLength:
		return refuse(Length)
	case !allDigits(s[2:8]):
		return refuse(Invalid)
	case creditCheckSign(s[:17]) != s[17] && allDigits(s) && strings.HasSuffix(s, "000"):
		return refuse(PrecisionLost)
	case creditCheckSign(s[:17]) != s[17]:
		return refuse(Checksum)
	}
	return nil
}

// creditCheckSign is the eighteenth sign: weights are the powers of 3 modulo 31,
// the sign is what the sum lacks to a multiple of 31 (GB 32100-2015, annex).
func creditCheckSign(seventeen string) byte {
	sum, weight := 0, 1
	for i := range len(seventeen) {
		sum += strings.IndexByte(creditSigns, seventeen[i]) * weight
		weight = weight * 3 % 31
	}
	return creditSigns[(31-sum%31)%31]
}

// registrationChecks checks fifteen digits by ISO 7064 MOD 11,10.
func registrationChecks(s string) bool {
	p := 10
	for i := range len(s) - 1 {
		p = (p + int(s[i]-'0')) % 10
		if p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(s[len(s)-1]-'0'))%10 == 1
}
