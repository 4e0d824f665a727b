package phone

import (
	"regexp"
	"strings"
)

// maxTokens bounds the blanks of one piece over which numbers are looked for.
const maxTokens = 16

// readPiece reads one number, or several with blanks between when every one of
// them is complete and there is only one way to cut.
func readPiece(piece, region string) ([]Number, error) {
	n, whole := readOne(piece, region)
	if whole == nil {
		return []Number{n}, nil
	}
	tokens := strings.Split(piece, " ")
	if len(tokens) < 2 || len(tokens) > maxTokens {
		return nil, whole
	}
	cuts := cut(tokens, region)
	switch len(cuts) {
	case 0:
		return nil, whole
	case 1:
		return cuts[0], nil
	}
	return nil, refuse(Ambiguous)
}

// cut returns the ways, at most two, to divide the tokens into whole numbers.
// It works from the end so that each tail is solved once.
func cut(tokens []string, region string) [][]Number {
	tails := make([][][]Number, len(tokens)+1)
	tails[len(tokens)] = [][]Number{nil}
	for i := len(tokens) - 1; i >= 0; i-- {
		for j := i + 1; j <= len(tokens) && len(tails[i]) < 2; j++ {
			if len(tails[j]) == 0 {
				continue
			}
			n, err := readOne(strings.Join(tokens[i:j], " "), region)
			if err != nil {
				continue
			}
			for _, tail := range tails[j] {
				tails[i] = append(tails[i], append([]Number{n}, tail...))
			}
		}
	}
	return tails[0]
}

var (
	marked   = regexp.MustCompile(`^([^#]*)#(\d{1,6})$`)
	dashTail = regexp.MustCompile(`^(.*\d)-(\d{1,6})$`)
)

// readOne reads a piece that is one number with or without extension. Digits
// after the last dash are an extension only where they cannot belong to the
// number itself.
func readOne(s, region string) (Number, error) {
	if m := marked.FindStringSubmatch(s); m != nil {
		e164, err := readDigits(strings.TrimRight(m[1], " -"), region)
		if err != nil {
			return Number{}, err
		}
		return Number{E164: e164, Ext: m[2]}, nil
	}
	e164, err := readDigits(s, region)
	if err == nil {
		return Number{E164: e164}, nil
	}
	if m := dashTail.FindStringSubmatch(s); m != nil {
		if e164, headErr := readDigits(m[1], region); headErr == nil {
			return Number{E164: e164, Ext: m[2]}, nil
		}
	}
	return Number{}, err
}

var joints = strings.NewReplacer(" ", "", "-", "")

// readDigits reads a number without extension to E.164.
func readDigits(s, region string) (string, error) {
	d := joints.Replace(s)
	plus := strings.HasPrefix(d, "+")
	d = strings.TrimPrefix(d, "+")
	if !onlyDigits(d) {
		return "", refuse(NotDigits)
	}
	switch {
	case plus:
		return international(strings.TrimPrefix(d, "00"))
	case strings.HasPrefix(d, "00") && (region == china || len(d) > 11):
		return international(d[2:])
	case region == china:
		return domestic(d)
	case region == "":
		return "", refuse(Invalid)
	}
	return national(d, region)
}
