package name

import "strings"

// respell rewrites a line of romaji (or of words) in a style, keeping starts
// at the beginnings of the words.
func respell(d *draft, starts []int, st style) {
	switch st {
	case styleShort:
		replace(d, starts, "ou", "o", "oo", "o", "uu", "u")
		dropOh(d, starts)
	case styleOh:
		replace(d, starts, "ou", "oh", "oo", "oh")
	case styleHomma:
		replace(d, starts, "ou", "o", "oo", "o", "uu", "u", "nb", "mb", "np", "mp", "nm", "mm")
	case styleKunrei:
		replace(d, starts, "tch", "tty", "shi", "si", "chi", "ti", "tsu", "tu", "fu", "hu", "ji", "zi", "sh", "sy", "ch", "ty", "j", "zy", "tyi", "ti")
	}
}

// replace replaces pairs within words, the first that fits at each place. What
// is put in stands for the letters of what was taken out.
func replace(d *draft, starts []int, pairs ...string) {
	var out draft
	word := 0
	for i := 0; i < len(d.text); {
		for word < len(starts) && starts[word] == i {
			starts[word] = len(out.text)
			word++
		}
		end := len(d.text)
		if word < len(starts) {
			end = starts[word]
		}
		from, to := pairAt(string(d.text[i:end]), pairs)
		if from == "" {
			out.addDraft(d, i, i+1)
			i++
			continue
		}
		for k := range len(to) {
			out.add(to[k:k+1], int(d.at[i+min(k, len(from)-1)]))
		}
		i += len(from)
	}
	for ; word < len(starts); word++ { // words of nothing but a long vowel sign
		starts[word] = len(out.text)
	}
	*d = out
}

// pairAt returns the first pair whose first half begins s.
func pairAt(s string, pairs []string) (from, to string) {
	for k := 0; k < len(pairs); k += 2 {
		if strings.HasPrefix(s, pairs[k]) {
			return pairs[k], pairs[k+1]
		}
	}
	return "", ""
}

// dropOh takes away the h of Satoh and Ohno, where it only lengthens the o.
func dropOh(d *draft, starts []int) {
	replace(d, starts, "ohb", "ob", "ohd", "od", "ohg", "og", "ohh", "oh", "ohk", "ok", "ohm", "om", "ohn", "on", "ohr", "or", "ohs", "os", "oht", "ot", "ohw", "ow", "ohy", "oy", "ohz", "oz")
	for i := len(starts) - 1; i >= 0; i-- {
		end := len(d.text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if end-starts[i] > 2 && d.text[end-1] == 'h' && d.text[end-2] == 'o' {
			d.text = append(d.text[:end-1], d.text[end:]...)
			d.at = append(d.at[:end-1], d.at[end:]...)
			for j := i + 1; j < len(starts); j++ {
				starts[j]--
			}
		}
	}
}
