package name

import "strings"

// morae gives the Hepburn spelling of one or two kana. Kunrei follows by rule.
var morae = map[string]string{
	"あ": "a", "い": "i", "う": "u", "え": "e", "お": "o", "か": "ka", "き": "ki", "く": "ku", "け": "ke", "こ": "ko",
	"さ": "sa", "し": "shi", "す": "su", "せ": "se", "そ": "so", "た": "ta", "ち": "chi", "つ": "tsu", "て": "te", "と": "to",
	"な": "na", "に": "ni", "ぬ": "nu", "ね": "ne", "の": "no", "は": "ha", "ひ": "hi", "ふ": "fu", "へ": "he", "ほ": "ho",
	"ま": "ma", "み": "mi", "む": "mu", "め": "me", "も": "mo", "や": "ya", "ゆ": "yu", "よ": "yo",
	"ら": "ra", "り": "ri", "る": "ru", "れ": "re", "ろ": "ro", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n",
	"が": "ga", "ぎ": "gi", "ぐ": "gu", "げ": "ge", "ご": "go", "ざ": "za", "じ": "ji", "ず": "zu", "ぜ": "ze", "ぞ": "zo",
	"だ": "da", "ぢ": "ji", "づ": "zu", "で": "de", "ど": "do", "ば": "ba", "び": "bi", "ぶ": "bu", "べ": "be", "ぼ": "bo",
	"ぱ": "pa", "ぴ": "pi", "ぷ": "pu", "ぺ": "pe", "ぽ": "po", "ゔ": "vu",
	"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ゎ": "wa", "ゕ": "ka", "ゖ": "ke",
}

// kanaMora spells the kana at i and tells how many it took.
func kanaMora(ls []letter, i int) (s string, n int) {
	s = morae[string(ls[i].r)]
	if i+1 >= len(ls) || s == "" {
		return s, 1
	}
	small := ls[i+1].r
	stem := strings.TrimRight(s, "aiueo")
	switch small {
	case 'ゃ', 'ゅ', 'ょ':
		v := morae[string(small)]
		if stem == "sh" || stem == "ch" || stem == "j" {
			return stem + v[1:], 2
		}
		if stem != "" {
			return stem + v, 2
		}
	case 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ':
		v := morae[string(small)]
		if ls[i].r == 'う' {
			return "w" + v, 2
		}
		if stem != "" {
			return stem + v, 2
		}
	}
	return s, 1
}

// spellKana appends a kana word in Hepburn with every vowel written (satou).
func spellKana(d *draft, ls []letter, at int) {
	double := -1
	for i := 0; i < len(ls); {
		if r := ls[i].r; r == 'っ' {
			double = i
			i++
			continue
		}
		if ls[i].r == 'ん' && i+1 < len(ls) && strings.ContainsRune("ばびぶべぼぱぴぷぺぽまみむめも", ls[i+1].r) {
			d.add("n", at+i)
			i++
			continue
		}
		s, n := kanaMora(ls, i)
		if double >= 0 && s != "" {
			if strings.HasPrefix(s, "ch") {
				d.add("t", at+double)
			} else {
				d.add(s[:1], at+double)
			}
		}
		double = -1
		d.add(s, at+i)
		i += n
	}
}
