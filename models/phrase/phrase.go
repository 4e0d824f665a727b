package phrase

// Area is a service area: what the department that must act files a wish under.
// A house may have areas of its own beside these.
type Area string

// The areas every house has.
const (
	Room          Area = "room"
	BedPillow     Area = "bed_pillow"
	Temperature   Area = "temperature_air"
	Noise         Area = "noise_location"
	Bathroom      Area = "bathroom"
	Drinks        Area = "minibar_drinks"
	Food          Area = "breakfast_food"
	AllergySafety Area = "allergy_safety"
	Smoking       Area = "smoking"
	Housekeeping  Area = "housekeeping_timing"
	Arrival       Area = "arrival_departure"
	Transport     Area = "transport"
	Children      Area = "family_children"
	Address       Area = "language_address"
	Payment       Area = "payment_invoice"
	Gifts         Area = "gifts_occasions"
	Accessibility Area = "accessibility"
	Entertainment Area = "entertainment"
	Privacy       Area = "privacy"
	Other         Area = "other"
)

// areas is their order, which also settles ties: the same phrase is always
// read the same way.
var areas = [...]Area{
	Room, BedPillow, Temperature, Noise, Bathroom, Drinks, Food, AllergySafety, Smoking, Housekeeping,
	Arrival, Transport, Children, Address, Payment, Gifts, Accessibility, Entertainment, Privacy, Other,
}

// Areas returns the areas every house has, in the order of a list.
func Areas() []Area { return append([]Area(nil), areas[:]...) }

// Kind says whether something is to be done or must be absent.
type Kind string

// The two kinds.
const (
	Do    Kind = "do"
	Never Kind = "never"
)

// What the reason behind a wish is about, when it must be sealed.
const (
	Health = "health"
	Creed  = "creed"
	Family = "family"
)

// Words is an area with the words that point to it: a shop's sizes and styles,
// or more words for one of our areas.
type Words struct {
	Area  Area
	Words []string
}

// Reading is what a phrase says.
type Reading struct {
	Area   Area
	Kind   Kind
	Sure   bool   // clear enough not to ask
	Others []Area // next best, best first, at most three, without Area

	// Instruction is what staff see and act on: the wish, without the illness,
	// creed or family matter behind it; else the phrase itself, tidied.
	Instruction string

	Sensitive bool   // names an illness, allergy, creed or family matter: seal the guest's words
	About     string // Health, Creed or Family when Sensitive
	Allergy   bool   // a stated allergy, intolerance or medical danger
	Strength  int    // 1 likes, 2 wants, 3 must

	Tags  []string // what it is about, in the words of lexicon/tags.txt
	Avoid []string // those of Tags that must be kept away from this guest, so that no gift is a taboo
}

// Read reads one phrase. It always answers with one of Areas or of own, and
// knows nothing of the guest but what the phrase says.
func Read(text string, own []Words) Reading {
	l := load()
	p := l.parse(text)
	h := l.health(p)
	scores := l.vote(p, own)
	top, others, clear := rank(scores, h.alarm)
	k := p.kind(top)
	if h.alarm {
		k.kind = h.kind(k)
	}
	r := Reading{
		Area: top, Others: others, Kind: k.kind, Sure: clear && k.clear,
		Sensitive: h.about != "", About: h.about, Allergy: h.alarm && !h.denied,
		Strength: p.strength(h.alarm && !h.denied),
	}
	r.Tags, r.Avoid = l.tags(p, h, k.kind)
	r.Instruction = l.instruct(p, h)
	return r
}
