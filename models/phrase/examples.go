package phrase

import (
	"fmt"
	"math"
	"strings"
)

// piece is a Han character or an English word, alone or with its neighbour.
type piece struct{ first, second string }

// habit says in hundredths of a vote for which areas a piece speaks in the
// examples, and how much oftener than chance it stands there.
type habit []vote

// Learning from examples settles what no list foresaw: a piece that stands three
// times oftener in wishes for the kitchen than elsewhere speaks a little for it.
// The words of the lists are examples too: who knows 漱口水 guesses at 漱口杯.
const (
	boldest  = 300 // the most one piece says, so that no rare one decides
	loudness = 150 // of all pieces together against the lists, in hundredths
	doubt    = 0.5 // examples that any area is taken to have had already
	wordSays = 0.5 // a word of a list counts so much of an example
	strong   = 4   // words of less weight are too common to teach
)

// example is a phrase of lexicon/examples.txt.
type example struct {
	areas []Area // the first is the answer, others would be right as well
	kinds []Kind
	text  string
}

// readExample reads "area,also kind,also phrase".
func readExample(line string) (example, error) {
	var e example
	col := strings.SplitN(line, " ", 3)
	if len(col) != 3 {
		return e, fmt.Errorf("%q is not area, kind and phrase", line)
	}
	e.text = strings.TrimSpace(col[2])
	for name := range strings.SplitSeq(col[0], ",") {
		if indexOf(Area(name)) < 0 {
			return e, fmt.Errorf("no area %q", name)
		}
		e.areas = append(e.areas, Area(name))
	}
	for name := range strings.SplitSeq(col[1], ",") {
		if name != string(Do) && name != string(Never) {
			return e, fmt.Errorf("no kind %q", name)
		}
		e.kinds = append(e.kinds, Kind(name))
	}
	return e, nil
}

// pieces calls use with each piece.
func pieces(ts []token, use func(piece)) {
	for i, t := range ts {
		if t.sort != hanChar && t.sort != latinWord {
			continue
		}
		use(piece{first: t.text})
		if i > 0 && ts[i-1].sort == t.sort {
			use(piece{ts[i-1].text, t.text})
		}
	}
}

// lesson is how often the pieces were met in each area.
type lesson struct {
	counts map[piece]*[len(areas)]float64
	of     [len(areas)]float64
}

func (n *lesson) add(ts []token, area int, times float64) {
	seen := map[piece]bool{}
	pieces(ts, func(p piece) {
		if seen[p] {
			return
		}
		seen[p] = true
		if n.counts[p] == nil {
			n.counts[p] = &[len(areas)]float64{}
		}
		n.counts[p][area] += times
	})
}

// learn counts the examples and the words of the lists. Allergies and dangers
// have rules of their own and must not depend on likeness: they teach nothing.
func (l *lexicon) learn(examples []example) {
	n := lesson{counts: map[piece]*[len(areas)]float64{}}
	alarm := indexOf(AllergySafety)
	for _, e := range examples {
		if area := indexOf(e.areas[0]); area != alarm {
			n.of[area]++
			n.add(l.tokens(e.text), area, 1)
		}
	}
	for _, w := range l.taught {
		if w.area != alarm {
			n.of[w.area] += wordSays / 2
			n.add(tokens(w.text, l.fold(w.text)), w.area, wordSays)
		}
	}
	l.taught = nil
	all := 0.0
	for _, times := range n.of {
		all += times
	}
	for p, count := range n.counts {
		sum := 0.0
		for _, times := range count {
			sum += times
		}
		chance := doubt * sum / all
		var h habit
		for a, times := range count {
			if times == 0 {
				continue
			}
			here := (times + chance) / (n.of[a] + doubt)
			elsewhere := (sum - times + chance) / (all - n.of[a] + doubt)
			if says := int(math.Round(100 * math.Log(here/elsewhere))); says > 0 {
				h = append(h, vote{a, min(boldest, says)})
			}
		}
		if len(h) > 0 {
			l.habits[p] = h
		}
	}
}

// recall adds what the pieces of the phrase speak for in the examples.
func (l *lexicon) recall(p *parsed, scores []score) {
	var sum [len(areas)]int
	n := 0
	pieces(p.tokens, func(piece piece) {
		n++
		for _, v := range l.habits[piece] {
			sum[v.area] += v.weight
		}
	})
	if n == 0 {
		return
	}
	for a, v := range sum {
		scores[a].votes += int(float64(v*loudness) / (100 * math.Sqrt(float64(n))))
	}
}
