package imports

import "hash/maphash"

// seen remembers, in a fixed space whatever the size of the file, marks that
// may have come before: a Bloom filter. "No" is certain, "perhaps" is asked of
// the database. With a million marks, one in several thousand new ones is
// asked for nothing.
type seen struct {
	bits  []uint64
	seeds [2]maphash.Seed
	blind bool // rows of an earlier run are not in it: everything is perhaps
}

const (
	seenBits   = 1 << 25 // 4 MiB
	seenProbes = 6
)

func newSeen(blind bool) *seen {
	return &seen{bits: make([]uint64, seenBits/64), seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, blind: blind}
}

// each calls f with the words and bits of a mark, by double hashing (Kirsch and
// Mitzenmacher 2006).
func (s *seen) each(mark string, f func(word, bit uint64)) {
	a, b := maphash.String(s.seeds[0], mark), maphash.String(s.seeds[1], mark)|1
	for i := range uint64(seenProbes) {
		at := (a + i*b) % seenBits
		f(at/64, 1<<(at%64))
	}
}

func (s *seen) add(mark string) {
	s.each(mark, func(word, bit uint64) { s.bits[word] |= bit })
}

func (s *seen) perhaps(mark string) bool {
	all := true
	s.each(mark, func(word, bit uint64) { all = all && s.bits[word]&bit != 0 })
	return all || s.blind
}
