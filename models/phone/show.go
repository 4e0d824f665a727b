package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// parts divides E.164 into country code and national digits; ok is false for
// anything else.
func parts(e164 string) (code, nsn string, ok bool) {
	d, plus := strings.CutPrefix(e164, "+")
	if !plus || !onlyDigits(d) {
		return "", "", false
	}
	code, nsn = splitCode(d)
	return code, nsn, code != "" && nsn != ""
}

// National returns the national significant digits of an E.164 number, without
// trunk prefix: 13812345678, 57188001234. What is no E.164 gives "".
func National(e164 string) string {
	_, nsn, ok := parts(e164)
	if !ok {
		return ""
	}
	return nsn
}

// Mask returns what people may see of a number who may not see the number:
// 138****1234 for mainland mobiles; otherwise the country code and the last four
// digits, never more than half of the national digits. What is no E.164 gives
// stars only.
func Mask(e164 string) string {
	code, nsn, ok := parts(e164)
	if !ok {
		return "****"
	}
	if code == chinaCode && isMobile(nsn) {
		return nsn[:3] + "****" + nsn[7:]
	}
	shown := min(4, len(nsn)/2)
	hidden := len(nsn) - shown
	return "+" + code + " " + strings.Repeat("*", hidden) + nsn[hidden:]
}

// Format spells a number for people who may see it: 138 1234 5678,
// 0571-8800 1234, 400-812-3456, +852 9123 4567. What is no E.164 comes back as
// it is.
func Format(e164 string) string {
	code, nsn, ok := parts(e164)
	if !ok {
		return e164
	}
	if code == chinaCode {
		return formatMainland(nsn)
	}
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

func formatMainland(nsn string) string {
	if isMobile(nsn) {
		return nsn[:3] + " " + nsn[3:7] + " " + nsn[7:]
	}
	if isServiceNumber(nsn) {
		return nsn[:3] + "-" + nsn[3:6] + "-" + nsn[6:]
	}
	area, local := areaCode(nsn)
	if len(local) < 7 {
		return "+" + chinaCode + " " + nsn
	}
	return "0" + area + "-" + local[:len(local)-4] + " " + local[len(local)-4:]
}
