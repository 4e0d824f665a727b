package name

import (
	"strings"
	"unicode/utf8"
)

// draft is a key in the making: its bytes, and for each byte the letter it
// stands for.
type draft struct {
	text []byte
	at   []uint16
}

func (d *draft) reset() { d.text, d.at = d.text[:0], d.at[:0] }

func (d *draft) add(s string, at int) {
	d.text = append(d.text, s...)
	for range len(s) {
		d.at = append(d.at, uint16(at))
	}
}

func (d *draft) addRune(r rune, at int) {
	n := len(d.text)
	d.text = utf8.AppendRune(d.text, r)
	for range len(d.text) - n {
		d.at = append(d.at, uint16(at))
	}
}

func (d *draft) addDraft(o *draft, from, to int) {
	d.text = append(d.text, o.text[from:to]...)
	d.at = append(d.at, o.at[from:to]...)
}

// style is one way of writing Latin letters that others write otherwise.
type style uint8

const (
	stylePlain    style = iota
	styleGerman         // Müller as mueller, Søren as soeren
	styleNordic         // Ågård as aagaard
	styleContract       // Mueller as muller, for one who types Müller
	styleV              // Lü as lv
	styleLyu            // Lü as lyu, as in passports
	styleLong           // Satō as satou
	styleOh             // Satō as satoh
	styleIcao           // Юлия as iuliia, as in passports
	styleBrief          // Юлия as julia
	styleShort          // Satou, Satoh as sato
	styleHomma          // Honma as homma, with short vowels, as in passports
	styleKunrei         // Shinji as sinzi
	styles
)

// stylesFor returns the styles in which the letters read differently.
func stylesFor(ls []letter, japanese bool) (set [styles]bool) {
	set[stylePlain] = true
	for i, l := range ls {
		switch l.orig {
		case 'ä', 'ö', 'ü', 'ø':
			set[styleGerman] = true
			if l.orig == 'ü' && i > 0 && (ls[i-1].r == 'l' || ls[i-1].r == 'n') {
				set[styleV], set[styleLyu] = true, true
			}
		case 'å':
			set[styleNordic], set[styleGerman] = true, true
		case 'ō', 'ū':
			set[styleLong], set[styleOh] = true, true
		case 'ǖ', 'ǘ', 'ǚ', 'ǜ':
			set[styleV], set[styleLyu] = true, true
		case 'e':
			set[styleContract] = set[styleContract] || i > 0 && strings.ContainsRune("aou", ls[i-1].r)
		}
		if l.r >= 0x400 && l.r <= 0x52F {
			set[styleIcao], set[styleBrief] = true, true
		}
	}
	if japanese {
		set[styleShort], set[styleKunrei] = true, true
	}
	return set
}

// spellWord appends one word in a style.
func spellWord(d *draft, ls []letter, at int, st style) {
	for i, l := range ls {
		switch {
		case l.r >= 0x400 && l.r <= 0x52F:
			d.add(cyrillic(l.r, st), at+i)
		case l.r >= 0x3AC && l.r <= 0x3CE:
			d.add(greek(ls, i), at+i)
		case st == styleContract && contracts(ls, i):
		default:
			d.add(spellLetter(l, i > 0 && ls[i-1].from == l.from, st), at+i)
		}
	}
}

// spellLetter writes one Latin letter. second marks the second of the letters
// that one letter was folded to (the e of æ).
func spellLetter(l letter, second bool, st style) string {
	if second || l.r == l.orig {
		return latin(l.r)
	}
	switch st {
	case styleGerman, styleNordic:
		switch l.orig {
		case 'ä':
			return "ae"
		case 'ö', 'ø':
			return "oe"
		case 'ü':
			return "ue"
		case 'å':
			if st == styleNordic {
				return "aa"
			}
		}
	case styleV:
		if strings.ContainsRune(umlautU, l.orig) {
			return "v"
		}
	case styleLyu:
		if strings.ContainsRune(umlautU, l.orig) {
			return "yu"
		}
	case styleLong, styleOh:
		switch {
		case l.orig == 'ō' && st == styleLong:
			return "ou"
		case l.orig == 'ō':
			return "oh"
		case l.orig == 'ū' && st == styleLong:
			return "uu"
		}
	}
	return latin(l.r)
}

// umlautU is ü with and without the tones of pinyin.
const umlautU = "üǖǘǚǜ"

const ascii = "0123456789abcdefghijklmnopqrstuvwxyz"

// latin returns a letter as a string without allocating for the common ones.
func latin(r rune) string {
	switch {
	case r >= 'a' && r <= 'z':
		return ascii[r-'a'+10 : r-'a'+11]
	case r >= '0' && r <= '9':
		return ascii[r-'0' : r-'0'+1]
	}
	return string(r)
}

// contracts tells whether the e at i is the second half of a German umlaut:
// Mueller, Koehler, Schaefer, but not Samuel, Michael, Bauer, Queen.
func contracts(ls []letter, i int) bool {
	if ls[i].r != 'e' || i < 1 || i+2 >= len(ls) || !strings.ContainsRune("aou", ls[i-1].r) {
		return false
	}
	return i == 1 || !strings.ContainsRune("aeiouq", ls[i-2].r)
}
