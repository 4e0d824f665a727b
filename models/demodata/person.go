package demodata

// thisYear is the year from which ages are counted; nobody in the demo is born
// so late that it would matter next year.
const thisYear = 2026

// person is a customer in the making.
type person struct {
	g     *Generator
	r     random
	facts []Fact

	origin       origin
	male         bool
	name         string
	family       string // as addressed
	reading      string
	country      string // ISO 3166
	language     string
	birth        int    // year
	birthday     string // solar, "" while unknown
	city         *city
	home         random
	job          *job
	branch       int // where they mostly stay
	since        int // days since the first stay
	channel      string
	wanted       int
	shared       bool
	married      bool
	addressTitle string
}

// channels by which facts come, in a hundred.
var channels = newWeighted(`service 34 pos 14 website 10 survey 9 call_in 12 activity 5 complaint 4 call_out 4 device 2 partner 3 referral 2 fair 1`)

func (p *person) add(field, value string) { p.put(Fact{Field: field, Value: value}) }

func (p *person) addItem(field string, item int, value string) {
	p.put(Fact{Field: field, Item: item, Value: value})
}

func (p *person) none(field string) { p.put(Fact{Field: field, None: true}) }

// put completes a fact with where it comes from: those of the first day by the
// first channel, later ones as they fell.
func (p *person) put(f Fact) {
	f.Channel, f.DaysAgo, f.BranchIndex = p.channel, p.since, p.branch
	if len(p.facts) > 6 {
		f.Channel, f.DaysAgo = channels.pick(&p.r), p.r.n(p.since+1)
		if p.r.n(5) == 0 {
			f.BranchIndex = p.r.n(len(p.g.branches))
		}
	}
	f.StaffIndex = p.g.heardBy(&p.r, f.BranchIndex, f.DaysAgo)
	p.facts = append(p.facts, f)
}

func (p *person) enough() bool { return len(p.facts) >= p.wanted }

// wantedFacts draws how much is known: the median is 25, one in twenty-five is
// hardly known, one in fifty very well.
func wantedFacts(r *random) int {
	switch n := r.n(100); {
	case n < 4:
		return 3
	case n < 12:
		return r.between(4, 9)
	case n < 35:
		return r.between(10, 20)
	case n < 65:
		return r.between(20, 30)
	case n < 90:
		return r.between(31, 50)
	case n < 98:
		return r.between(51, 70)
	}
	return r.between(71, 90)
}

func (g *Generator) person(i int) Customer {
	home := g.homeOf(i)
	p := person{g: g, r: g.random(streamSelf, i), home: g.random(streamHome, home), origin: g.originOf(i), shared: home != i}
	p.wanted = wantedFacts(&p.r)
	p.facts = make([]Fact, 0, p.wanted+8)
	p.male = p.r.chance(54)
	p.birth = thisYear - p.r.between(20, 52) - p.r.n(26)
	p.since = p.r.n(60) * p.r.n(60)
	p.channel = channels.pick(&p.r)
	p.married = thisYear-p.birth > 30 && p.r.chance(80)
	p.city = g.words.city(&p.home)
	p.job = g.words.jobFor(&p.r, thisYear-p.birth)
	p.called(i, home)
	p.stays()
	p.identity(i)
	p.traits()
	return Customer{Kind: Individual, Facts: p.facts}
}

// stays chooses the branch: mostly the one near home.
func (p *person) stays() {
	p.branch = p.r.n(len(p.g.branches))
	if p.r.chance(30) {
		return
	}
	switch p.origin {
	case originHan, originMinority:
		p.branch = nearest(p.city.province)
	case originHongKong, originMacao, originTaiwan:
		p.branch = gulangyu
	case originWest:
		p.branch = nearest("abroad")
	case originJapan, originKorea:
		p.branch = theBund
	}
}

// traits adds what is known beyond identity, in an order of the person's own, until
// enough is known.
func (p *person) traits() {
	all := p.g.words.traits
	steps := p.g.words.steps
	at, step := p.r.n(len(all)), steps[p.r.n(len(steps))]
	for range all {
		if p.enough() {
			return
		}
		all[at](p)
		at = (at + step) % len(all)
	}
}
