package phrase

import "testing"

// Who carries adrenaline may die of something: what it is stands beside the pen as
// often as not without a word about an allergy.
func TestAPenWithAdrenalineTellsOfAnAllergy(t *testing.T) {
	const ask, zh = "Ask the guest what to avoid before serving or preparing the room", "有不能碰的东西，上菜和进房前先问客人"
	for words, want := range map[string]string{
		"I carry an EpiPen, bees":                  "Keep bees and wasps away",
		"I carry an EpiPen for bees":               "Keep bees and wasps away",
		"I carry an EpiPen because of bees":        "Keep bees and wasps away",
		"carries an epi pen (bee stings)":          "Keep bees and wasps away",
		"bees - carries an EpiPen":                 "Keep bees and wasps away",
		"adrenaline auto-injector, bees and wasps": "Keep bees and wasps away",
		"has an adrenaline pen, peanuts":           "No peanuts; tell the kitchen",
		"carries an EpiPen, no nuts":               "No nuts; tell the kitchen",
		"Carries EpiPen; bees, nuts":               "Keep bees and wasps away; No nuts; tell the kitchen",
		"随身带肾上腺素笔，蜂":                               "远离蜂类",
		"我带着肾上腺素笔，怕蜜蜂":                             "远离蜂类",
		"包里有肾上腺素自动注射笔，因为蜂蜇":                        "远离蜂类",
		"有肾上腺素笔，花生":                                "不可有花生，告知厨房",
		"I carry an EpiPen":                        ask,
		"肾上腺素笔":                                    zh,
		"carries an EpiPen, wants a quiet room":    ask + "; wants a quiet room",
		"带肾上腺素笔，早餐要豆浆":                             zh + "；早餐要豆浆",
		"I carry an EpiPen for tamarind":           ask + "; I carry medicine for tamarind",
	} {
		r := Read(words, nil)
		if r.Area != AllergySafety || !r.Allergy || !r.Sensitive || r.Instruction != want {
			t.Errorf("%s: %s %v %q, want %q", words, r.Area, r.Allergy, r.Instruction, want)
		}
	}
}

// What stands with the pen in the fridge, or is wanted for breakfast, is not what
// it is against; where the pen is kept is a wish like any other.
func TestAPenIsNotAgainstWhatIsWanted(t *testing.T) {
	for words, want := range map[string]string{
		"please keep my EpiPen in the fridge":                "keep my medicine in the fridge",
		"EpiPen in the fridge and orange juice at breakfast": "Ask the guest what to avoid before serving or preparing the room; medicine in the fridge and orange juice at breakfast",
		"carries an EpiPen, likes milk in her coffee":        "Ask the guest what to avoid before serving or preparing the room; likes milk in her coffee",
		"带肾上腺素笔，喜欢喝牛奶":                                       "有不能碰的东西，上菜和进房前先问客人；喜欢喝牛奶",
	} {
		if r := Read(words, nil); r.Kind != Do || r.Instruction != want {
			t.Errorf("%s: %v %q, want %q", words, r.Kind, r.Instruction, want)
		}
	}
}
