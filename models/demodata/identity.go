package demodata

// telephones and documents of those from elsewhere: patterns, see random.pattern.
var (
	mobileOf = map[string][]string{
		"HK": {"+85261######", "+85264######", "+85265######", "+85294######", "+85296######", "+85297######"}, "MO": {"+85366@#####"},
		"TW": {"+886912######", "+886933######", "+886975######"}, "JP": {"+8190@@######", "+8180@@######"},
		"KR": {"+82102#######", "+82109#######"}, "VN": {"+8490#######", "+8491#######", "+8498#######"},
		"SA": {"+96650@######"}, "AE": {"+971501######"}, "EG": {"+2010########"}, "QA": {"+97455######"},
		"US": {"+12064@#####", "+14255@#####", "+14157@#####", "+12123@#####"}, "CA": {"+16045@#####"},
		"GB": {"+447912######", "+447740######"}, "IE": {"+35387@######"}, "DE": {"+49151########", "+49171#######"},
		"FR": {"+3361#######", "+3362#######"}, "NL": {"+3161#######", "+3162#######"}, "IT": {"+393331######"}, "ES": {"+34612######"},
		"PT": {"+351912######"}, "DK": {"+4526######"}, "SE": {"+46701######"}, "NO": {"+4741######", "+4790######"}, "AU": {"+61412######"},
	}
	citiesAbroad = map[string][]string{
		"US": {"Seattle", "Bellevue", "San Francisco", "New York", "Boston"}, "GB": {"London", "Manchester"}, "DE": {"München", "Berlin"},
		"FR": {"Paris", "Lyon"}, "JP": {"東京", "大阪", "京都", "横浜"}, "KR": {"서울", "부산"}, "HK": {"香港"}, "MO": {"澳門"},
		"TW": {"台北", "台中", "高雄"}, "CA": {"Vancouver"}, "AU": {"Sydney", "Melbourne"}, "AE": {"Dubai"}, "SA": {"Riyadh"}, "VN": {"Hà Nội", "Đà Nẵng"},
		"NL": {"Amsterdam"}, "IT": {"Milano"}, "ES": {"Madrid"}, "IE": {"Dublin"},
	}
	mailDomains = []string{"@example.com", "@example.cn", "@mail.example.com", "@example.net", "@mail.example.cn"}
	passportOf  = map[string]string{
		"JP": "TR@######", "KR": "M########", "VN": "B#######", "US": "5########", "GB": "5########", "DE": "C01X@####", "FR": "19AA#####",
	}
)

// identity adds the facts by which somebody is known again, until enough.
func (p *person) identity(i int) {
	p.add("name", p.name)
	p.phones()
	sexes := [...]string{"female", "male"}
	sex := sexes[0]
	if p.male {
		sex = sexes[1]
	}
	p.add("sex", sex)
	if p.reading != "" {
		p.add("reading", p.reading)
	}
	if p.language != "" && p.language != "zh" {
		p.add("language", p.language)
	}
	worker := p.country == "CN" && p.r.chance(45)
	if worker {
		p.addressTitle = p.job.title
	}
	for _, step := range [...]func(){
		p.address, func() { p.member(i) }, p.lives, p.born, p.documented,
		func() {
			if worker {
				p.works()
			}
		}, p.mail, p.drives,
	} {
		if p.enough() {
			return
		}
		step()
	}
}

func (p *person) address() {
	if p.r.chance(75) {
		p.add("address_as", p.addressed())
	}
}

// phones draws the household's number in any case: its stream must not depend on
// who asks.
func (p *person) phones() {
	home := p.home.mobile()
	switch {
	case p.country != "CN":
		p.add("phone", p.r.pattern(p.r.pick(mobileOf[p.country])))
		return
	case p.shared && p.r.chance(50):
		p.add("phone", p.r.mobile())
	default:
		p.add("phone", home)
	}
	if p.wanted > 15 && p.r.chance(22) {
		p.addItem("phone", 1, p.r.mobile())
	}
}
