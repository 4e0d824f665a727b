// Package email knows what an address of email looks like, how it is compared
// and how it is masked. It must not know customers, look-up or sending, and it
// never asks the network.
package email

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/width"
)

// Lengths in bytes, the domain as it travels (RFC 5321, 4.5.3.1; RFC 3696,
// erratum 1690).
const (
	maxLocal = 64
	maxWhole = 254
)

// Reason says why a text is no address.
type Reason string

// Invalid is the only reason: people do not mend an address by its grammar.
const Invalid Reason = "email_invalid"

// Error refuses a text. It does not repeat it.
type Error struct{ Reason Reason }

// Error gives the reason.
func (e *Error) Error() string { return "email: " + string(e.Reason) }

// Parse returns the address in the form to keep: without blanks at its ends,
// full-width forms folded, the local part as written, the domain in small
// letters and readable (例子.公司, however it was spelt). Quoted local parts,
// letters above ASCII in the local part, addresses of machines by number and
// names without a dot are refused, and so are stars, with which other systems
// mask. The error is an *Error.
func Parse(text string) (string, error) {
	text = width.Fold.String(strings.TrimFunc(text, blank))
	local, domain, found := strings.Cut(text, "@")
	if !found || !localPart(local) {
		return "", refuse()
	}
	ascii, readable, ok := domainForms(domain)
	if !ok || len(local)+1+len(ascii) > maxWhole {
		return "", refuse()
	}
	return local + "@" + readable, nil
}

func refuse() error { return &Error{Reason: Invalid} }

// Key returns the form by which addresses are compared and found. Local parts
// may differ by case in theory only.
func Key(canonical string) string { return strings.ToLower(canonical) }

// Mask returns the address with its local part hidden behind the first letter.
// It shows nothing of a text that is no address.
func Mask(canonical string) string {
	local, domain, found := strings.Cut(canonical, "@")
	if !found || local == "" {
		return "***"
	}
	_, n := utf8.DecodeRuneInString(local)
	return local[:n] + "***@" + domain
}

// localPart accepts the dot-atom of RFC 5322, 3.2.3.
func localPart(local string) bool {
	if local == "" || len(local) > maxLocal || local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, "..") {
		return false
	}
	for _, r := range local {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune("!#$%&'+-/=?^_`{|}~.", r) {
			return false
		}
	}
	return true
}

// domainForms returns a domain as it travels and as people read it.
func domainForms(domain string) (ascii, readable string, ok bool) {
	rules := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
	ascii, err := rules.ToASCII(domain)
	if err != nil || strings.HasSuffix(ascii, ".") {
		return "", "", false
	}
	last := strings.LastIndexByte(ascii, '.')
	if last < 1 || len(ascii)-last < 3 || strings.Trim(ascii[last+1:], "0123456789") == "" {
		return "", "", false
	}
	readable, err = rules.ToUnicode(ascii)
	return ascii, readable, err == nil
}

// blank reports what people cannot see around a copied address.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || r == 0x200C || r == 0x200D || r == 0x2060 || r == 0xFEFF
}
