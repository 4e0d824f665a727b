package text

import (
	"strconv"
	"strings"
)

// Number writes an integer with commas at the thousands: 38,420.
func (p *Printer) Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Percent writes a share between 0 and 1 without decimals: 96%.
func (p *Printer) Percent(share float64) string {
	return strconv.FormatFloat(share*100, 'f', 0, 64) + "%"
}

// Money writes an amount given in the currency's minor units (ISO 4217, such as
// "CNY"): ¥168, ¥38,420, ¥12.50. Decimals appear only where they are not zero;
// yuan have their sign before the number, other currencies their code.
func (p *Printer) Money(minor int64, currency string) string {
	sign := ""
	// Digits are taken from the text, so that the smallest int64 is no exception.
	digits := strconv.FormatInt(minor, 10)
	if minor < 0 {
		sign, digits = "-", digits[1:]
	}
	decimals := minorDigits(currency)
	for len(digits) <= decimals {
		digits = "0" + digits
	}
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	n, err := strconv.ParseInt(whole, 10, 64)
	if err == nil {
		whole = p.Number(n)
	}
	if strings.Trim(fraction, "0") != "" {
		whole += "." + fraction
	}
	if currency == "CNY" {
		return sign + "¥" + whole
	}
	return sign + currency + " " + whole
}

// RoundMoney is Money for headlines and charts: from one million yuan on,
// Chinese counts in 万 with one decimal (¥441.2 万); English and smaller amounts
// are written to the unit.
func (p *Printer) RoundMoney(minor int64, currency string) string {
	const millionYuan, wan = 100_000_000, 1_000_000
	if p.lang == Chinese && currency == "CNY" && (minor >= millionYuan || minor <= -millionYuan) {
		sign := ""
		if minor < 0 {
			sign, minor = "-", -minor
		}
		s := strconv.FormatFloat(float64(minor)/wan, 'f', 1, 64)
		whole, fraction, _ := strings.Cut(s, ".")
		if n, err := strconv.ParseInt(whole, 10, 64); err == nil {
			whole = p.Number(n)
		}
		if fraction != "0" {
			whole += "." + fraction
		}
		return sign + "¥" + whole + " 万"
	}
	unit := int64(1)
	for range minorDigits(currency) {
		unit *= 10
	}
	half := unit / 2
	if minor < 0 {
		half = -half
	}
	return p.Money((minor+half)/unit*unit, currency)
}

// minorDigits is the number of decimals of a currency by ISO 4217, for those a
// hotel or shop of ours takes.
func minorDigits(currency string) int {
	switch currency {
	case "JPY", "KRW", "VND":
		return 0
	case "KWD", "BHD", "OMR":
		return 3
	}
	return 2
}
