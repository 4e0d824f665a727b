package customer

import (
	"bufio"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// keyRuns are sorted runs of look-up keys in a file that has no name any more:
// a million customers have more keys than fit into memory. The keys lie there
// in the clear, as they do in the database.
type keyRuns struct {
	file *os.File
	end  []int64 // of each run in the file
}

func newKeyRuns() (*keyRuns, error) {
	f, err := os.CreateTemp("", "shuke-keys-")
	if err != nil {
		return nil, err
	}
	return &keyRuns{file: f}, os.Remove(f.Name())
}

// Close frees the file.
func (r *keyRuns) Close() error { return r.file.Close() }

// add appends a run. A key is its length, kind, owner, signature and text.
func (r *keyRuns) add(sorted []ownedKey) error {
	size := int64(0)
	if len(r.end) > 0 {
		size = r.end[len(r.end)-1]
	}
	w := bufio.NewWriterSize(r.file, 1<<18)
	var b []byte
	for _, k := range sorted {
		b = append(b[:0], byte(len(k.k)>>8), byte(len(k.k)), byte(k.kind))
		for _, n := range []int64{k.customerID, k.signed.latin, k.signed.other} {
			b = binary.BigEndian.AppendUint64(b, uint64(n))
		}
		b = append(b, k.k...)
		size += int64(len(b))
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	r.end = append(r.end, size)
	return w.Flush()
}

// merge hands over all keys in order until it is told to stop.
func (r *keyRuns) merge(take func(ownedKey) bool) error {
	var open runHeap
	start := int64(0)
	for _, end := range r.end {
		run := &keyRun{from: bufio.NewReaderSize(io.NewSectionReader(r.file, start, end-start), 1<<15)}
		start = end
		switch err := run.next(); err {
		case nil:
			open = append(open, run)
		case io.EOF:
		default:
			return err
		}
	}
	heap.Init(&open)
	for len(open) > 0 {
		if !take(open[0].head) {
			return nil
		}
		switch err := open[0].next(); err {
		case nil:
			heap.Fix(&open, 0)
		case io.EOF:
			heap.Pop(&open)
		default:
			return err
		}
	}
	return nil
}

type keyRun struct {
	from *bufio.Reader
	head ownedKey
	text [4 * maxKeyLength]byte
}

var errRunCut = errors.New("customer: a run of keys ends in the middle")

// next reads the next key, io.EOF after the last.
func (r *keyRun) next() error {
	var front [27]byte
	if n, err := io.ReadFull(r.from, front[:]); err != nil {
		if n > 0 {
			return errRunCut
		}
		return err
	}
	text := r.text[:int(front[0])<<8|int(front[1])]
	if _, err := io.ReadFull(r.from, text); err != nil {
		return errRunCut
	}
	number := func(at int) int64 { return int64(binary.BigEndian.Uint64(front[at:])) }
	r.head = ownedKey{key{keyKind(front[2]), string(text)}, number(3), signature{number(11), number(19)}}
	return nil
}

// runHeap has the run with the least key in front.
type runHeap []*keyRun

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return compareOwned(h[i].head, h[j].head) < 0 }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*keyRun)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
