package db

import (
	"context"
	"fmt"
	"sync"
)

// Sequence hands out the inner ids of one table, block by block, so that bulk
// loading knows them before it writes and instances never meet. Ids of a block
// that was not used up are lost, which nobody can see: they never leave here.
type Sequence struct {
	db    *DB
	name  string
	block int64

	mu         sync.Mutex
	next, stop int64
}

// NewSequence returns a source of ids. The row must exist (migrations make it).
func NewSequence(d *DB, name string, block int) *Sequence {
	return &Sequence{db: d, name: name, block: int64(block)}
}

// Take returns the first of n consecutive ids.
func (s *Sequence) Take(ctx context.Context, n int) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	need := int64(n)
	if s.stop-s.next < need {
		size := max(s.block, need)
		first, err := s.reserve(ctx, size)
		if err != nil {
			return 0, err
		}
		s.next, s.stop = first, first+size
	}
	first := s.next
	s.next += need
	return first, nil
}

func (s *Sequence) reserve(ctx context.Context, size int64) (first int64, err error) {
	err = s.db.InTx(ctx, func(tx *Tx) error {
		n, err := tx.Run("UPDATE sequences SET next = next + ? WHERE name = ?", size, s.name)
		if err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("sequence %s is missing", s.name)
		}
		return tx.Raw("SELECT next - ? FROM sequences WHERE name = ?", size, s.name).Scan(&first).Error
	})
	return first, err
}
