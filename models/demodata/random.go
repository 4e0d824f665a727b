package demodata

import "strings"

// random is splitmix64 (Steele, Lea, Flood 2014): small enough to have one a
// customer, and the same in every release of Go.
type random struct{ state uint64 }

// Streams keep what several customers share apart from what is their own.
const (
	streamOrigin = iota
	streamSelf
	streamHome
	streamStays
)

func (g *Generator) random(stream, i int) random {
	r := random{g.seed ^ uint64(i)*0xd1342543de82ef95 ^ uint64(stream)<<56}
	r.next()
	return r
}

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n returns a number from 0 to below n.
func (r *random) n(n int) int { return int(r.next() >> 32 * uint64(n) >> 32) }

// between returns a number from low to high, both included.
func (r *random) between(low, high int) int { return low + r.n(high-low+1) }

// chance is true percent times in a hundred.
func (r *random) chance(percent int) bool { return r.n(100) < percent }

func (r *random) pick(list []string) string { return list[r.n(len(list))] }

// digits appends n random digits.
func (r *random) digits(b []byte, n int) []byte {
	for ; n > 0; n-- {
		b = append(b, byte('0'+r.n(10)))
	}
	return b
}

// pattern fills a pattern: # is any digit, @ a digit from 1, everything else
// stands for itself.
func (r *random) pattern(p string) string {
	b := make([]byte, 0, 32)
	for i := range len(p) {
		switch p[i] {
		case '#':
			b = append(b, byte('0'+r.n(10)))
		case '@':
			b = append(b, byte('1'+r.n(9)))
		default:
			b = append(b, p[i])
		}
	}
	return string(b)
}

// weighted is a list from which items are drawn by weight, through a table of
// all shares: one look-up a draw.
type weighted struct {
	items []string
	table []uint16
}

// newWeighted reads "item weight" pairs separated by blanks.
func newWeighted(pairs string) weighted {
	var w weighted
	words := strings.Fields(pairs)
	for k := 0; k+1 < len(words); k += 2 {
		for range atoi(words[k+1]) {
			w.table = append(w.table, uint16(len(w.items)))
		}
		w.items = append(w.items, words[k])
	}
	return w
}

func (w weighted) pick(r *random) string { return w.items[w.table[r.n(len(w.table))]] }

// atoi reads a number of our own tables.
func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// itoa2 appends a number with at least two digits.
func itoa2(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
