package demodata

import "strconv"

func (p *person) lives() {
	if p.country != "CN" {
		if c := citiesAbroad[p.country]; len(c) > 0 {
			p.add("city", p.r.pick(c))
		}
		p.add("nationality", p.country)
		return
	}
	h, c := p.home, p.city
	p.add("city", c.name)
	if p.wanted < 14 {
		return
	}
	if p.r.chance(40) {
		p.add("province", c.province)
		p.add("postcode", c.postcode)
	}
	if p.r.chance(45) {
		p.add("home_address", p.g.words.address(&h, c, true))
	}
}

// address invents one in a city; a home has a door.
func (w *words) address(r *random, c *city, home bool) string {
	b := make([]byte, 0, 96)
	if c.province != c.name {
		b = append(append(b, c.province...), w.provinceEnding(c.province)...)
	}
	b = append(append(b, c.name...), "市"...)
	if d := r.pick(c.districts); d != c.name+"市" {
		b = append(b, d...)
	}
	b = append(append(b, r.pick(w.streets)...), ' ')
	b = strconv.AppendInt(b, int64(1+r.n(680)), 10)
	b = append(b, " 号"...)
	if home {
		b = strconv.AppendInt(append(b, ' '), int64(1+r.n(30)), 10)
		b = strconv.AppendInt(append(b, " 幢 "...), int64(1+r.n(28)), 10)
		b = append(itoa2(b, 1+r.n(4)), " 室"...)
		return string(b)
	}
	b = strconv.AppendInt(append(b, ' '), int64(2+r.n(30)), 10)
	return string(append(b, " 楼"...))
}

func (w *words) provinceEnding(province string) string {
	switch province {
	case "内蒙古", "西藏":
		return "自治区"
	case "新疆":
		return "维吾尔自治区"
	case "广西":
		return "壮族自治区"
	case "宁夏":
		return "回族自治区"
	}
	return "省"
}
