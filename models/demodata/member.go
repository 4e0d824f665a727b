package demodata

import "strconv"

func (p *person) member(i int) {
	if !p.r.chance(62) {
		return
	}
	p.add("member_no", "Q"+strconv.Itoa(10_000_019+i*37))
	p.add("tier", p.g.words.tiers.pick(&p.r))
	if p.r.chance(40) {
		p.add("joined_on", p.day(thisYear-10, thisYear-1))
	}
}

// day returns a date between two years; the 29th to 31st are left out, so that
// every one exists.
func (p *person) day(from, to int) string {
	b := make([]byte, 0, 10)
	b = strconv.AppendInt(b, int64(p.r.between(from, to)), 10)
	b = itoa2(append(b, '-'), 1+p.r.n(12))
	return string(itoa2(append(b, '-'), 1+p.r.n(28)))
}

// born adds the birthday, one in twenty by the lunar calendar. Who keeps a lunar
// one shows a passport, as the card would have the solar day.
func (p *person) born() {
	if !p.r.chance(72) {
		return
	}
	p.birthday = p.day(p.birth, p.birth)
	if p.country == "CN" && p.r.n(20) == 0 {
		p.add("birth", "lunar:"+p.birthday)
		p.birthday = ""
		return
	}
	p.add("birth", p.birthday)
}

func (p *person) documented() {
	if !p.r.chance(65) {
		return
	}
	kind, no := "passport", ""
	switch p.country {
	case "CN":
		if no = "E" + p.r.pattern("########"); p.birthday != "" && !p.r.chance(4) {
			kind, no = "id_card", p.r.identityCard(p.r.pick(p.city.codes), p.birthday, p.male)
		}
	case "HK":
		kind, no = "hk_macau_permit", p.r.pattern("H########")
	case "MO":
		kind, no = "hk_macau_permit", p.r.pattern("M########")
	case "TW":
		kind, no = "taiwan_permit", p.r.pattern("########")
	default:
		pattern, ok := passportOf[p.country]
		if !ok {
			pattern = "P@#######"
		}
		no = p.r.pattern(pattern)
	}
	p.add("document_kind", kind)
	p.add("document_no", no)
}

func (p *person) works() {
	p.add("employer", p.g.words.employer(&p.r, p.city, p.job))
	p.add("post", p.job.post)
	p.add("work_kind", p.job.kind)
	if p.r.chance(50) {
		p.add("trade", p.job.trade)
	}
}

// mail invents an address in a domain that is kept for examples (RFC 2606, RFC
// 6761), from the reading of the name.
func (p *person) mail() {
	if !p.r.chance(42) {
		return
	}
	b := make([]byte, 0, 40)
	for _, c := range p.name {
		switch s := p.g.words.pinyin[c]; {
		case s != "":
			b = append(b, s...)
		case c >= 'A' && c <= 'Z':
			b = append(b, byte(c)+'a'-'A')
		case c >= 'a' && c <= 'z':
			b = append(b, byte(c))
		case c == ' ' && len(b) > 0:
			b = append(b, '.')
		}
	}
	if len(b) < 2 {
		b = append(b[:0], "guest"...)
	}
	b = strconv.AppendInt(b, int64(p.birth%100*1000+p.r.n(1000)), 10)
	p.add("email", string(append(b, p.r.pick(mailDomains)...)))
}

func (p *person) drives() {
	switch {
	case p.country != "CN":
	case p.r.chance(30):
		p.add("plate", p.r.plate(p.city))
	case p.r.chance(8):
		p.none("plate")
	}
}
