package phrase

// answer is what one clause says by itself.
type answer uint8

const (
	silent  answer = iota // a topic or a reason
	tells                 // a statement about somebody
	names                 // names things and says nothing of them: a wish, if nothing else is said
	yes                   // wants something
	no                    // something must be absent or not be done
	lacks                 // begins with what takes something away: "不加糖", "no ice"
	rejects               // dislikes: a no unless another clause says what to do
	stops                 // takes a thing away or switches it off
	unable                // the guest cannot: a reason, and a no if nothing else is said
)

// heavy is the weight from which a word names a thing and not just its place.
const heavy = 3

// answer reads a clause from its beginning.
func (c *clause) answer() answer {
	switch {
	case c.is&isDo != 0:
		return yes
	case c.is&isNever != 0:
		return no
	case c.is&isStop != 0:
		return stops
	}
	var wanted, named, real bool // a wish was said, a word of any area, and one that is a thing
	weak, person := silent, c.aboutPerson()
	for i, it := range c.items {
		switch rest := c.items[i+1:]; {
		case it.word == nil, it.has(isEven), it.has(isPolite):
		case it.has(isNever | isForbidden | isNear):
			return no
		case it.has(isModifier):
			switch {
			case it.has(isOrder) && (len(rest) == 0 || rest[0].has(isAction) || named && !wanted):
				return no
			case it.has(isWithout) && it.spares(rest):
				wanted = true
			case wanted && named, real:
				// "要一杯不加糖的咖啡", "sparkling, not still": the wish stands.
			case wanted:
				return no
			default:
				return lacks
			}
		case it.has(isStop):
			if weak != rejects {
				weak = stops
			}
		case it.has(isDislike):
			if !wanted || !named {
				weak = rejects
			}
		case it.has(isInability) && weak == silent:
			weak = unable
		}
		if weak != unable && (it.has(isDo) || it.has(isBid) && !person) {
			wanted = true
		}
		named = named || it.weight() > 0
		real = real || it.isReal()
	}
	switch {
	case weak != silent:
		return weak
	case wanted:
		return yes
	case c.has(isReason) || c.has(isJoin):
		return silent
	case person && !(real && c.has(isHabit)):
		return tells
	case real:
		return names
	}
	return silent
}

// isReal tells a thing from a place, a topic or a verb.
func (it item) isReal() bool { return it.weight() >= heavy && !it.has(isTopic|isDo) }

// weight is the heaviest vote of the item.
func (it item) weight() int {
	most := 0
	if it.word != nil {
		for _, v := range it.word.votes {
			most = max(most, v.weight)
		}
	}
	return most
}

// spares tells whether what is left is "…的" and a thing: what is without
// something is wanted, as in "不加糖不加奶的咖啡" and "不辣的菜".
func (it item) spares(rest []item) bool {
	for i, next := range rest {
		if next.text == "的" && (i > 0 || it.weight() > 0) && i+1 < len(rest) && rest[i+1].weight() >= heavy {
			return true
		}
	}
	return false
}

// aboutPerson tells whether the clause begins with whom it is about.
func (c *clause) aboutPerson() bool {
	for _, it := range c.items {
		if !it.has(isPolite | isJoin) {
			return it.has(isPerson)
		}
	}
	return false
}

// has tells whether any item carries the mark.
func (c *clause) has(m mark) bool {
	for _, it := range c.items {
		if it.has(m) {
			return true
		}
	}
	return false
}

// votesFor tells whether a word of the clause votes for the area; every clause
// does for an area of the house's own.
func (c *clause) votesFor(area int) bool {
	if area < 0 {
		return true
	}
	for _, it := range c.items {
		if it.word == nil {
			continue
		}
		for _, v := range it.word.votes {
			if v.area == area && v.weight > 1 {
				return true
			}
		}
	}
	return false
}

// things counts the things the clause names.
func (c *clause) things() (n int) {
	for _, it := range c.items {
		if it.isReal() {
			n++
		}
	}
	return n
}
