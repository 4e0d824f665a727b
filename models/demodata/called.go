package demodata

import "strings"

// called gives the person name, reading, language and country.
func (p *person) called(i, home int) {
	sex := ".f"
	if p.male {
		sex = ".m"
	}
	switch f := p.g.words.foreign; p.origin {
	case originHan:
		p.calledHan(i, home)
	case originMinority:
		n := pickPair(&p.r, f["minority"+sex])
		p.name, p.language, p.country = n[0], n[1], "CN"
		p.family, _, _ = strings.Cut(n[0], "·")
	case originHongKong, originMacao:
		p.calledBoth(f["hk.family"], f["hk"+sex], " ")
		p.language, p.country = "yue", "HK"
		if p.origin == originMacao {
			p.country = "MO"
		}
	case originTaiwan:
		p.calledBoth(f["tw.family"], f["tw"+sex], ", ")
		p.language, p.country = "zh", "TW"
	case originJapan:
		p.calledBoth(f["ja.family"], f["ja"+sex], " ")
		p.language, p.country = "ja", "JP"
	case originKorea:
		p.calledKorean(f["ko.family"], f["ko"+sex])
	case originVietnam:
		family, given := pickPair(&p.r, f["vi.family"]), pickPair(&p.r, f["vi"+sex])
		p.name, p.language, p.country = family[0]+" "+given[0], "vi", "VN"
		p.family = given[0][strings.LastIndex(given[0], " ")+1:]
	case originArabia:
		p.calledArabic(f["ar.family"], f["ar"+sex])
	case originWest:
		family, given := pickPair(&p.r, f["en.family"]), pickPair(&p.r, f["en"+sex])
		p.family, p.country = family[0], family[1]
		p.name = given[0] + " " + p.family
		p.language = languageOf(p.country)
	}
}

// calledHan takes the surname of the household for some of those who share a
// home, as parents and children do; couples keep their own.
func (p *person) calledHan(i, home int) {
	w, of := p.g.words, i
	if home != i && p.r.chance(40) {
		of = home
	}
	own := p.g.random(streamSelf, -of)
	p.family = w.surnames.pick(&own)
	sex := 1
	if p.male {
		sex = 0
	}
	p.name = p.family + w.given[sex][generationOf(p.birth)].pick(&p.r)
	p.country = "CN"
}

// calledBoth names somebody in characters, family first, with the reading.
func (p *person) calledBoth(family, given [][]string, between string) {
	f, n := pickPair(&p.r, family), pickPair(&p.r, given)
	p.family, p.name, p.reading = f[0], f[0]+n[0], f[1]+between+n[1]
}

func (p *person) calledKorean(family, given [][]string) {
	f, n := pickPair(&p.r, family), pickPair(&p.r, given)
	p.language, p.country, p.reading = "ko", "KR", f[1]+" "+n[1]
	p.family, p.name = f[0], f[0]+n[0]
	if p.r.chance(40) {
		p.family, p.name = f[2], f[2]+n[2]
	}
}

func (p *person) calledArabic(family, given [][]string) {
	f, n := pickPair(&p.r, family), pickPair(&p.r, given)
	p.language, p.family = "ar", f[1]
	p.country = p.r.pick([]string{"SA", "AE", "EG", "QA"})
	p.name = n[1] + " " + f[1]
	if p.r.chance(50) {
		p.name, p.reading = n[0]+" "+f[0], n[1]+" "+f[1]
	}
}

func languageOf(country string) string {
	switch country {
	case "DE":
		return "de"
	case "FR":
		return "fr"
	case "NL":
		return "nl"
	case "IT":
		return "it"
	case "ES":
		return "es"
	case "PT":
		return "pt"
	}
	return "en"
}

// addressed is the form of address; by post where the post has one.
func (p *person) addressed() string {
	switch p.origin {
	case originJapan:
		return p.family + "様"
	case originKorea:
		return p.family + "님"
	case originVietnam, originArabia, originWest:
		if p.male {
			return "Mr " + p.family
		}
		return "Ms " + p.family
	case originMinority:
		return p.family
	}
	if p.addressTitle != "" {
		return p.family + p.addressTitle
	}
	switch {
	case p.male && p.r.chance(12):
		return p.family + "哥"
	case p.male:
		return p.family + "先生"
	case p.r.chance(18):
		return p.family + "姐"
	}
	return p.family + "女士"
}
