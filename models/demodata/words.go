package demodata

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// words is all vocabulary in the form in which it is drawn from.
type words struct {
	surnames  weighted
	tiers     weighted
	given     [2][generations]givenSet
	cities    []city
	cityTable []uint16
	streets   []string
	pinyin    map[rune]string
	jobs      []job
	foreign   map[string][][]string
	traits    []trait
	steps     []int // that visit every trait once
	firm      firmWords
}

func newWords() *words {
	w := &words{
		surnames: newWeighted(surnameWeights), tiers: newWeighted("青竹会员 60 银杏会员 30 金桂会员 10"), given: readGiven(), streets: strings.Fields(streetWords),
		pinyin: map[rune]string{}, jobs: readJobs(), traits: traitTable(), firm: readFirmWords(),
		foreign: map[string][][]string{
			"ja.family": pairs(japaneseFamily), "ja.m": pairs(japaneseMale), "ja.f": pairs(japaneseFemale),
			"ko.family": pairs(koreanFamily), "ko.m": pairs(koreanMale), "ko.f": pairs(koreanFemale),
			"vi.family": pairs(vietFamily), "vi.m": pairs(vietMale), "vi.f": pairs(vietFemale),
			"ar.family": pairs(arabFamily), "ar.m": pairs(arabMale), "ar.f": pairs(arabFemale),
			"en.family": pairs(westernFamily), "en.m": pairs(westernMale), "en.f": pairs(westernFemale),
			"hk.family": pairs(cantoneseFamily), "hk.m": pairs(cantoneseMale), "hk.f": pairs(cantoneseFemale),
			"tw.family": pairs(taiwanFamily), "tw.m": pairs(taiwanMale), "tw.f": pairs(taiwanFemale),
			"minority.m": pairs(minorityMale), "minority.f": pairs(minorityFemale),
		},
	}
	w.steps = coprime(len(w.traits))
	w.cities, w.cityTable = readCities()
	w.spell(surnameWeights + givenLines)
	return w
}

// spell learns the reading of every character, for addresses of email only.
func (w *words) spell(text string) {
	args := pinyin.NewArgs()
	for _, r := range text {
		if s := pinyin.SinglePinyin(r, args); len(s) > 0 {
			w.pinyin[r] = strings.ReplaceAll(s[0], "ü", "v")
		}
	}
}

func (w *words) city(r *random) *city { return &w.cities[w.cityTable[r.n(len(w.cityTable))]] }
