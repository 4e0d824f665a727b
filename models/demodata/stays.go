package demodata

// Stay is one visit of a customer. Days count from today, negative ones have
// passed.
type Stay struct {
	BranchIndex int // into Branches
	Status      string
	ArriveIn    int // days
	Nights      int
	ETA         int // minutes after midnight, -1 unknown
	Room        string
	RoomType    string
	Facing      string
	Rate        int64 // a night, minor units
	Adults      int
	Children    int
	Party       string
}

var (
	roomTypes = []string{"高级大床房", "豪华双床房", "湖景大床房", "行政大床房", "家庭房", "无障碍房"}
	facings   = []string{"南", "北", "湖", "街", "园"}
)

// fixedStays are those of the people whom tours and pictures show, in the order
// of their arrival: branch, arrival, nights, minutes, room, adults, children, party.
var fixedStays = map[int][]Stay{
	0: regular(20, 55, 36, 14*60+30, "1812", "1808"),
	1: {{Status: "departed", ArriveIn: -365, Nights: 2, ETA: -1, Room: "1508", Adults: 2}, {Status: "reserved", ArriveIn: 0, Nights: 1, ETA: 16*60 + 10, Room: "1520", Adults: 2, Party: "与先生同来"}},
	2: {{Status: "departed", ArriveIn: -80, Nights: 1, ETA: -1, Room: "0910", Adults: 1}, {Status: "in_house", ArriveIn: -2, Nights: 4, ETA: -1, Room: "0906", Adults: 1}},
	5: {{Status: "reserved", ArriveIn: 0, Nights: 3, ETA: 10*60 + 30, Room: "1105", Adults: 2, Children: 1, Party: "带 7 个月婴儿"}},
	6: regular(6, 90, 75, 12*60, "1608", "1602"),
	7: {{Status: "departed", ArriveIn: -300, Nights: 3, ETA: -1, Room: "1201", Adults: 2}, {Status: "in_house", ArriveIn: -1, Nights: 3, ETA: -1, Room: "1203", Adults: 2}},
}

// regular is somebody who comes every so many days and arrives today for the
// nth time.
func regular(n, every, last, eta int, room, lastRoom string) []Stay {
	var out []Stay
	for i := n - 1; i > 0; i-- {
		out = append(out, Stay{Status: "departed", ArriveIn: -last - (i-1)*every, Nights: 1 + i%3, ETA: -1, Room: lastRoom, Adults: 1})
	}
	return append(out, Stay{Status: "reserved", ArriveIn: 0, Nights: 2, ETA: eta, Room: room, Adults: 1})
}

// arrivals is how many guests arrive at each branch on each of the days around
// today, and inHouse how many are there already.
const (
	arrivals = 22
	inHouse  = 40
	aroundIn = 4 // days from yesterday on
)

// Stays invents the visits of customer number i of so many, in the order of
// their arrival; home is the branch that knows them.
func (g *Generator) Stays(i, customers, home int) []Stay {
	r := g.random(streamStays, i)
	if fixed, ok := fixedStays[i]; ok {
		out := make([]Stay, len(fixed))
		for n, s := range fixed {
			out[n] = furnish(&r, s, home)
		}
		return out
	}
	var out []Stay
	if r.chance(12) {
		days := r.between(60, 1000)
		for days > 20 && len(out) < 24 {
			out = append(out, furnish(&r, Stay{Status: "departed", ArriveIn: -days, Nights: r.between(1, 3), ETA: -1, Adults: r.between(1, 2)}, home))
			days -= r.between(40, 200)
		}
	}
	// Of every house as many arrive, whatever the number of customers.
	at := r.n(max(customers, 1))
	branches := len(branchTable())
	switch coming, here := arrivals*aroundIn*branches, inHouse*branches; {
	case at < coming:
		s := Stay{Status: "reserved", ArriveIn: at/(arrivals*branches) - 1, Nights: r.between(1, 4), ETA: 15 * r.between(40, 84), Adults: r.between(1, 2)}
		if r.chance(20) {
			s.ETA = -1
		}
		if s.ArriveIn < 0 {
			s.Status = "in_house"
		}
		if r.chance(15) {
			s.Children, s.Party = 1, "带一个孩子"
		}
		out = append(out, furnish(&r, s, home))
	case at < coming+here:
		stayed := r.between(2, 5)
		out = append(out, furnish(&r, Stay{Status: "in_house", ArriveIn: -stayed, Nights: stayed + r.between(1, 3), ETA: -1, Adults: r.between(1, 2)}, home))
	}
	return out
}

// furnish gives a stay its room and rate.
func furnish(r *random, s Stay, home int) Stay {
	s.BranchIndex = home
	if s.Room == "" {
		s.Room = r.pattern("0@##")
		if r.chance(50) {
			s.Room = r.pattern("1###")
		}
	}
	s.RoomType, s.Facing, s.Rate = r.pick(roomTypes), r.pick(facings), int64(r.between(38, 168))*1000
	return s
}
