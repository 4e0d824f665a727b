package name

// cyrillicLatin gives for each small letter the usual transcription, that of
// Russian passports (ICAO 9303) and a short one, where they differ.
var cyrillicLatin = map[rune][3]string{
	'а': {"a"}, 'б': {"b"}, 'в': {"v"}, 'г': {"g"}, 'д': {"d"}, 'е': {"e"}, 'ё': {"yo", "e", "e"}, 'ж': {"zh"}, 'з': {"z"},
	'и': {"i"}, 'й': {"y", "i", "y"}, 'к': {"k"}, 'л': {"l"}, 'м': {"m"}, 'н': {"n"}, 'о': {"o"}, 'п': {"p"}, 'р': {"r"},
	'с': {"s"}, 'т': {"t"}, 'у': {"u"}, 'ф': {"f"}, 'х': {"kh", "kh", "h"}, 'ц': {"ts", "ts", "c"}, 'ч': {"ch"}, 'ш': {"sh"},
	'щ': {"shch", "shch", "sch"}, 'ъ': {"", "ie", ""}, 'ы': {"y"}, 'ь': {""}, 'э': {"e"}, 'ю': {"yu", "iu", "ju"}, 'я': {"ya", "ia", "a"},
	'і': {"i"}, 'ї': {"yi", "i", "i"}, 'є': {"ye", "ie", "e"}, 'ґ': {"g"}, 'ў': {"u", "u", "w"}, 'ј': {"j"}, 'љ': {"lj"}, 'њ': {"nj"},
	'ћ': {"c", "c", "ch"}, 'ђ': {"dj", "dj", "d"}, 'џ': {"dz", "dz", "dzh"}, 'ѓ': {"gj"}, 'ќ': {"kj"}, 'ѕ': {"dz"}, 'ә': {"a", "a", "e"},
	'ғ': {"g", "g", "gh"}, 'қ': {"k", "k", "q"}, 'ң': {"n", "n", "ng"}, 'ө': {"o", "o", "u"}, 'ұ': {"u"}, 'ү': {"u"}, 'һ': {"h"}, 'җ': {"j"},
}

func cyrillic(r rune, st style) string {
	forms, ok := cyrillicLatin[r]
	if !ok {
		return string(r)
	}
	switch {
	case st == styleIcao && forms[1] != "":
		return forms[1]
	case st == styleBrief && (forms[2] != "" || forms[1] != ""):
		return forms[2]
	}
	return forms[0]
}

var greekLatin = map[rune]string{
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m",
	'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// greek transcribes the letter at i; upsilon after another vowel is u.
func greek(ls []letter, i int) string {
	if ls[i].r == 'υ' && i > 0 && (ls[i-1].r == 'ο' || ls[i-1].r == 'α' || ls[i-1].r == 'ε') {
		return "u"
	}
	if s, ok := greekLatin[ls[i].r]; ok {
		return s
	}
	return string(ls[i].r)
}
