package demodata

import "strings"

// mobilePrefixes are the mainland ranges of the four carriers.
const mobilePrefixes = "134135136137138139147150151152157158159178182183184187188198" +
	"130131132155156166175176185186196133153173177180181189191193199"

// mobile returns a mainland mobile in E.164. The run 1234 is kept for the fixed
// guests, whom people look for by it.
func (r *random) mobile() string {
	b := make([]byte, 0, 14)
	p := r.n(len(mobilePrefixes)/3) * 3
	b = append(b, "+86"...)
	b = append(b, mobilePrefixes[p:p+3]...)
	b = r.digits(b, 8)
	if s := string(b); !strings.Contains(s, "1234") {
		return s
	}
	for i := 7; i < len(b); i++ {
		b[i] = '7'
	}
	return string(b)
}

// shortNumbers are the area codes whose local numbers have seven digits.
const shortNumbers = "592 771 351 931 991 471 951 971 891 816 717"

// landline returns a fixed number of a city in E.164.
func (r *random) landline(c *city) string {
	if strings.Contains(shortNumbers, c.area) && len(c.area) == 3 {
		return "+86" + c.area + r.pattern("86#####")
	}
	return "+86" + c.area + r.pattern("87######")
}

// plate returns a number plate of a city; one in four is of an electric car.
func (r *random) plate(c *city) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	b := make([]byte, 0, 12)
	b = append(b, c.plate...)
	if r.chance(25) {
		b = append(b, "DF"[r.n(2)], letters[r.n(len(letters))])
		return string(r.digits(b, 4))
	}
	b = append(b, letters[r.n(len(letters))])
	return string(r.digits(b, 4))
}

// identityCard returns a resident's number with its check digit (GB 11643-1999).
// The last of the sequence is odd for men.
func (r *random) identityCard(area, birth string, male bool) string {
	b := make([]byte, 0, 18)
	b = append(b, area...)
	b = append(b, birth[:4]...)
	b = append(b, birth[5:7]...)
	b = append(b, birth[8:10]...)
	b = r.digits(b, 2)
	last := byte('0' + 2*r.n(5))
	if male {
		last++
	}
	return string(append(b, checkDigit(append(b, last))...))
}

// checkDigit returns the last of 17 digits and the check digit of ISO 7064
// MOD 11-2 behind them.
func checkDigit(b []byte) []byte {
	p := 0
	for _, d := range b {
		p = (p + int(d-'0')) * 2 % 11
	}
	return []byte{b[16], "10X98765432"[p]}
}

// licence returns a unified social credit code (GB 32100-2015) whose organisation
// code carries its own check character (GB 11714-1997).
func (r *random) licence(area string) string {
	const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	b := make([]byte, 0, 18)
	b = append(b, "91"...)
	b = append(b, area...)
	b = append(b, "MA"...)
	for range 6 {
		b = append(b, signs[r.n(len(signs))])
	}
	sum := 0
	for i, weight := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(b[8+i] - '0')
		if b[8+i] >= 'A' {
			v = int(b[8+i]-'A') + 10
		}
		sum += v * weight
	}
	b = append(b, "0X987654321"[sum%11])
	sum = 0
	weight := 1
	for _, c := range b {
		sum += strings.IndexByte(signs, c) * weight
		weight = weight * 3 % 31
	}
	return string(append(b, signs[(31-sum%31)%31]))
}
