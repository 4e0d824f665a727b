package imports

import (
	"encoding/binary"
	"hash/maphash"
	"os"
)

// side is where a preview keeps what earlier rows would have left behind: in a
// file without a name, whatever the size of the import, since a million rows
// have more than fits into memory. It holds no value, only hashes under seeds
// that nobody else knows. A nil one has nothing: a run asks the database.
type side struct {
	file  *os.File
	seed  maphash.Seed
	slots uint64 // a power of two
	used  uint64
	maybe *seen // keeps most questions off the file
	err   error
}

// slot is a hash, which is never zero, and a number.
const slotSize = 16

const firstSlots = 1 << 12

func newSide() (*side, error) {
	f, err := unnamed()
	return &side{file: f, seed: maphash.MakeSeed(), slots: firstSlots, maybe: newSeen(false)}, err
}

func unnamed() (*os.File, error) {
	f, err := os.CreateTemp("", "shuke-preview-")
	if err != nil {
		return nil, err
	}
	return f, os.Remove(f.Name())
}

// close frees the file, and tells what went wrong with it.
func (s *side) close() error {
	_ = s.file.Close()
	return s.err
}

func (s *side) hash(text string) uint64 { return maphash.String(s.seed, text) | 1 }

// put adds a number to those of the text.
func (s *side) put(text string, number int64) {
	if s.err != nil {
		return
	}
	if s.used*10 > s.slots*6 {
		s.grow()
	}
	s.maybe.add(text)
	if s.insert(s.file, s.slots, s.hash(text), number) {
		s.used++
	}
}

// insert finds the next free slot behind that of the hash; false when the pair
// is there.
func (s *side) insert(f *os.File, slots, hash uint64, number int64) bool {
	for at := hash >> 1 & (slots - 1); ; at = (at + 1) & (slots - 1) {
		h, n := s.read(f, at)
		switch {
		case s.err != nil || h == hash && n == number:
			return false
		case h == 0:
			var b [slotSize]byte
			binary.LittleEndian.PutUint64(b[:8], hash)
			binary.LittleEndian.PutUint64(b[8:], uint64(number))
			_, s.err = f.WriteAt(b[:], int64(at*slotSize))
			return s.err == nil
		}
	}
}

// read is the slot; beyond the end of the file all are free.
func (s *side) read(f *os.File, at uint64) (hash uint64, number int64) {
	var b [slotSize]byte
	n, err := f.ReadAt(b[:], int64(at*slotSize))
	if n < slotSize {
		if info, failed := f.Stat(); failed != nil || int64((at+1)*slotSize) <= info.Size() {
			s.err = err
		}
		return 0, 0
	}
	return binary.LittleEndian.Uint64(b[:8]), int64(binary.LittleEndian.Uint64(b[8:]))
}

// grow moves everything into a file of twice the slots.
func (s *side) grow() {
	wider, err := unnamed()
	if err != nil {
		s.err = err
		return
	}
	for at := range s.slots {
		if hash, number := s.read(s.file, at); hash != 0 {
			s.insert(wider, 2*s.slots, hash, number)
		}
	}
	_ = s.file.Close()
	s.file, s.slots = wider, 2*s.slots
}

// get returns the numbers of a text.
func (s *side) get(text string) []int64 {
	if s == nil || s.err != nil || !s.maybe.perhaps(text) {
		return nil
	}
	var out []int64
	hash := s.hash(text)
	for at := hash >> 1 & (s.slots - 1); ; at = (at + 1) & (s.slots - 1) {
		h, n := s.read(s.file, at)
		if h == 0 || s.err != nil {
			return out
		}
		if h == hash {
			out = append(out, n)
		}
	}
}

func (s *side) has(text string) bool { return len(s.get(text)) > 0 }
