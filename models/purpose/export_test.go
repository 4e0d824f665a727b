package purpose

import (
	"context"

	"shuke/models/db"
)

// Slowly makes counts go in steps so small that a few customers take several.
func (s *Service) Slowly(page, part int) { s.pace = pace{page, part} }

// Count is a count that the test takes step by step.
type Count = count

// Begin begins or takes up a count.
func (s *Service) Begin(ctx context.Context) (Count, error) { return s.begin(ctx) }

// Refresh goes through the whole base before it returns.
func (s *Service) Refresh(ctx context.Context) error {
	c, err := s.begin(ctx)
	if err != nil {
		return err
	}
	return s.goThrough(ctx, c)
}

// Settle waits for the counts that were started by hand.
func (s *Service) Settle() { s.running.Wait() }

// Step counts one part and reports whether the count is over.
func (s *Service) Step(ctx context.Context, c *Count) (over bool, err error) {
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return false, err
	}
	p, err := s.read(ctx, cat, *c)
	if err != nil {
		return false, err
	}
	var now progress
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		now, err = s.add(tx, cat, *c, p)
		return err
	})
	c.lastID = now.lastID
	return now.over, err
}

// PageSQL and FactsSQL are the statements that meet the whole base.
const (
	PageSQL  = pageSQL
	FactsSQL = factsSQL

	WishesSQL = wishesSQL
)
