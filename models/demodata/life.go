package demodata

import "strconv"

// someone invents the name of another person: a relative, a friend, a contact.
func (p *person) someone(male bool) string {
	w, sex := p.g.words, 1
	if male {
		sex = 0
	}
	return w.surnames.pick(&p.r) + w.given[sex][generationOf(p.birth)].pick(&p.r)
}

func schooling(p *person) {
	if p.country != "CN" {
		return
	}
	degree := p.r.pick([]string{"secondary", "college", "college", "bachelor", "bachelor", "bachelor", "master", "doctor"})
	if p.job.post == "教授" || p.job.post == "研究员" {
		degree = "doctor"
	}
	p.add("degree", degree)
	item := 0
	school := func(level, name string, from, years int) {
		p.addItem("school_level", item, level)
		p.addItem("school_name", item, name)
		p.addItem("school_from", item, strconv.Itoa(min(p.birth+from, thisYear-2)))
		if p.birth+from+years < thisYear {
			p.addItem("school_to", item, strconv.Itoa(p.birth+from+years))
		}
		item++
	}
	if p.r.chance(40) {
		school("secondary", p.city.name+"第"+[...]string{"一", "二", "三", "七"}[p.r.n(4)]+"中学", 15, 3)
	}
	if degree != "secondary" {
		school("university", p.r.pick(universities), 18, 4)
	}
	if degree == "master" || degree == "doctor" {
		school("graduate", p.r.pick(universities), 22, 3)
	}
}

var universities = []string{
	"浙江大学", "复旦大学", "四川大学", "厦门大学", "武汉大学", "中山大学", "同济大学", "南京大学", "西安交通大学", "北京师范大学",
	"华中科技大学", "苏州大学", "中南大学", "山东大学", "吉林大学", "浙江工业大学", "西南财经大学", "福州大学",
}

func career(p *person) {
	if p.country != "CN" {
		return
	}
	age := thisYear - p.birth
	for item := range p.r.n(min(3, 1+age/15)) {
		j := p.g.words.jobFor(&p.r, 40)
		c := p.g.words.city(&p.r)
		from := p.birth + 23 + item*6
		if from+5 >= thisYear {
			return
		}
		p.addItem("job_employer", item, p.g.words.employer(&p.r, c, j))
		p.addItem("job_place", item, c.name)
		p.addItem("job_post", item, j.post)
		p.addItem("job_from", item, strconv.Itoa(from))
		p.addItem("job_to", item, strconv.Itoa(from+p.r.between(2, 5)))
	}
}

func wedded(p *person) {
	if !p.married {
		p.add("marital_status", p.r.pick([]string{"single", "single", "partnered", "divorced"}))
		return
	}
	p.add("marital_status", "married")
	p.add("wedding_anniversary", p.day(p.birth+24, min(p.birth+30, thisYear-2)))
}

func spouse(p *person) {
	if p.country != "CN" {
		return
	}
	if !p.married {
		if p.r.chance(20) {
			p.none("spouse_name")
		}
		return
	}
	p.add("spouse_name", p.someone(!p.male))
	if p.r.chance(50) {
		p.add("spouse_birth", p.day(p.birth-3, p.birth+3))
	}
}

// offspring adds children of those who are married; some have said they have none.
func offspring(p *person) {
	if !p.married || p.r.chance(18) {
		p.none("children")
		return
	}
	n := 1 + p.r.n(5)/3
	p.add("children", strconv.Itoa(n))
	for item := range n {
		male := p.r.chance(52)
		born := min(p.birth+p.r.between(25, 38), thisYear-2)
		sex, family := 1, p.family
		if male {
			sex = 0
		}
		name := p.g.words.given[sex][generationOf(born)].pick(&p.r)
		if p.origin == originHan {
			name = family + name
		}
		p.addItem("child_name", item, name)
		p.addItem("child_sex", item, [...]string{"male", "female"}[sex])
		if p.r.chance(45) {
			p.addItem("child_birth", item, strconv.Itoa(born))
		} else {
			p.addItem("child_birth", item, p.day(born, born))
		}
	}
}

func smokes(p *person) {
	answer := p.r.pick([]string{"never", "never", "never", "quit", "sometimes", "daily"})
	p.add("smoking", answer)
	if answer == "daily" {
		p.add("smoking_kind", p.r.pick([]string{"香烟", "细支烟", "电子烟", "雪茄"}))
	}
	if answer == "never" && p.r.chance(40) {
		p.add("smoking_attitude", "介意烟味，房间和座位离远些")
	}
}

func drinks(p *person) {
	answer := p.r.pick([]string{"never", "never", "quit", "occasions", "occasions", "often"})
	p.add("drinking", answer)
	switch {
	case answer == "often" || answer == "occasions":
		p.add("drinking_kind", p.r.pick([]string{"绍兴黄酒，温过", "干红", "酱香白酒", "精酿啤酒", "威士忌加冰", "清酒", "干白"}))
	case p.r.chance(40):
		p.add("drinking_attitude", "席间不劝，以茶代酒")
	}
}

func reached(p *person) {
	switch {
	case p.country == "CN" && p.r.chance(90) || p.r.chance(40):
		p.add("wechat", p.r.pattern("wx@#######"))
	default:
		p.none("wechat")
	}
	if p.r.chance(12) {
		p.none("fax")
	}
	if p.country == "CN" && p.r.chance(15) {
		p.add("home_phone", p.r.landline(p.city))
	}
}

func emergency(p *person) {
	if p.country != "CN" {
		return
	}
	p.add("emergency_name", p.someone(p.r.chance(50)))
	p.add("emergency_phone", p.r.mobile())
}

func billed(p *person) {
	p.add("payment_way", p.r.pick([]string{"wechat", "wechat", "alipay", "card", "card", "account", "cash", "prepaid"}))
	if p.country == "CN" && p.r.chance(50) {
		p.add("invoice_title", p.g.words.employer(&p.r, p.city, p.job))
	}
}

func worksAt(p *person) {
	if p.country != "CN" || p.job.kind == "retired" || p.job.kind == "student" {
		return
	}
	p.add("work_address", p.g.words.address(&p.r, p.city, false))
	p.add("work_phone", p.r.landline(p.city))
}

func namedOtherwise(p *person) {
	switch {
	case p.origin == originHan && p.r.chance(12):
		p.add("former_name", p.someone(p.male))
	case p.origin == originHan && p.r.chance(25):
		sex := ".f"
		if p.male {
			sex = ".m"
		}
		p.add("alias", pickPair(&p.r, p.g.words.foreign["en"+sex])[0]+" "+p.family)
	}
}

func introduced(p *person) {
	if p.r.chance(35) {
		p.add("referred_by", p.someone(p.r.chance(50)))
	}
}
